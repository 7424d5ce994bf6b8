import type { DemoWorld } from '../demo-world';
import { productLines, type Fault } from '../product-lines';
import type { StoryTime } from '../simulation';
import { confirmByPhone, followUpAndClose, untilStatus } from './after-resolution';
import {
  apology,
  blamed,
  closed,
  executed,
  explained,
  genuine,
  handled,
  investigated,
  judged,
  outcomeTold,
  planned,
  refund,
  replaced,
  takenUp,
  unanswered,
  verified,
} from './complaint-acts';
import { ComplaintCase, customers, ours, suppliers, toldIn, type Grievance } from './complaint-case';
import { visit } from './visit';

/** A whole complaint: who complains of what, and how it goes. */
export type ComplaintStory = (world: DemoWorld, time: StoryTime, grievance: Grievance) => Promise<void>;

/** The ordinary course: found to be so, put right, satisfied. Some wait longer than the control points allow. */
export const putRight: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  const bearers = world.chance.weighted({ ours: 6, supplier: 2, both: 2, customer: 1, unclear: 1 });
  const shares = {
    ours: [ours()],
    supplier: [suppliers()],
    both: [ours(60), suppliers(40)],
    customer: [ours(40), customers(60)],
    unclear: [],
  }[bearers];
  await investigated(own, shares, Number(world.chance.weighted({ '0.3': 7, '2': 2, '50': 1 })));
  await handled(own, world.chance.pick([apology, explained, refund, replaced]));
  await judged(own, 'satisfied');
  await closed(own, { outcome: 'satisfied' });
};

/** Nobody to call: an anonymous one ends without an answer. */
export const anonymous: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  await investigated(own);
  await planned(own, { measure: 'training', what: '组织服务礼仪培训' });
  await executed(own);
  await outcomeTold(own, false);
  await own.note(world.crm, 'record-verdict', { verdict: 'no-answer', channel: 'phone' });
  await closed(own, { outcome: 'no-answer' });
};

/** Told, called three times, never heard of again. */
export const neverAnswers: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  await investigated(own);
  await handled(own, explained);
  await unanswered(own);
  await closed(own, { outcome: 'no-answer' });
};

/** A hazard: contained and planned before anybody is blamed (CMP-08). */
export const hazardous: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  await takenUp(own, 0.1);
  await own.note(world.agent, 'take-containment', { measure: 'stop-use', description: '已通知客户断电停用' });
  await verified(own, genuine);
  await own.note(world.quality, 'hold-review-meeting', {
    roles: ['quality', 'expert', 'manager'],
    minutes: '同意换机',
  });
  await planned(own, replaced);
  await blamed(own, [suppliers(80), ours(20)], '压缩机绝缘失效,出厂检验漏检');
  await executed(own);
  await outcomeTold(own);
  await judged(own, 'satisfied');
  await closed(own, { outcome: 'satisfied' }, true);
};

/** Withdrawn; where it was about safety the work goes on inside. */
export const withdrawn =
  (isSafety: boolean): ComplaintStory =>
  async (world, time, grievance) => {
    const own = await ComplaintCase.registered(world, time, grievance);
    await takenUp(own);
    await own.wait(20);
    await own.note(world.agent, 'withdraw-complaint', { channel: 'phone', reason: 'settled-with-engineer' });
    if (!isSafety) return;
    await verified(own, genuine);
    await blamed(own, [suppliers()], '同批次零件缺陷');
    await own.wait(30);
    await own.decide(world.quality, 'end-internal-handling', { reason: '隐患已排除,同批次已排查' });
  };

/** 12315 has it: answered by its date or too late, and ended by what it decides. */
export const external =
  (isInTime: boolean): ComplaintStory =>
  async (world, time, grievance) => {
    const dueBy = new Date(Date.parse(time.now()) + 7 * 24 * 3_600_000).toISOString();
    const own = await ComplaintCase.registered(world, time, {
      ...grievance,
      more: { ...grievance.more, external: { body: '12315', reference: 'SHILI-12315', dueBy } },
    });
    await investigated(own, [ours(), customers(0)]);
    await planned(own, refund);
    await own.wait(isInTime ? 40 : 24 * 9);
    await own.note(world.crm, 'record-external-reply', { referenceId: 'external' });
    await own.wait(60);
    await own.note(world.crm, 'record-external-decision', { referenceId: 'external', decision: 'settled' });
    await closed(own, { outcome: 'external-body', referenceId: 'external' });
  };

/** Repaired badly: a rework ticket does the plan's step, and its completion comes back by itself. */
export const reworked: ComplaintStory = async (world, time, grievance) => {
  const { customer } = grievance;
  if (!customer) throw new Error('rework needs a customer');
  const own = await ComplaintCase.registered(world, time, grievance);
  await investigated(own);
  await planned(own, { measure: 'repair-again', what: '改派高级工程师返工' });
  const unit = world.chance.pick(customer.units);
  const opened = await own.decide(world.crm, 'open-rework-ticket', {
    planStepId: 'p1',
    serviceType: 'on-site',
    intent: 'repair',
    category: unit.line.category,
    model: unit.model,
    unitId: unit.unitId,
    region: customer.region,
  });
  const { ticketId } = toldIn(opened, 'ReworkTicketOpened');
  // A process opens it.
  await own.wait(1);
  const line = productLines.find(({ category }) => category === unit.line.category);
  await visit(world, time, ticketId as string, (line?.faults[0] ?? productLines[0]?.faults[0]) as Fault, {
    outcome: 'fixed',
  });
  await untilStatus(world, time, ticketId as string, ['pending-confirmation']);
  await confirmByPhone(world, ticketId as string);
  await followUpAndClose(world, time, ticketId as string);
  await own.wait(2);
  await outcomeTold(own);
  await judged(own, 'satisfied');
  await closed(own, { outcome: 'satisfied' });
};

/** Assessed as lower than the words made it look: a second person agrees. */
export const lowered: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  await takenUp(own);
  await verified(own, genuine);
  const proposed = await own.decide(world.crm, 'assess-severity', {
    nature: 'ordinary',
    reach: 'single',
    urgency: 'soon',
    safety: false,
    reason: '现场检测无隐患',
  });
  await own.wait(2);
  const { loweringId } = toldIn(proposed, 'SeverityLoweringProposed');
  await own.decide(world.quality, 'approve-severity-lowering', { loweringId });
  await blamed(own, [], '双方说法不一,无法认定');
  await handled(own, explained);
  await judged(own, 'satisfied');
  await closed(own, { outcome: 'satisfied' });
};

/** Taken up and verified, and there it stands when the quarter is looked at. */
export const leftOpen: ComplaintStory = async (world, time, grievance) => {
  const own = await ComplaintCase.registered(world, time, grievance);
  await takenUp(own, world.chance.whole(0, 30));
  await verified(own, genuine);
};
