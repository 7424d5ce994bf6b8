import { HOUR, plus, type Actor, type Command, type RecordedEvent } from '../../src/kernel/index';
import { complaintCommands } from '../../src/complaint/commands';
import { isResponsibilityDecided, stageOf, type ExistingComplaint } from '../../src/complaint/state';
import type { Chance } from './chance';
import type { World } from './world';

export const crm: Actor = { id: 'crm-1', role: 'crm' };
export const quality: Actor = { id: 'quality-1', role: 'quality' };
export const supervisor: Actor = { id: 'supervisor-1', role: 'supervisor' };
export const hr: Actor = { id: 'hr-1', role: 'hr' };
const managerOf = (level: number): Actor => ({ id: `manager-${level}`, role: 'manager' });

const scores = ['very-satisfied', 'satisfied', 'neutral', 'dissatisfied'] as const;
const contact = (purpose: string, reached: boolean, words?: string): Command => ({
  type: 'complaint.RecordContact',
  data: { direction: 'outbound', channel: 'phone', purpose, reached, ...(words ? { words } : {}) },
});

type Send = (world: World, name: string, data: object, actor?: Actor) => unknown;
/** So many hours later, give or take a few, somebody sends a command. */
export type Say = (when: readonly [hours: number, spread: number], name: string, data: object, actor?: Actor) => void;

/** Taken and acknowledged; some are withdrawn first, some lie with an external body that decides in the end. */
export const takenUp = (
  world: World,
  event: RecordedEvent,
  { chance, say }: { readonly chance: Chance; readonly say: Say },
) => {
  const { external } = (event as unknown as { data: { external?: object } }).data;
  world.send(event.stream, { type: 'complaint.TakeComplaint', data: { isSubordinateOf: ['supervisor-1'] } }, crm);
  if (chance.percent(10)) say([21, 200], 'WithdrawComplaint', { channel: 'phone' });
  if (chance.percent(15)) world.send(event.stream, contact('chase', true), crm);
  world.send(
    event.stream,
    { type: 'complaint.AcknowledgeComplaint', data: { reached: !chance.percent(10), channel: 'phone' } },
    crm,
  );
  if (external) {
    say([20, 20], 'RecordExternalReply', { referenceId: 'external' });
    say([42, 10], 'RecordExternalDecision', { referenceId: 'external', decision: 'settled' });
    // Closing waits for the responsibility: whoever handles it tries again.
    for (const hours of [60, 90, 200])
      say([hours, 10], 'CloseComplaint', { outcome: 'external-body', referenceId: 'external' });
  }
};

export const verified = (
  world: World,
  complaint: ExistingComplaint,
  { chance, send, genuine }: { readonly chance: Chance; readonly send: Send; readonly genuine: string },
) => {
  if (genuine === 'no') {
    const data = { grounds: 'not-genuine', recourse: ['internal-appeal', '12315'], channel: 'letter' };
    return void send(world, 'CommunicateDismissal', data, supervisor);
  }
  if (complaint.round === 1) {
    const measures = {
      nature: chance.one(['ordinary', 'ordinary', 'serious', 'grave']),
      reach: chance.one(['single', 'single', 'several']),
      urgency: chance.one(['routine', 'routine', 'soon']),
    };
    send(world, 'AssessSeverity', { ...measures, safety: complaint.measured.safety, reason: '核查后评定' });
  }
  if (complaint.severity === 'urgent') send(world, 'TakeContainment', { measure: 'stop-use' });
  if (isResponsibilityDecided(complaint)) {
    const final = complaint.level > 0 && chance.percent(50);
    if (!final) return void send(world, 'ProposePlan', planWith('explanation', world.now));
    const data = { outcome: 'final-position', recourse: ['12315', 'court'], text: '最终答复' };
    return void send(world, 'CloseComplaint', data, managerOf(complaint.level));
  }
  const { staff } = complaint.about;
  const meant = staff ? { kind: 'engineer', id: staff.id } : { kind: 'unit', id: 'call-centre' };
  const ours = { party: 'company', percent: 100, role: 'engineer', kind: staff ? 'person' : 'unit', meant };
  const shares = chance.percent(25)
    ? [
        { ...ours, percent: 70 },
        { party: 'customer', percent: 30, kind: 'person' },
      ]
    : chance.percent(20)
      ? [{ party: 'third-party', percent: 100, kind: 'organisation', meant: { kind: 'supplier', id: 'x1' } }]
      : [ours];
  return void send(world, 'ProposeResponsibility', { result: 'attributed', shares, grounds: '核查记录' });
};

