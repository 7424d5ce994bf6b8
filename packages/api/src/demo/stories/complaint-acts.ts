import { ours, toldIn, type ComplaintCase } from './complaint-case';

/** Taken by the CRM desk, and its receipt told. `hours` late ones miss their first control point. */
export const takenUp = async (own: ComplaintCase, hours = 0.2): Promise<void> => {
  const { agent, crm } = own.world;
  await own.wait(hours);
  await own.decide(crm, 'take-complaint', { isSubordinateOf: [] });
  await own.note(agent, 'acknowledge-complaint', { reached: true, channel: 'phone' });
};

/** Looked into; now and then something is missing and is asked for first (CMP-06). */
export const verified = async (
  own: ComplaintCase,
  found: { readonly genuine?: string; readonly findings: string },
): Promise<void> => {
  const { crm, chance } = own.world;
  await own.wait(chance.whole(1, 6));
  if (chance.happens(0.2)) {
    const asked = await own.note(crm, 'request-information', {
      from: 'complainant',
      question: '请提供购买凭证和照片',
      expectedBy: own.in(48),
    });
    await own.wait(chance.whole(3, 30));
    const { requestId } = toldIn(asked, 'InformationRequested');
    await own.note(crm, 'receive-information', { requestId, complete: true, answer: '发票和照片已收到' });
  }
  await own.decide(crm, 'verify-complaint', { genuine: 'yes', complete: true, ...found });
};

/** Four eyes on who bears it; everybody who bears something is told, which starts the days for an appeal. */
export const blamed = async (own: ComplaintCase, shares: readonly object[], grounds: string): Promise<void> => {
  const { crm, quality, chance } = own.world;
  await own.wait(chance.whole(1, 5));
  const result = shares.length > 0 ? 'attributed' : 'undetermined';
  const proposed = await own.decide(crm, 'propose-responsibility', { result, shares, grounds });
  await own.wait(chance.whole(0, 3));
  const { proposalId } = toldIn(proposed, 'ResponsibilityProposed');
  await own.decide(quality, 'confirm-responsibility', { proposalId });
  for (let share = 1; share <= shares.length; share += 1)
    await own.note(quality, 'notify-responsibility', { shareId: `s${share}`, channel: 'email' });
};

/** A measure as a plan names it, and what is done. */
export interface Remedy {
  readonly measure: string;
  readonly what: string;
  readonly cost?: number;
}

/** The five parts of a plan, approved by a second person, and started. */
export const planned = async (own: ComplaintCase, { measure, what, cost = 0 }: Remedy): Promise<void> => {
  const { crm, supervisor, chance } = own.world;
  await own.wait(chance.whole(1, 8));
  const proposed = await own.decide(crm, 'propose-plan', {
    diagnosis: { cause: 'found-at-verification' },
    measures: { steps: [{ planStepId: 'p1', measure, what }] },
    assignments: { list: [{ planStepId: 'p1', role: 'supervisor' }] },
    milestones: { list: [{ planStepId: 'p1', name: 'done', dueBy: own.in(72) }] },
    budget: { cost: { amount: cost, currency: 'CNY' } },
  });
  await own.wait(chance.whole(0, 4));
  const { planId } = toldIn(proposed, 'ResolutionPlanProposed');
  await own.decide(supervisor, 'approve-plan', { planId });
  await own.decide(crm, 'start-plan');
};

/** Half are promised a day (CMP-12); most of those promises are kept, some late, some never. */
export const executed = async (own: ComplaintCase): Promise<void> => {
  const { crm, chance } = own.world;
  let commitmentId: string | undefined;
  if (chance.happens(0.5)) {
    const promised = await own.note(crm, 'give-commitment', {
      text: '三天内处理完毕',
      nextSteps: '完成后电话告知',
      expectedBy: own.in(72),
      channel: 'phone',
    });
    commitmentId = toldIn(promised, 'CommitmentGiven')['commitmentId'];
  } else await own.note(crm, 'report-progress', { channel: 'phone', text: '已安排处理', expectedBy: own.in(60) });
  await own.wait(Number(chance.weighted({ '20': 6, '45': 3, '90': 2 })));
  await own.note(crm, 'complete-plan-step', { planStepId: 'p1', result: '已完成' });
  if (commitmentId !== undefined && chance.happens(0.85)) await own.note(crm, 'keep-commitment', { commitmentId });
};

