import { complaintCommands } from '../src/complaint/commands';
import { complaintEvents } from '../src/complaint/events';
import type { ComplaintFacts } from '../src/complaint/facts';
import { complaintRegistration } from '../src/complaint/registration';
import type { Actor } from '../src/kernel/index';
import { policiesV1 } from '../src/policy/index';
import { commandBuilder, eventBuilder } from './builders';
import { scenarioOf } from './scenario';
import { CUSTOMER, ENGINEER, TICKET } from './ticket';

/** Names that stories use; none belongs to anybody. */
export const COMPLAINT = 'complaint-9c0f1c52-0000-4000-8000-000000000001';
export const TICKET_ID = TICKET.slice('ticket-'.length);
export const REWORK = '7d9f1c52-0000-4000-8000-000000000002';

export const complaintPeople = {
  agent: { id: 'agent-1', role: 'agent' },
  counter: { id: 'counter-1', role: 'counter' },
  crm: { id: 'crm-1', role: 'crm' },
  quality: { id: 'quality-1', role: 'quality' },
  supervisor: { id: 'supervisor-1', role: 'supervisor' },
  manager: { id: 'manager-1', role: 'manager' },
  secondManager: { id: 'manager-2', role: 'manager' },
  hr: { id: 'hr-1', role: 'hr' },
  engineer: { id: ENGINEER, role: 'engineer' },
  channel: { id: 'wechat-bot', role: 'channel', onBehalfOf: CUSTOMER },
  system: { id: 'process', role: 'system' },
} as const satisfies Record<string, Actor>;

export const complaintFacts: ComplaintFacts = {
  policies: policiesV1,
  site: { site: 'shanghai', zone: 'Asia/Shanghai' },
  number: { number: 'KS202610001', serial: 1 },
  customer: { stream: CUSTOMER },
  found: { ticket: true },
};

/** given(...).when(...).then(...) on a complaint; by default its handler at the CRM desk acts. */
export const givenComplaint = scenarioOf<ComplaintFacts>(complaintRegistration, {
  stream: COMPLAINT,
  facts: complaintFacts,
  actor: complaintPeople.crm,
});

const round = 1;
const handler = { id: 'crm-1', role: 'crm' } as const;
const byRule = { by: 'rule', ruleVersion: 1, policyVersion: 1 } as const;
export const oneShare = (percent = 100, shareId = 's1') =>
  ({ shareId, party: 'company', percent, role: 'engineer', kind: 'person', named: true }) as const;

