import { assessSafety } from './assess-safety';
import type { SafetyPolicy } from './bodies';

const policy: SafetyPolicy = {
  entries: [
    { phrases: ['漏电'] },
    { phrases: ['爆炸'], except: ['游戏'] },
    { phrases: ['热水器', '头晕'], within: 10 },
  ],
  advice: [
    { phrases: ['热水器', '燃气'], zh: '关阀通风', en: 'close the valve, open the windows' },
    { phrases: ['漏电'], zh: '断电', en: 'cut the power' },
    { phrases: [], zh: '停止使用', en: 'stop using it' },
  ],
};

describe('CLS-04 a hazard is found in what the customer says', () => {
  it('is a safety case when a hazard word stands in the text, with the advice that fits', () =>
    expect(assessSafety(policy, { text: '洗衣机漏电', marked: false })).toEqual({
      safety: true,
      matched: ['漏电'],
      advice: [{ zh: '断电', en: 'cut the power' }],
    }));

  it('counts a negated word too: a missed hazard is worse than a false alarm', () =>
    expect(assessSafety(policy, { text: '应该没有漏电吧', marked: false }).safety).toBe(true));

  it('hears two words that only together are a hazard', () =>
    expect(assessSafety(policy, { text: '开了热水器洗澡就头晕', marked: false })).toMatchObject({
      safety: true,
      matched: ['热水器…头晕'],
    }));

  it('does not take a game for an explosion', () =>
    expect(assessSafety(policy, { text: '游戏里爆炸的时候电视卡', marked: false })).toEqual({
      safety: false,
      matched: [],
      advice: [],
    }));

  it('believes the agent’s mark without any word, and gives the general advice', () =>
    expect(assessSafety(policy, { text: '机器有点怪', marked: true })).toEqual({
      safety: true,
      matched: [],
      advice: [{ zh: '停止使用', en: 'stop using it' }],
    }));
});
