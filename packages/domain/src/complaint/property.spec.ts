import { chanceOf } from '../../testing/history/chance';
import { COMPLAINT, complaintFacts, complaintPeople, ENGINEER, fits, recordedOne, START } from '../../testing/index';
import { fold, isRejection, MINUTE, plus, type Actor, type Recorded } from '../kernel/index';
import { complaintCommands, type ComplaintCommand } from './commands';
import { complaintDecider } from './decider';
import type { ComplaintEvent } from './events';
import { complaintRegistration } from './registration';
import { isOpen, isResponsibilityDecided, openAppeals, type Complaint, type ExistingComplaint } from './state';

const actors: readonly Actor[] = Object.values(complaintPeople);

/** Ids that exist at this moment, so that a random command meets something. */
const idsOf = (complaint: Complaint): Record<string, unknown> => {
  if (complaint.status === 'none') return {};
  const { responsibility, plan, requests, lowering, holds, commitments, external, contacts } = complaint;
  const rework = plan?.steps.find((step) => step.rework)?.rework;
  return {
    proposalId: responsibility.proposalId,
    appealId: openAppeals(responsibility)[0]?.appealId,
    shareId: responsibility.shares[0]?.shareId,
    planId: plan?.planId,
    planStepId: plan?.steps[0]?.planStepId,
    requestId: requests.find(({ open }) => open)?.requestId,
    loweringId: lowering?.loweringId,
    holdId: holds.at(-1)?.holdId,
    commitmentId: commitments.at(-1)?.commitmentId,
    referenceId: external.at(-1)?.referenceId,
    contactId: contacts.find(({ reached }) => reached)?.contactId,
    ticketId: rework?.ticketId,
    round: complaint.round,
  };
};

/** What varies in a command beside its example, so that sequences get somewhere. */
const variants = (pick: <T>(items: readonly T[]) => T): Record<string, unknown> => ({
  verdict: pick(['satisfied', 'dissatisfied', 'dissatisfied', 'no-answer']),
  outcome: pick(['satisfied', 'no-answer', 'final-position', 'external-body']),
  recourse: ['court'],
  grounds: pick(['not-genuine', 'out-of-scope']),
  genuine: pick(['yes', 'no']),
  complete: pick([true, false]),
  reached: pick([true, false]),
  purpose: pick(['verdict', 'chase']),
  direction: 'outbound',
  words: pick(['还是不行', '插座漏电', '谢谢']),
  handler: pick([
    { id: 'manager-1', role: 'manager' },
    { id: 'manager-2', role: 'manager' },
    { id: 'supervisor-1', role: 'supervisor' },
  ]),
  staff: { id: pick(['crm-1', ENGINEER]), role: 'engineer' },
  isSubordinateOf: [],
  handlerIsSubordinateOf: [],
  happenedAt: '2026-09-30T02:00:00.000Z',
  expectedBy: '2027-12-31T02:00:00.000Z',
  occurredAt: undefined,
});

/** Sent more often than others, so that chance gets a complaint to its end and back. */
const LEADS_ON: readonly string[] = [
  'TakeComplaint',
  'AcknowledgeComplaint',
  'VerifyComplaint',
  'ProposeResponsibility',
  'ConfirmResponsibility',
  'ProposePlan',
  'ApprovePlan',
  'StartPlan',
  'CompletePlanStep',
  'CommunicateOutcome',
  'RecordVerdict',
  'CloseComplaint',
  'RecordContact',
  'EscalateComplaint',
].map((name) => `complaint.${name}`);
/** They end most stories early. */
const RARE: readonly string[] = ['complaint.WithdrawComplaint', 'complaint.CommunicateDismissal'];

