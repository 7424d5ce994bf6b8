import type { Actor } from '../src/kernel/index';
import { policiesV1 } from '../src/policy/index';
import { ticketCommands } from '../src/ticket/commands';
import { ticketEvents } from '../src/ticket/events';
import type { TicketFacts } from '../src/ticket/facts';
import { ticketRegistration } from '../src/ticket/registration';
import { commandBuilder, eventBuilder } from './builders';
import { scenarioOf } from './scenario';

/** Names that stories use; none belongs to anybody. */
export const TICKET = 'ticket-7d9f1c52-0000-4000-8000-000000000001';
export const CUSTOMER = 'customer-0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0001';
export const JOB = '5a0e0000-0000-4000-8000-000000000001';
export const ENGINEER = 'e0000000-0000-4000-8000-000000000001';
export const UNIT = '0d000000-0000-4000-8000-000000000001';

export const people = {
  agent: { id: 'agent-1', role: 'agent' },
  supervisor: { id: 'supervisor-1', role: 'supervisor' },
  expert: { id: 'expert-1', role: 'expert' },
  warehouse: { id: 'warehouse-1', role: 'warehouse' },
  engineer: { id: ENGINEER, role: 'engineer' },
  customer: { id: 'link-1', role: 'customer' },
  channel: { id: 'wechat-bot', role: 'channel', onBehalfOf: CUSTOMER },
  crm: { id: 'crm-1', role: 'crm' },
  system: { id: 'process', role: 'system' },
} as const satisfies Record<string, Actor>;

export const ticketFacts: TicketFacts = {
  policies: policiesV1,
  site: { site: 'shanghai', zone: 'Asia/Shanghai' },
  number: { number: '202610001', serial: 1 },
  customer: { stream: CUSTOMER, tier: 'normal', region: '310104' },
};

/** given(...).when(...).then(...) on a ticket; by default an agent acts. */
export const givenTicket = scenarioOf<TicketFacts>(ticketRegistration, {
  stream: TICKET,
  facts: ticketFacts,
  actor: people.agent,
});

const cycle = 1;
const byRule = { by: 'rule', policyVersion: 1 } as const;
const intake = {
  number: '202610001',
  serial: 1,
  site: 'shanghai',
  zone: 'Asia/Shanghai',
  channel: 'phone',
  customer: CUSTOMER,
  tier: 'normal',
  impact: 'unknown',
  safetyMarked: false,
  cycle,
} as const;

