import { complaintEvents, event, plus, type DomainEvent } from '@aftercare/domain';
import type { Chance } from './chance';
import type { JournalEntry } from './journal';

type Step = Omit<JournalEntry, 'now'>;
interface About {
  readonly serial: number;
  readonly customer: string;
  /** Stream of the ticket it is about. */
  readonly ticket?: string;
  readonly staff: string;
  readonly at: string;
}

const CATEGORIES = ['product-quality', 'attitude', 'response-speed', 'repair-delay'] as const;
const SEVERITIES = ['urgent', 'important', 'general'] as const;
const RATED = { fairness: 'satisfied', timeliness: 'neutral', attitude: 'satisfied', result: 'satisfied' } as const;

/** The life of a complaint, step by step: legal enough to reach every end, and now and then odd on purpose. */
export const complaintStory = (chance: Chance, about: About): Step[] => {
  const steps = [...rounds(new Telling(chance, about))];
  return chance.happens(0.4) ? steps.slice(0, 1 + chance.below(steps.length)) : steps;
};

/** Says what happened in one complaint. */
class Telling {
  readonly stream: string;
  readonly correlationId: string;
  round = 1;

  constructor(
    readonly chance: Chance,
    readonly about: About,
  ) {
    this.stream = `complaint-${chance.uuid()}`;
    this.correlationId = about.ticket ?? this.stream;
  }

  on(...events: DomainEvent[]): Step {
    return { stream: this.stream, correlationId: this.correlationId, events };
  }

  /** Some minutes or days after the story's begin. */
  soon(): string {
    return plus(this.about.at, (1 + this.chance.below(20_000)) * 60_000);
  }

  maybe(probability: number, step: () => Step): Step[] {
    return this.chance.happens(probability) ? [step()] : [];
  }
}

function* rounds(telling: Telling): Generator<Step> {
  const { chance } = telling;
  yield registered(telling);
  yield* before(telling);
  for (let round = 1; ; round += 1) {
    telling.round = round;
    yield* handled(telling);
    if (chance.happens(0.15)) {
      yield telling.on(
        event(complaintEvents.DismissalCommunicated, {
          grounds: 'no-evidence',
          recourse: ['12315'],
          channel: 'phone',
          appealBy: telling.soon(),
          round,
        }),
      );
      if (round > 2 || !chance.happens(0.5)) return;
      yield telling.on(event(complaintEvents.DismissalAppealed, { channel: 'phone', round: round + 1 }));
      continue;
    }
    if (chance.happens(0.1)) {
      yield* withdrawn(telling);
      return;
    }
    yield* verdict(telling);
    if (round > 2 || !chance.happens(0.3)) return;
    yield telling.on(
      event(complaintEvents.ComplaintReopened, { foundBy: 'complainant', statusBefore: 'closed', round: round + 1 }),
    );
  }
}

const registered = (telling: Telling): Step => {
  const { chance, about } = telling;
  const category = chance.oneOf(CATEGORIES);
  const anonymous = chance.happens(0.2);
  const subject = anonymous ? telling.stream : about.customer;
  return telling.on(
    event(
      complaintEvents.ComplaintRegistered,
      {
        number: `KS202603${String(about.serial).padStart(3, '0')}`,
        serial: about.serial,
        site: chance.oneOf(['main', 'south']),
        zone: 'Asia/Shanghai',
        channel: 'phone',
        receiver: { id: 'staff-1', role: 'agent' },
        complainant: anonymous ? 'anonymous' : 'customer',
        ...(anonymous ? {} : { customer: about.customer }),
        complaintCategory: category,
        safetyMarked: chance.happens(0.1),
        region: '310104',
        about: {
          ...(about.ticket === undefined ? {} : { ticketId: about.ticket.slice('ticket-'.length) }),
          ...(category === 'attitude' ? { staff: { id: about.staff, role: 'engineer' as const } } : {}),
          ...(chance.happens(0.7) ? { model: chance.oneOf(['X1', 'X2']) } : {}),
        },
        ...(chance.happens(0.2) ? { external: { body: '12315', reference: 'R-1', dueBy: telling.soon() } } : {}),
        round: 1,
      },
      { personal: [{ subject, fields: { words: '师傅来了三次都没修好', contactPhone: '13800000000' } }] },
    ),
    assessed(telling, true),
  );
};