/** Events of a complaint's past, with defaults. */
export const complaintEvent = {
  registered: eventBuilder(complaintEvents.ComplaintRegistered, {
    number: 'KS202610001',
    serial: 1,
    site: 'shanghai',
    zone: 'Asia/Shanghai',
    channel: 'phone',
    receiver: { id: 'agent-1', role: 'agent' },
    complainant: 'customer',
    customer: CUSTOMER,
    complaintCategory: 'repair-delay',
    safetyMarked: false,
    about: { ticketId: TICKET_ID },
    round,
  }),
  severity: eventBuilder(complaintEvents.SeverityAssessed, {
    severity: 'general',
    provisional: true,
    safety: false,
    safetyMatched: [],
    reasons: ['nothing-special'],
    decided: byRule,
    round,
  }),
  loweringProposed: eventBuilder(complaintEvents.SeverityLoweringProposed, {
    loweringId: 'lowering-1',
    severity: 'general',
    safety: false,
    round,
  }),
  loweringRejected: eventBuilder(complaintEvents.SeverityLoweringRejected, {
    loweringId: 'lowering-1',
    round,
  }),
  handler: eventBuilder(complaintEvents.HandlerAssigned, { handler, isSubordinateOf: [], round }),
  handlerReleased: eventBuilder(complaintEvents.HandlerReleased, { handler, reason: 'named-in-complaint', round }),
  acknowledged: eventBuilder(complaintEvents.ComplaintAcknowledged, {
    reached: true,
    channel: 'phone',
    contactId: 'contact-1',
    round,
  }),
  contacted: eventBuilder(complaintEvents.ComplainantContacted, {
    contactId: 'contact-2',
    direction: 'outbound',
    channel: 'phone',
    purpose: 'verdict',
    reached: true,
    round,
  }),
  subject: eventBuilder(complaintEvents.SubjectIdentified, {
    about: { staff: { id: ENGINEER, role: 'engineer' } },
    round,
  }),
  classified: eventBuilder(complaintEvents.ComplaintClassified, {
    complaintCategory: 'attitude',
    round,
  }),
  evidence: eventBuilder(complaintEvents.EvidenceAttached, {
    attachmentId: 'photo-1',
    digest: 'a'.repeat(64),
    mediaType: 'image/jpeg',
    bytes: 120_000,
    kind: 'photo',
    from: 'complainant',
    round,
  }),
  external: eventBuilder(complaintEvents.ExternalReferenceAdded, {
    referenceId: 'reference-1',
    body: '12315',
    reference: '2026100100012345',
    round,
  }),
  externalReply: eventBuilder(complaintEvents.ExternalReplySent, { referenceId: 'reference-1', round }),
  externalDecision: eventBuilder(complaintEvents.ExternalDecisionReceived, {
    referenceId: 'reference-1',
    decision: 'settled',
    round,
  }),
  hold: eventBuilder(complaintEvents.LegalHoldPlaced, { holdId: 'hold-1', round }),
  holdLifted: eventBuilder(complaintEvents.LegalHoldLifted, { holdId: 'hold-1', round }),
  informationRequested: eventBuilder(complaintEvents.InformationRequested, {
    requestId: 'request-1',
    from: 'complainant',
    expectedBy: '2026-10-10T10:00:00.000Z',
    round,
  }),
  informationReceived: eventBuilder(complaintEvents.InformationReceived, {
    requestId: 'request-1',
    complete: true,
    round,
  }),
  requestWithdrawn: eventBuilder(complaintEvents.InformationRequestWithdrawn, {
    requestId: 'request-1',
    round,
  }),
  verified: eventBuilder(complaintEvents.ComplaintVerified, { genuine: 'yes', complete: true, round }),
  contained: eventBuilder(complaintEvents.ContainmentTaken, { measure: 'stop-use', round }),
  responsibilityProposed: eventBuilder(complaintEvents.ResponsibilityProposed, {
    proposalId: 'proposal-1',
    result: 'attributed',
    shares: [oneShare()],
    evidence: [],
    round,
  }),
  responsibilityRejected: eventBuilder(complaintEvents.ResponsibilityProposalRejected, {
    proposalId: 'proposal-1',
    round,
  }),
  responsibilityConfirmed: eventBuilder(complaintEvents.ResponsibilityConfirmed, {
    proposalId: 'proposal-1',
    shares: [oneShare()],
    round,
  }),
  undetermined: eventBuilder(complaintEvents.ResponsibilityUndetermined, { proposalId: 'proposal-1', round }),
  notified: eventBuilder(complaintEvents.ResponsibilityNotified, {
    shareId: 's1',
    party: 'company',
    channel: 'email',
    appealBy: '2026-10-14T09:30:00.000Z',
    policyVersion: 1,
    calendarProvisional: false,
    round,
  }),
  appealed: eventBuilder(complaintEvents.ResponsibilityAppealed, {
    appealId: 'appeal-1',
    shareId: 's1',
    party: 'company',
    round,
  }),
  appealDecided: eventBuilder(complaintEvents.AppealDecided, {
    appealId: 'appeal-1',
    decision: 'upheld',
    final: true,
    round,
  }),
  becameFinal: eventBuilder(complaintEvents.ResponsibilityBecameFinal, {
    proposalId: 'proposal-1',
    shares: [oneShare()],
    round,
  }),
  planProposed: eventBuilder(complaintEvents.ResolutionPlanProposed, {
    planId: 'plan-1',
    diagnosis: { cause: 'double-booked' },
    measures: { steps: [{ planStepId: 'p1', measure: 'repair-again' }] },
    assignments: { list: [{ planStepId: 'p1', role: 'supervisor', person: 'supervisor-1' }] },
    milestones: { list: [{ planStepId: 'p1', name: 'visit-done', dueBy: '2026-10-06T10:00:00.000Z' }] },
    budget: { cost: { amount: 0, currency: 'CNY' } },
    round,
  }),
  planRejected: eventBuilder(complaintEvents.ResolutionPlanRejected, { planId: 'plan-1', round }),
  reviewMeeting: eventBuilder(complaintEvents.ReviewMeetingHeld, { roles: ['quality', 'expert', 'manager'], round }),
  planApproved: eventBuilder(complaintEvents.ResolutionPlanApproved, { planId: 'plan-1', round }),
  planStarted: eventBuilder(complaintEvents.PlanStarted, { planId: 'plan-1', round }),
  reworkOpened: eventBuilder(complaintEvents.ReworkTicketOpened, {
    planStepId: 'p1',
    ticketId: REWORK,
    number: 'KS202610001',
    customerId: CUSTOMER.slice('customer-'.length),
    channel: 'phone',
    intent: 'repair',
    safety: false,
    round,
  }),
  reworkFailed: eventBuilder(complaintEvents.ReworkTicketFailed, {
    planStepId: 'p1',
    ticketId: REWORK,
    reason: 'unresolved',
    round,
  }),
  stepCompleted: eventBuilder(complaintEvents.PlanStepCompleted, { planStepId: 'p1', round }),
  stepReopened: eventBuilder(complaintEvents.PlanStepReopened, { planStepId: 'p1', reason: 'not-done', round }),
  progress: eventBuilder(complaintEvents.ProgressCommunicated, { channel: 'phone', round }),
  commitment: eventBuilder(complaintEvents.CommitmentGiven, {
    commitmentId: 'commitment-1',
    expectedBy: '2026-10-09T10:00:00.000Z',
    channel: 'phone',
    round,
  }),
  commitmentKept: eventBuilder(complaintEvents.CommitmentKept, { commitmentId: 'commitment-1', round }),
  outcome: eventBuilder(complaintEvents.OutcomeCommunicated, {
    channel: 'phone',
    reached: true,
    contactId: 'contact-3',
    round,
  }),
  verdict: eventBuilder(complaintEvents.VerdictRecorded, {
    verdict: 'satisfied',
    channel: 'phone',
    contactId: 'contact-3',
    evaluationRefused: true,
    attempts: 0,
    round,
  }),
  secondHandling: eventBuilder(complaintEvents.SecondHandlingOpened, { round: 2 }),
  escalated: eventBuilder(complaintEvents.ComplaintEscalated, {
    level: 1,
    reason: 'dissatisfied-again',
    handler: { id: 'manager-2', role: 'manager' },
    isSubordinateOf: [],
    previous: handler,
    round,
  }),
  dismissed: eventBuilder(complaintEvents.DismissalCommunicated, {
    grounds: 'not-genuine',
    recourse: ['internal-appeal', '12315'],
    channel: 'letter',
    appealBy: '2026-10-16T08:07:00.000Z',
    round,
  }),
  dismissalAppealed: eventBuilder(complaintEvents.DismissalAppealed, { channel: 'phone', round: 2 }),
  withdrawn: eventBuilder(complaintEvents.ComplaintWithdrawn, { channel: 'phone', continuedInternally: false, round }),
  internalEnded: eventBuilder(complaintEvents.InternalHandlingEnded, { round }),
  closed: eventBuilder(complaintEvents.ComplaintClosed, {
    outcome: 'satisfied',
    recourse: [],
    rounds: 1,
    verdicts: ['satisfied'],
    round,
  }),
  reopened: eventBuilder(complaintEvents.ComplaintReopened, {
    foundBy: 'complainant',
    statusBefore: 'closed',
    round: 2,
  }),
  lessons: eventBuilder(complaintEvents.LessonsRecorded, { rootCause: 'double-booking', topics: ['process'], round }),
  reminded: eventBuilder(complaintEvents.ControlPointReminded, {
    point: 'acknowledge',
    count: 1,
    dueBy: '2026-10-02T08:00:00.000Z',
    round,
  }),
  missed: eventBuilder(complaintEvents.ControlPointMissed, {
    point: 'acknowledge',
    dueBy: '2026-10-02T08:00:00.000Z',
    escalatedTo: 'supervisor',
    round,
  }),
  note: eventBuilder(complaintEvents.NoteAdded, { round }),
};