/** The complainant is told what was done. */
export const outcomeTold = async (own: ComplaintCase, reached = true): Promise<string> => {
  await own.wait(own.world.chance.whole(1, 6));
  const told = await own.decide(own.world.crm, 'communicate-outcome', {
    channel: 'phone',
    reached,
    text: '已告知处理结果',
  });
  return toldIn(told, 'OutcomeCommunicated')['contactId'] as string;
};

/** A verdict on the telephone, with the form where it was a good one (CMP-14). */
export const judged = async (own: ComplaintCase, verdict: 'satisfied' | 'dissatisfied'): Promise<void> => {
  const { crm, chance } = own.world;
  await own.wait(chance.whole(4, 30));
  const heard = await own.note(crm, 'record-contact', {
    direction: 'outbound',
    channel: 'phone',
    purpose: 'verdict',
    reached: true,
  });
  const { contactId } = toldIn(heard, 'ComplainantContacted');
  const mark = () => chance.weighted({ 'very-satisfied': 4, satisfied: 5, neutral: 2 });
  const form = { fairness: mark(), timeliness: mark(), attitude: mark(), result: mark() };
  await own.note(crm, 'record-verdict', {
    verdict,
    channel: 'phone',
    contactId,
    ...(verdict === 'satisfied' ? { evaluation: form } : { words: '问题还在,我不接受' }),
  });
};

/** Nobody answers: three attempts on two days. */
export const unanswered = async (own: ComplaintCase): Promise<void> => {
  const { crm } = own.world;
  for (const hours of [3, 5, 24]) {
    await own.wait(hours);
    const call = { direction: 'outbound', channel: 'phone', purpose: 'verdict', reached: false };
    await own.note(crm, 'record-contact', call);
  }
  await own.note(crm, 'record-verdict', { verdict: 'no-answer', channel: 'phone' });
};

/** Closed; what is learnt from it is written down a week later by half of them (CMP-16). */
export const closed = async (
  own: ComplaintCase,
  body: object,
  lesson = own.world.chance.happens(0.5),
): Promise<void> => {
  const { crm, chance } = own.world;
  await own.wait(1);
  await own.decide(crm, 'close-complaint', body);
  if (!lesson) return;
  await own.wait(24 * chance.whole(3, 9));
  await own.note(crm, 'record-lessons', {
    rootCause: chance.pick(['double-booking', 'part-defect', 'no-callback', 'unclear-price']),
    topics: [chance.pick(['process', 'training', 'product', 'communication'])],
    lesson: '预约前核对工程师日程,并在当天上午再次与客户确认',
  });
};

/** What a company does about it. */
export const apology: Remedy = { measure: 'apology', what: '主管电话致歉并说明情况' };
export const explained: Remedy = { measure: 'explanation', what: '书面说明收费明细' };
export const refund: Remedy = { measure: 'refund', what: '退还多收费用', cost: 12_000 };
export const replaced: Remedy = { measure: 'replacement', what: '更换同型号新机', cost: 260_000 };
export const genuine = { findings: '录音和派工记录证实' };

/** Taken up, found to be so, and blamed on somebody. */
export const investigated = async (
  own: ComplaintCase,
  shares: readonly object[] = [ours()],
  late = 0.2,
): Promise<ComplaintCase> => {
  await takenUp(own, late);
  await verified(own, genuine);
  await blamed(own, shares, '核查记录与录音一致');
  return own;
};

/** Planned, done, and told. */
export const handled = async (own: ComplaintCase, remedy: Remedy): Promise<void> => {
  await planned(own, remedy);
  await executed(own);
  await outcomeTold(own);
};