const assessed = ({ chance, round }: Telling, provisional: boolean) =>
  event(complaintEvents.SeverityAssessed, {
    severity: chance.oneOf(SEVERITIES),
    provisional,
    safety: chance.happens(0.1),
    safetyMatched: [],
    reasons: [],
    decided: provisional ? { by: 'rule', ruleVersion: 1 } : { by: 'person' },
    round,
  });

const before = (telling: Telling): Step[] => {
  const handler = { id: 'staff-2', role: 'quality' as const };
  return [
    ...telling.maybe(0.9, () =>
      telling.on(event(complaintEvents.HandlerAssigned, { handler, isSubordinateOf: [], round: 1 })),
    ),
    ...telling.maybe(0.9, () =>
      telling.on(
        event(complaintEvents.ComplaintAcknowledged, { reached: true, channel: 'phone', contactId: 'c-1', round: 1 }),
      ),
    ),
  ];
};

function* handled(telling: Telling): Generator<Step> {
  const { chance, round } = telling;
  const planId = chance.uuid();
  yield* telling.maybe(0.4, () => telling.on(assessed(telling, false)));
  yield* information(telling);
  yield* telling.maybe(0.4, () =>
    telling.on(
      event(complaintEvents.ComplainantContacted, {
        contactId: 'c-2',
        direction: 'inbound',
        channel: 'phone',
        purpose: 'chase',
        reached: true,
        round,
      }),
    ),
  );
  yield* responsibility(telling);
  const parts = {
    diagnosis: { cause: 'double-booking' },
    measures: { steps: [{ planStepId: 'step-1', measure: 'repair-again' as const }] },
    assignments: { list: [{ planStepId: 'step-1', role: 'engineer' as const }] },
    milestones: { list: [{ name: 'repaired', dueBy: telling.soon() }] },
    budget: { cost: { amount: 0, currency: 'CNY' } },
  };
  yield telling.on(event(complaintEvents.ResolutionPlanProposed, { planId, ...parts, round }));
  yield telling.on(event(complaintEvents.ResolutionPlanApproved, { planId, round }));
  yield telling.on(event(complaintEvents.PlanStarted, { planId, round }));
  yield* promised(telling);
  yield telling.on(event(complaintEvents.PlanStepCompleted, { planStepId: 'step-1', round }));
}

function* information(telling: Telling): Generator<Step> {
  const { chance, round } = telling;
  if (!chance.happens(0.4)) return;
  const requestId = chance.uuid();
  yield telling.on(
    event(
      complaintEvents.InformationRequested,
      { requestId, from: 'complainant', expectedBy: telling.soon(), round },
      { personal: [{ subject: telling.stream, fields: { question: '请提供发票照片' } }] },
    ),
  );
  if (chance.happens(0.3))
    yield telling.on(event(complaintEvents.InformationReceived, { requestId, complete: false, round }));
  if (chance.happens(0.9))
    yield telling.on(
      chance.happens(0.8)
        ? event(complaintEvents.InformationReceived, { requestId, complete: true, round })
        : event(complaintEvents.InformationRequestWithdrawn, { requestId, round }),
    );
}