/** A random command of the table that its actor may send; its body fits, by construction from the example. */
const commandFor = (
  actor: Actor,
  complaint: Complaint,
  chance: ReturnType<typeof chanceOf>,
): ComplaintCommand | undefined => {
  const allowed = Object.values(complaintCommands).filter(
    ({ roles, type }) =>
      (roles as readonly string[]).includes(actor.role) && (!RARE.includes(type) || chance.percent(30)),
  );
  const leading = allowed.filter(({ type }) => LEADS_ON.includes(type));
  if (allowed.length === 0) return undefined;
  const { type, example, data } = chance.one([...allowed, ...leading, ...leading, ...leading, ...leading]);
  const varied = { ...variants((items) => chance.one(items)), ...idsOf(complaint) };
  const names = Object.keys(data.properties).filter(
    (name) => name in example || ['recourse', 'contactId', 'referenceId', 'handlerIsSubordinateOf'].includes(name),
  );
  const body = names.flatMap((name) => {
    const value = varied[name] ?? (example as Record<string, unknown>)[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const command = { type, data: Object.fromEntries(body) } as ComplaintCommand;
  return command;
};

const broken = (before: Complaint, complaint: ExistingComplaint): string | undefined => {
  const { responsibility, measured } = complaint;
  if (before.status !== 'none' && complaint.round < before.round) return 'a round never goes back';
  if ((measured.safety || measured.graveCause) && complaint.severity !== 'urgent')
    return 'a safety or grave matter is urgent (CMP-08, CMP-18)';
  if (complaint.status === 'closed' && before.status !== 'closed' && !isResponsibilityDecided(complaint))
    return 'closing needs the responsibility decided (CMP-07)';
  if (responsibility.confirmedBy !== undefined && responsibility.confirmedBy === responsibility.proposedBy)
    return 'four eyes';
  if (responsibility.status === 'final' && openAppeals(responsibility).length > 0)
    return 'nothing is final while an appeal is open';
  if (complaint.handler && complaint.handler.id === complaint.about.staff?.id)
    return 'the person complained about never handles it';
  if (complaint.escalationDue && complaint.status !== 'pending-verdict' && isOpen(complaint))
    return 'a second dissatisfied verdict leads on by an escalation only';
  return undefined;
};

describe('any sequence of commands', () => {
  it('leaves states that keep the rules, events that fit, and the same state when folded again', () => {
    const texts = new Set(Object.keys(complaintRegistration.messages));
    const reached = new Set<string>();
    const tracks = new Set<string>();
    for (let seed = 1; seed <= 80; seed += 1) {
      const chance = chanceOf(seed);
      let complaint: Complaint = complaintDecider.initial;
      let now = START;
      const events: Recorded<ComplaintEvent>[] = [];
      for (let step = 0; step < 160; step += 1) {
        now = plus(now, chance.between(1, 900) * MINUTE);
        const actor = step === 0 ? complaintPeople.agent : chance.one(actors);
        const { ticketId, ...example } = complaintCommands.RegisterComplaint.example;
        const command =
          step === 0
            ? ({
                type: 'complaint.RegisterComplaint',
                data: { ...example, ...(chance.percent(50) ? { ticketId } : {}) },
              } as const)
            : commandFor(actor, complaint, chance);
        if (!command) continue;
        const decided = complaintDecider.decide(command, complaint, {
          now,
          actor,
          stream: COMPLAINT,
          commandId: `command-${seed}-${step}`,
          facts: complaintFacts,
        });
        if (isRejection(decided)) {
          if (!texts.has(decided.code)) throw new Error(`${decided.code} has no text`);
          continue;
        }
        const before = complaint;
        for (const told of decided) {
          fits(complaintRegistration, told);
          const event = recordedOne(COMPLAINT, events.length, told, { at: now, actor }) as Recorded<ComplaintEvent>;
          events.push(event);
          complaint = complaintDecider.evolve(complaint, event);
        }
        if (complaint.status === 'none') throw new Error('a complaint never vanishes');
        reached.add(complaint.status);
        tracks.add(complaint.responsibility.status);
        const wrong = broken(before, complaint);
        if (wrong) throw new Error(`${wrong}: seed ${seed}, step ${step}, ${command.type}`);
      }
      expect(fold(complaintDecider, events)).toEqual(complaint);
    }
    expect([...reached].sort()).toEqual([
      'closed',
      'dismissed',
      'executing',
      'pending-verdict',
      'planned',
      'registered',
      'verifying',
      'withdrawn',
    ]);
    expect([...tracks].sort()).toEqual(['confirmed', 'final', 'none', 'proposed', 'under-appeal']);
  });

  it('folds and decides on shuffled events without a throw: evolve validates nothing', () => {
    const chance = chanceOf(99);
    const definitions = Object.values(complaintRegistration.events);
    const loose = {
      about: {},
      measures: { steps: [{ planStepId: 'p1' }] },
      shares: [],
      safetyMatched: [],
      handler: { id: 'crm-1', role: 'crm' },
      round: 1,
    };
    for (let round = 0; round < 40; round += 1) {
      const order = [
        'complaint.ComplaintRegistered',
        ...definitions.map(({ type }) => type).sort(() => chance.next() - 0.5),
      ];
      const state = order.reduce<Complaint>((complaint, type, index) => {
        const event = recordedOne(COMPLAINT, index, { type, data: loose }, { at: START, actor: complaintPeople.crm });
        return complaintDecider.evolve(complaint, event as Recorded<ComplaintEvent>);
      }, complaintDecider.initial);
      expect(state.status).not.toBe('none');
      for (const { type, example } of Object.values(complaintCommands))
        expect(() =>
          complaintDecider.decide({ type, data: example } as ComplaintCommand, state, {
            now: START,
            actor: complaintPeople.manager,
            stream: COMPLAINT,
            commandId: 'command-1',
            facts: complaintFacts,
          }),
        ).not.toThrow();
    }
  });
});
