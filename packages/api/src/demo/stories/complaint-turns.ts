import type { Answer } from '../http-person';
import {
  apology,
  blamed,
  closed,
  explained,
  genuine,
  handled,
  investigated,
  judged,
  refund,
  replaced,
  takenUp,
  verified,
  type Remedy,
} from './complaint-acts';
import { ComplaintCase, ours, toldIn } from './complaint-case';
import type { ComplaintStory } from './complaints';

/** An engineer is complained about, answers for it, and appeals: upheld, changed, or too late and final by itself. */
export const aboutAnEngineer =
  (appeal: 'upheld' | 'changed' | 'none'): ComplaintStory =>
  async (world, time, grievance) => {
    const engineer = world.chance.pick([...world.field.keys()]);
    const own = await ComplaintCase.registered(world, time, {
      ...grievance,
      more: { ...grievance.more, staff: { id: engineer, role: 'engineer' } },
    });
    await investigated(own, [ours(100, engineer)]);
    if (appeal !== 'none') {
      await own.wait(20);
      const field = world.field.get(engineer);
      const appealed = await own.note(field ?? world.agent, 'appeal-responsibility', {
        shareId: 's1',
        grounds: '当天系统派单时间与客户预约冲突',
      });
      const { appealId } = toldIn(appealed, 'ResponsibilityAppealed');
      await own.wait(26);
      const decided = await own.decide(world.hr, 'decide-appeal', {
        appealId,
        decision: appeal,
        grounds: appeal === 'upheld' ? '录音清楚' : '排班也有责任',
        ...(appeal === 'changed'
          ? {
              shares: [{ ...ours(50, engineer), shareId: 's1' }, ours(50)],
            }
          : {}),
      });
      if (appeal === 'changed') await notified(own, decided);
    }
    await handled(own, apology);
    await judged(own, 'satisfied');
    await closed(own, { outcome: 'satisfied' }, true);
  };

/** Whoever bears more than before the appeal is told, and may appeal in turn. */
const notified = async (own: ComplaintCase, decided: Answer): Promise<void> => {
  const { shares } = toldIn(decided, 'AppealDecided') as unknown as {
    readonly shares: readonly { readonly shareId: string }[];
  };
  for (const { shareId } of shares)
    await own.note(own.world.quality, 'notify-responsibility', { shareId, channel: 'email' });
};

/** Not so; the dismissal is accepted, or appealed with new evidence and put right after all. */
export const dismissed =
  (then: 'accepted' | 'overturned' | 'dismissed-again'): ComplaintStory =>
  async (world, time, grievance) => {
    const own = await ComplaintCase.registered(world, time, grievance);
    const notSo = { genuine: 'no', findings: '系统记录与所述不符' };
    const dismiss = () =>
      own.decide(world.supervisor, 'communicate-dismissal', {
        grounds: 'not-genuine',
        recourse: ['internal-appeal', '12315'],
        channel: 'letter',
        text: '经核查未发现所述情况',
      });
    await takenUp(own);
    await verified(own, notSo);
    await own.wait(3);
    await dismiss();
    if (then === 'accepted') return;
    await own.wait(24 * world.chance.whole(2, 9));
    await own.note(world.agent, 'appeal-dismissal', { channel: 'phone', words: '我有通话录音' });
    if (then === 'dismissed-again') {
      await verified(own, notSo);
      await own.wait(3);
      await dismiss();
      return;
    }
    await verified(own, genuine);
    await blamed(own, [ours()], '录音属实');
    await handled(own, apology);
    await judged(own, 'satisfied');
    await closed(own, { outcome: 'satisfied' }, true);
  };

/** Not good enough the first time; the second answer is. Some come back after their end. */
export const secondHandling =
  (isReopened: boolean): ComplaintStory =>
  async (world, time, grievance) => {
    const own = await ComplaintCase.registered(world, time, grievance);
    await investigated(own);
    await handled(own, explained);
    await judged(own, 'dissatisfied');
    await own.note(world.agent, 'record-contact', {
      direction: 'inbound',
      channel: 'phone',
      purpose: 'chase',
      reached: true,
    });
    await again(own, refund);
    if (!isReopened) return;
    await own.wait(24 * world.chance.whole(4, 12));
    await own.note(world.agent, 'reopen-complaint', { foundBy: 'complainant', words: '同样的问题又出现了' });
    await again(own, replaced);
  };

const again = async (own: ComplaintCase, remedy: Remedy): Promise<void> => {
  await verified(own, { findings: '第一次处理不彻底' });
  await handled(own, remedy);
  await judged(own, 'satisfied');
  await closed(own, { outcome: 'satisfied' });
};

/** Dissatisfied twice, escalated to the manager, who finds the answer or gives the company's final position. */
export const escalated =
  (end: 'satisfied' | 'final-position'): ComplaintStory =>
  async (world, time, grievance) => {
    const own = await ComplaintCase.registered(world, time, grievance);
    await investigated(own);
    await handled(own, apology);
    await judged(own, 'dissatisfied');
    await verified(own, { findings: '客户要求超出保修范围' });
    await handled(own, refund);
    await judged(own, 'dissatisfied');
    await own.wait(2);
    const handler = { id: world.manager.id, role: 'manager' };
    await own.decide(world.supervisor, 'escalate-complaint', { reason: 'dissatisfied-again', handler });
    if (end === 'satisfied') return again(own, replaced);
    const hold = await own.decide(world.manager, 'place-legal-hold', { reason: '客户表示将起诉' });
    await own.wait(40);
    await own.decide(world.manager, 'close-complaint', {
      outcome: 'final-position',
      recourse: ['12315', 'court'],
      text: '公司最终答复:按退费方案处理',
    });
    await own.wait(24 * 20);
    const { holdId } = toldIn(hold, 'LegalHoldPlaced');
    await own.decide(world.manager, 'lift-legal-hold', { holdId, reason: '客户未起诉' });
  };