function* responsibility(telling: Telling): Generator<Step> {
  const { chance, round, about } = telling;
  if (!chance.happens(0.8)) return;
  const proposalId = chance.uuid();
  const share = (party: 'company' | 'third-party' | 'customer', percent: number) => ({
    shareId: party,
    party,
    percent,
    kind: 'person' as const,
    named: party === 'company',
    ...(party === 'company' ? { role: 'engineer' as const } : {}),
  });
  const first = 50 + chance.below(51);
  const shares = [share('company', first), share(chance.oneOf(['third-party', 'customer']), 100 - first)];
  const meant = { shareId: 'company', meant: about.staff, grounds: '派工两次冲突' };
  yield telling.on(
    event(
      complaintEvents.ResponsibilityProposed,
      { proposalId, result: 'attributed', shares, evidence: [], round },
      { personal: [{ subject: `engineer-${about.staff}`, fields: meant }] },
    ),
  );
  if (chance.happens(0.2)) {
    yield telling.on(event(complaintEvents.ResponsibilityProposalRejected, { proposalId, round }));
    return;
  }
  if (chance.happens(0.2)) {
    yield telling.on(event(complaintEvents.ResponsibilityUndetermined, { proposalId, round }));
    return;
  }
  yield telling.on(event(complaintEvents.ResponsibilityConfirmed, { proposalId, shares, round }));
  if (!chance.happens(0.5)) return;
  const appealId = chance.uuid();
  const final = chance.happens(0.5);
  yield telling.on(
    event(
      complaintEvents.ResponsibilityAppealed,
      { appealId, shareId: 'company', party: 'company', round },
      { personal: [{ subject: `engineer-${about.staff}`, fields: { grounds: '当天路况' } }] },
    ),
  );
  yield telling.on(event(complaintEvents.AppealDecided, { appealId, decision: 'upheld', final, round }));
}

function* promised(telling: Telling): Generator<Step> {
  const { chance, round } = telling;
  const commitmentId = chance.uuid();
  const personal = [{ subject: telling.about.customer, fields: { text: '三天内修好', nextSteps: '明天上门' } }];
  yield* telling.maybe(0.5, () =>
    telling.on(event(complaintEvents.ProgressCommunicated, { channel: 'phone', expectedBy: telling.soon(), round })),
  );
  if (!chance.happens(0.6)) return;
  yield telling.on(
    event(
      complaintEvents.CommitmentGiven,
      { commitmentId, expectedBy: telling.soon(), channel: 'phone', round },
      { personal },
    ),
  );
  yield* telling.maybe(0.6, () => telling.on(event(complaintEvents.CommitmentKept, { commitmentId, round })));
  yield* telling.maybe(0.4, () =>
    telling.on(event(complaintEvents.ExternalReplySent, { referenceId: 'external', round })),
  );
}

function* verdict(telling: Telling): Generator<Step> {
  const { chance, round } = telling;
  const said = chance.oneOf(['satisfied', 'dissatisfied', 'no-answer'] as const);
  yield telling.on(
    event(complaintEvents.OutcomeCommunicated, { channel: 'phone', reached: true, contactId: 'c-3', round }),
  );
  yield telling.on(
    event(complaintEvents.VerdictRecorded, {
      verdict: said,
      channel: 'phone',
      ...(said === 'satisfied' ? { evaluation: { ...RATED, scaleVersion: 1 } } : {}),
      evaluationRefused: false,
      attempts: 0,
      round,
    }),
  );
  if (said === 'dissatisfied' && chance.happens(0.5))
    yield telling.on(
      event(complaintEvents.ComplaintEscalated, {
        level: round,
        reason: 'dissatisfied-again',
        handler: { id: 'staff-3', role: 'manager' },
        isSubordinateOf: [],
        round,
      }),
    );
  yield telling.on(
    event(complaintEvents.ComplaintClosed, {
      outcome: said === 'satisfied' ? 'satisfied' : said === 'no-answer' ? 'no-answer' : 'final-position',
      recourse: [],
      rounds: round,
      verdicts: [said],
      round,
    }),
  );
  yield* telling.maybe(0.5, () =>
    telling.on(
      event(
        complaintEvents.LessonsRecorded,
        { rootCause: 'double-booking', topics: ['process'], round },
        { personal: [{ subject: telling.stream, fields: { lesson: '预约时核对日程' } }] },
      ),
    ),
  );
}

function* withdrawn(telling: Telling): Generator<Step> {
  const { chance, round } = telling;
  const continuedInternally = chance.happens(0.5);
  yield telling.on(event(complaintEvents.ComplaintWithdrawn, { channel: 'phone', continuedInternally, round }));
  if (continuedInternally && chance.happens(0.6))
    yield telling.on(event(complaintEvents.InternalHandlingEnded, { round }));
}