/** Events of a ticket's past, with defaults. */
export const ticketEvent = {
  submitted: eventBuilder(ticketEvents.TicketSubmitted, { ...intake, channel: 'wechat' }),
  registered: eventBuilder(ticketEvents.TicketRegistered, intake),
  reviewed: eventBuilder(ticketEvents.IntakeReviewed, { cycle }),
  classified: eventBuilder(ticketEvents.TicketClassified, { type: 'repair', matched: [], decided: byRule, cycle }),
  prioritized: eventBuilder(ticketEvents.TicketPrioritized, {
    priority: 'P3',
    impact: 'unknown',
    safety: false,
    safetyMatched: [],
    tier: 'normal',
    reasons: ['impact-unknown'],
    decided: byRule,
    cycle,
  }),
  routed: eventBuilder(ticketEvents.HandlingRouted, { route: 'visit', decided: byRule, cycle }),
  warranty: eventBuilder(ticketEvents.WarrantyDetermined, {
    coverage: 'in-warranty',
    basis: 'invoice',
    policyVersion: 1,
    cycle,
  }),
  safetyAdviceGiven: eventBuilder(ticketEvents.SafetyAdviceGiven, { cycle }),
  contacted: eventBuilder(ticketEvents.CustomerContacted, {
    contactId: 'contact-1',
    direction: 'outbound',
    channel: 'phone',
    purpose: 'answer',
    reached: true,
    cycle,
  }),
  verified: eventBuilder(ticketEvents.ContactVerified, { method: 'phone-callback', cycle }),
  unitIdentified: eventBuilder(ticketEvents.ProductUnitIdentified, {
    unitId: UNIT,
    category: 'air-conditioner',
    model: 'KFR-35GW',
    cycle,
  }),
  unitCorrected: eventBuilder(ticketEvents.ProductUnitCorrected, {
    unitId: UNIT,
    category: 'air-conditioner',
    model: 'KFR-26GW',
    cycle,
  }),
  owned: eventBuilder(ticketEvents.OwnerAssigned, { step: 'dispatch', role: 'supervisor', cycle }),
  handlingStarted: eventBuilder(ticketEvents.HandlingStarted, { route: 'visit', role: 'agent', cycle }),
  diagnosed: eventBuilder(ticketEvents.DiagnosisRecorded, { faultCode: 'E1', cycle }),
  solutionProposed: eventBuilder(ticketEvents.SolutionProposed, {
    options: ['replace-part'],
    cost: { amount: 12_000, currency: 'CNY' },
    leadTimeDays: 2,
    unitLeavesCustomer: false,
    needsConsent: true,
    cycle,
  }),
  solutionAccepted: eventBuilder(ticketEvents.SolutionAccepted, { channel: 'link', cycle }),
  solutionDeclined: eventBuilder(ticketEvents.SolutionDeclined, { channel: 'phone', reason: 'price', cycle }),
  remoteSupport: eventBuilder(ticketEvents.RemoteSupportGiven, { minutes: 15, cycle }),
  progress: eventBuilder(ticketEvents.ProgressReported, { milestone: 'parts-received', cycle }),
  paused: eventBuilder(ticketEvents.TicketPaused, {
    reason: 'awaiting-customer',
    expectedUntil: '2026-10-03T10:00:00.000Z',
    cycle,
  }),
  resumed: eventBuilder(ticketEvents.TicketResumed, { cycle }),
  jobOpened: eventBuilder(ticketEvents.JobOpened, { kind: 'work-order', id: JOB, cycle }),
  jobEnded: eventBuilder(ticketEvents.JobEnded, { id: JOB, outcome: 'fixed', workMinutes: 40, parts: [], cycle }),
  resolutionProposed: eventBuilder(ticketEvents.ResolutionProposed, { by: 'first-touch', cycle }),
  confirmed: eventBuilder(ticketEvents.ResolutionConfirmed, { channel: 'link', cycle }),
  rejected: eventBuilder(ticketEvents.ResolutionRejected, { reason: 'fault-still-there', channel: 'link', cycle }),
  reminded: eventBuilder(ticketEvents.ConfirmationReminded, { count: 1, onCallList: false, cycle }),
  acceptedBySilence: eventBuilder(ticketEvents.ResolutionAcceptedBySilence, {
    policyVersion: 1,
    waitedSince: '2026-10-01T08:00:00.000Z',
    cycle,
  }),
  returnedBySilence: eventBuilder(ticketEvents.ResolutionReturnedBySilence, {
    policyVersion: 1,
    waitedSince: '2026-10-01T08:00:00.000Z',
    cycle,
  }),
  followUpScheduled: eventBuilder(ticketEvents.FollowUpScheduled, {
    followUp: 'confirmation-call',
    from: '2026-10-01T08:00:00.000Z',
    dueBy: '2026-10-01T09:00:00.000Z',
    policyVersion: 1,
    cycle,
  }),
  followUpAttempted: eventBuilder(ticketEvents.FollowUpAttempted, {
    followUp: 'confirmation-call',
    channel: 'phone',
    contactId: 'contact-9',
    reached: false,
    cycle,
  }),
  followUpCompleted: eventBuilder(ticketEvents.FollowUpCompleted, {
    followUp: 'confirmation-call',
    resolved: true,
    scaleVersion: 1,
    cycle,
  }),
  followUpMissed: eventBuilder(ticketEvents.FollowUpMissed, { followUp: 'confirmation-call', cycle }),
  closed: eventBuilder(ticketEvents.TicketClosed, { workMinutes: 0, parts: [], cycle }),
  closedUnresolved: eventBuilder(ticketEvents.TicketClosedUnresolved, { reason: 'out-of-scope', cycle }),
  cancelled: eventBuilder(ticketEvents.TicketCancelled, { reason: 'by-customer', cycle }),
  reopened: eventBuilder(ticketEvents.TicketReopened, { foundBy: 'customer', statusBefore: 'completed', cycle: 2 }),
  linked: eventBuilder(ticketEvents.TicketLinked, { relation: 'repeat-of', ticketId: 'other', cycle }),
  linkIssued: eventBuilder(ticketEvents.TrackingLinkIssued, {
    linkId: 'link-1',
    expiresAt: '2026-10-31T08:00:00.000Z',
    cycle,
  }),
  linkRevoked: eventBuilder(ticketEvents.TrackingLinkRevoked, { linkId: 'link-1', cycle }),
  noteAdded: eventBuilder(ticketEvents.NoteAdded, { about: 'case', cycle }),
};

/** A builder per command of the ticket: `command.RejectResolution({ reason: 'damage' })`. */
export const ticketCommand = Object.fromEntries(
  Object.entries(ticketCommands).map(([name, definition]) => [name, commandBuilder(definition as never)]),
) as unknown as {
  readonly [Name in keyof typeof ticketCommands]: ReturnType<
    typeof commandBuilder<(typeof ticketCommands)[Name]['type'], (typeof ticketCommands)[Name]['data']['properties']>
  >;
};

/** Pasts that many specs start from. */
export const ticketPast = {
  registered: () => [
    ticketEvent.registered(),
    ticketEvent.classified(),
    ticketEvent.prioritized(),
    ticketEvent.routed(),
  ],
  inProgress: () => [
    ...ticketPast.registered(),
    ticketEvent.jobOpened(),
    ticketEvent.handlingStarted({ role: 'engineer', person: ENGINEER, workOrderId: JOB }),
    ticketEvent.owned({ step: 'handling', role: 'engineer', person: ENGINEER }),
  ],
  pendingConfirmation: () => [
    ...ticketPast.inProgress(),
    ticketEvent.jobEnded(),
    ticketEvent.resolutionProposed({ by: 'visit', workOrderId: JOB }),
    ticketEvent.owned({ step: 'confirmation', role: 'agent' }),
  ],
  confirmed: () => [
    ...ticketPast.pendingConfirmation(),
    ticketEvent.confirmed(),
    ticketEvent.owned({ step: 'follow-up', role: 'agent' }),
  ],
  completed: () => [
    ...ticketPast.confirmed(),
    ticketEvent.followUpCompleted(),
    ticketEvent.closed({ workMinutes: 40 }),
  ],
};