/** A builder per command of the complaint: `complaintCommand.RecordVerdict({ verdict: 'dissatisfied' })`. */
export const complaintCommand = Object.fromEntries(
  Object.entries(complaintCommands).map(([name, definition]) => [name, commandBuilder(definition as never)]),
) as unknown as {
  readonly [Name in keyof typeof complaintCommands]: ReturnType<
    typeof commandBuilder<
      (typeof complaintCommands)[Name]['type'],
      (typeof complaintCommands)[Name]['data']['properties']
    >
  >;
};

/** Pasts that many specs start from; each goes on where the one before ends. */
export const complaintPast = {
  registered: () => [complaintEvent.registered(), complaintEvent.severity()],
  acknowledged: () => [...complaintPast.registered(), complaintEvent.handler(), complaintEvent.acknowledged()],
  verified: () => [...complaintPast.acknowledged(), complaintEvent.verified()],
  blamed: () => [
    ...complaintPast.verified(),
    complaintEvent.responsibilityProposed(),
    complaintEvent.responsibilityConfirmed(),
  ],
  planned: () => [...complaintPast.blamed(), complaintEvent.planProposed(), complaintEvent.planApproved()],
  executing: () => [...complaintPast.planned(), complaintEvent.planStarted()],
  told: () => [...complaintPast.executing(), complaintEvent.stepCompleted(), complaintEvent.outcome()],
  closed: () => [...complaintPast.told(), complaintEvent.verdict(), complaintEvent.closed()],
};