export const executed = (
  world: World,
  complaint: ExistingComplaint,
  { chance, send, say }: { readonly chance: Chance; readonly send: Send; readonly say: Say },
) => {
  if (chance.percent(35)) {
    const expectedBy = plus(world.now, chance.between(10, 90) * HOUR);
    send(world, 'GiveCommitment', { text: '尽快换新', nextSteps: '电话预约', expectedBy, channel: 'phone' });
    send(world, 'ReportProgress', { channel: 'phone', text: '已安排', expectedBy });
    const given = (world.stateOf(complaint.stream) as ExistingComplaint).commitments.at(-1);
    if (given && chance.percent(70)) say([60, 100], 'KeepCommitment', { commitmentId: given.commitmentId });
  }
  const isRework = complaint.customer !== undefined && chance.percent(35);
  if (isRework)
    send(world, 'OpenReworkTicket', { planStepId: 'p1', serviceType: 'on-site', category: 'air-conditioner' });
  else send(world, 'CompletePlanStep', { planStepId: 'p1', result: '已道歉并说明' });
  // A withdrawn safety complaint has nobody to tell: it ends inside.
  say([200, 50], 'EndInternalHandling', { reason: '隐患已排除' }, quality);
};

/** The complainant is asked; some never answer, and three attempts on two days say so. */
export const outcomeTold = (
  event: RecordedEvent,
  {
    chance,
    later,
    send,
  }: {
    readonly chance: Chance;
    readonly later: (event: RecordedEvent, hours: number, spread: number, act: (world: World) => void) => void;
    readonly send: Send;
  },
): void => {
  if (chance.percent(15)) {
    for (const hours of [2, 5, 28]) later(event, hours, 1, (world) => void send(world, ...attempted));
    later(event, 32, 4, (world) => void send(world, 'RecordVerdict', { verdict: 'no-answer', channel: 'phone' }));
    return;
  }
  const verdict = chance.percent(66) ? 'satisfied' : 'dissatisfied';
  later(event, 3, 30, (world) => {
    const heard = world.send(event.stream, contact('verdict', true), crm) as readonly RecordedEvent[];
    const contactId = (heard[0]?.data as { contactId?: string } | undefined)?.contactId;
    const one = () => chance.one(verdict === 'satisfied' ? scores.slice(0, 2) : scores.slice(2));
    const evaluation = { fairness: one(), timeliness: one(), attitude: one(), result: one() };
    const form = chance.percent(80) ? { evaluation } : { evaluationRefused: true };
    if (contactId) send(world, 'RecordVerdict', { verdict, channel: 'phone', contactId, ...form });
  });
};

const attempted = ['RecordContact', contact('verdict', false).data as object] as const;

export const judged = (
  world: World,
  complaint: ExistingComplaint,
  { chance, send }: { readonly chance: Chance; readonly send: Send },
) => {
  if (complaint.escalationDue) {
    const handler = managerOf(complaint.level + 1);
    const data = { reason: 'dissatisfied-again', handler, isSubordinateOf: [] };
    return void send(world, 'EscalateComplaint', data, supervisor);
  }
  if (stageOf(complaint) !== 'pending-verdict' || complaint.verdict === undefined) return undefined;
  if (complaint.verdict === 'no-answer' && chance.percent(10)) return undefined;
  return void send(world, 'CloseComplaint', { outcome: complaint.verdict });
};

export const planOf = ({ metadata }: RecordedEvent, chance: Chance): object =>
  planWith(chance.one(['repair-again', 'apology', 'refund', 'explanation']), metadata.recordedAt);

const planWith = (measure: string, now: string): object => ({
  ...complaintCommands.ProposePlan.example,
  diagnosis: { cause: 'double-booked' },
  measures: { steps: [{ planStepId: 'p1', measure }] },
  milestones: { list: [{ planStepId: 'p1', name: 'done', dueBy: plus(now, 72 * HOUR) }] },
});
