import type { TypePolicy } from './bodies';
import { classifyType } from './classify-type';

const policy: TypePolicy = {
  lists: [
    { type: 'repair', rank: 3, entries: [{ phrases: ['坏了'] }, { phrases: ['不制冷'] }, { phrases: ['制冷'] }] },
    { type: 'return-exchange', rank: 2, entries: [{ phrases: ['退货'] }, { phrases: ['换一台'] }] },
    { type: 'complaint', rank: 1, entries: [{ phrases: ['师傅', '态度'], within: 4 }] },
    { type: 'enquiry', rank: 3, entries: [{ phrases: ['怎么用'] }, { phrases: ['制冷怎么开'] }] },
    {
      type: 'software-bug',
      rank: 4,
      entries: [{ phrases: ['闪退'], except: ['游戏'] }],
    },
  ],
};
const typeOf = (text: string) => classifyType(policy, { text }).type;

describe('INT-17 the type of a matter is found in what the customer says', () => {
  it('takes the type whose words stand in the text, and says which words', () =>
    expect(classifyType(policy, { text: '空调坏了,完全不制冷' })).toEqual({
      type: 'repair',
      matched: ['不制冷', '坏了', '制冷'],
    }));

  it('lets an intent chosen by the customer come first', () =>
    expect(classifyType(policy, { text: '空调坏了', intent: 'return-exchange' })).toEqual({
      type: 'return-exchange',
      matched: [],
    }));

  it('reads the words when the intent chosen is no type', () =>
    expect(classifyType(policy, { text: '空调坏了', intent: 'unclassified' }).type).toBe('repair'));

  it('lets return words beat repair words, and a grievance about conduct beat all', () => {
    expect(typeOf('空调坏了,我要退货')).toBe('return-exchange');
    expect(typeOf('空调坏了,我要退货,师傅态度太差')).toBe('complaint');
  });

  it('takes the longest match inside a rank', () => expect(typeOf('空调制冷怎么开')).toBe('enquiry'));

  it('takes the earlier list when matches are equally long', () =>
    expect(typeOf('遥控器怎么用,上次说不制冷')).toBe('repair'));

  it('calls what matches nothing unclassified', () =>
    expect(classifyType(policy, { text: '你好' })).toEqual({ type: 'unclassified', matched: [] }));

  it('reads traditional characters, full width and capitals', () => {
    expect(typeOf('冷氣壞了')).toBe('repair');
    expect(
      classifyType({ lists: [{ type: 'repair', rank: 1, entries: [{ phrases: ['E1'] }] }] }, { text: '面板显示e1' })
        .type,
    ).toBe('repair');
  });

  it('finds phrases that stand near each other in any order, and not those too far apart', () => {
    expect(typeOf('师傅的态度不好')).toBe('complaint');
    expect(typeOf('态度不好的师傅')).toBe('complaint');
    expect(typeOf('师傅昨天来过了没修好,态度')).toBe('unclassified');
  });

  it('counts distances in code points, so that rare characters and emoji count once', () =>
    expect(typeOf('师傅😀😀😀😀态度')).toBe('complaint'));

  it('leaves out a match beside one of its exceptions, and still finds another place', () => {
    expect(typeOf('玩游戏老是闪退')).toBe('unclassified');
    expect(typeOf('玩游戏老是闪退,打开你们的管理软件点报表也会闪退')).toBe('software-bug');
  });

  it('takes any of a phrase’s alternatives, the longest one, and says which', () => {
    const alternatives: TypePolicy = {
      lists: [{ type: 'repair', rank: 1, entries: [{ phrases: ['空调|冰箱', '不冷|不冷了|异响'], within: 3 }] }],
    };
    expect(classifyType(alternatives, { text: '冰箱它不冷了' })).toEqual({ type: 'repair', matched: ['冰箱…不冷了'] });
    expect(classifyType(alternatives, { text: '冰箱空调' }).type).toBe('unclassified');
  });

  it('stays fast on a hostile message of one repeated word', () => {
    const started = performance.now();
    for (const text of ['师傅', '态度', '师傅态度', '制冷'].map((word) => word.repeat(1_000))) typeOf(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('keeps the customer’s own words out of what is recorded', () =>
    expect(classifyType(policy, { text: '张三的空調壞了' }).matched).toEqual(['坏了']));
});
