import {
  customerEvents,
  engineerEvents,
  event,
  outletEvents,
  plus,
  productUnitEvents,
  ticketEvents,
  workOrderEvents,
  type DomainEvent,
} from '@aftercare/domain';
import { alerts } from './alerts';
import { Chance } from './chance';
import { complaintStory } from './complaints';
import type { JournalEntry } from './journal';

const START = '2026-03-02T01:00:00.000Z';
const CATEGORIES = ['air-conditioner', 'washing-machine', 'water-heater'];
const REGIONS = ['310101', '310104', '320500'];
const MINUTE = 60_000;

interface Cast {
  readonly customers: readonly string[];
  readonly engineers: readonly string[];
  readonly outlets: readonly string[];
  readonly units: readonly string[];
}

/**
 * Histories of service matters: people and units first, then tickets whose events interleave. Legal enough to exercise
 * every projector, and now and then odd on purpose (a projector has to be total). The same seed tells the same story.
 */
export const matters = (options: { readonly seed: number; readonly tickets: number }): readonly JournalEntry[] => {
  const chance = new Chance(options.seed);
  const cast: Cast = {
    customers: Array.from({ length: Math.max(3, options.tickets >> 2) }, () => chance.uuid()),
    engineers: Array.from({ length: 5 }, () => chance.uuid()),
    outlets: Array.from({ length: 2 }, () => chance.uuid()),
    units: Array.from({ length: Math.max(3, options.tickets >> 1) }, () => chance.uuid()),
  };
  const stories = Array.from({ length: options.tickets }, (_, serial) => ticketStory(chance, cast, serial + 1));
  // Behind the tickets and with chances of their own, so that what is told of tickets stays the same.
  const grievances = new Chance(options.seed + 1);
  const tickets = stories.map((story) => story[0]!.stream);
  for (let serial = 1; serial <= options.tickets >> 1; serial += 1)
    stories.push(
      complaintStory(grievances, {
        serial,
        customer: `customer-${grievances.oneOf(cast.customers)}`,
        ...(grievances.happens(0.7) ? { ticket: grievances.oneOf(tickets) } : {}),
        staff: grievances.oneOf(cast.engineers),
        at: START,
      }),
    );
  let now = START;
  const told: JournalEntry[] = opening(chance, cast).map((entry) => ({ ...entry, now }));
  while (stories.some((story) => story.length > 0)) {
    const alive = stories.filter((story) => story.length > 0).slice(0, 40);
    now = plus(now, (1 + chance.below(20)) * MINUTE);
    told.push({ ...chance.oneOf(alive).shift()!, now });
  }
  // Behind everything else, so that what was told before stays the same.
  const urgent = tickets.filter((_, index) => index % 3 === 0);
  return [...told, ...alerts(new Chance(options.seed + 2), urgent, now)];
};

type Step = Omit<JournalEntry, 'now'>;

const opening = (chance: Chance, cast: Cast): readonly Step[] => [
  ...cast.customers.map((id, index) => ({
    stream: `customer-${id}`,
    events: [
      event(
        customerEvents.CustomerRegistered,
        { tier: chance.happens(0.2) ? ('vip' as const) : ('normal' as const), region: chance.oneOf(REGIONS) },
        {
          personal: [
            { subject: `customer-${id}`, fields: { name: '张三', phone: `1380000${String(index).padStart(4, '0')}` } },
          ],
        },
      ),
    ],
  })),
  ...cast.engineers.map((id) => ({
    stream: `engineer-${id}`,
    events: [
      event(
        engineerEvents.EngineerRegistered,
        { engineerId: id, skills: ['repair'], categories: CATEGORIES, regions: REGIONS, capacity: 6 },
        { personal: [{ subject: `engineer-${id}`, fields: { name: '李四' } }] },
      ),
    ],
  })),
  ...cast.outlets.map((id) => ({
    stream: `outlet-${id}`,
    events: [
      event(outletEvents.OutletRegistered, {
        outletId: id,
        name: '示例网点',
        skills: ['repair'],
        categories: CATEGORIES,
        regions: REGIONS,
        capacity: 30,
      }),
    ],
  })),
  ...cast.units.map((id) => ({
    stream: `product_unit-${id}`,
    events: [
      event(productUnitEvents.ProductUnitRegistered, {
        unitId: id,
        category: chance.oneOf(CATEGORIES),
        model: 'X1',
        serial: `S${id.slice(0, 6)}`,
      }),
    ],
  })),
];

const ticketStory = (chance: Chance, cast: Cast, serial: number): Step[] => {
  const id = chance.uuid();
  const stream = `ticket-${id}`;
  const customer = `customer-${chance.oneOf(cast.customers)}`;
  const unitId = chance.oneOf(cast.units);
  const category = chance.oneOf(CATEGORIES);
  const region = chance.oneOf(REGIONS);
  const selfService = chance.happens(0.3);
  const intake = {
    number: `202603${String(serial).padStart(3, '0')}`,
    serial,
    site: 'main',
    zone: 'Asia/Shanghai',
    channel: selfService ? ('wechat' as const) : ('phone' as const),
    customer,
    tier: 'normal' as const,
    region,
    category,
    model: 'X1',
    impact: 'unknown' as const,
    safetyMarked: false,
    cycle: 1,
  };
  const on = (...events: DomainEvent[]): Step => ({ stream, events });
  const safety = chance.happens(0.1);
  const steps: Step[] = [
    on(
      event(selfService ? ticketEvents.TicketSubmitted : ticketEvents.TicketRegistered, intake, {
        personal: [{ subject: customer, fields: { words: '空调不制冷,请尽快处理', contactPhone: '13800000000' } }],
      }),
      event(ticketEvents.TicketClassified, {
        type: chance.oneOf(['repair', 'repair', 'repair', 'enquiry', 'unclassified', 'complaint']),
        matched: ['不制冷'],
        decided: { by: 'rule', policyVersion: 1 },
        cycle: 1,
      }),
      event(ticketEvents.TicketPrioritized, {
        priority: safety ? 'P1' : chance.oneOf(['P2', 'P3', 'P4']),
        impact: 'degraded',
        safety,
        safetyMatched: [],
        tier: 'normal',
        reasons: [],
        decided: { by: 'rule', policyVersion: 1 },
        cycle: 1,
      }),
      event(ticketEvents.HandlingRouted, { route: 'visit', decided: { by: 'rule', policyVersion: 1 }, cycle: 1 }),
    ),
  ];
  if (selfService) steps.push(on(event(ticketEvents.IntakeReviewed, { region, cycle: 1 })));
  if (chance.happens(0.5))
    steps.push(on(event(ticketEvents.ProductUnitIdentified, { unitId, category, model: 'X1', cycle: 1 })));
  const cycles = chance.happens(0.2) ? 2 : 1;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    if (cycle > 1)
      steps.push(on(event(ticketEvents.TicketReopened, { foundBy: 'customer', statusBefore: 'completed', cycle })));
    if (chance.happens(0.15)) {
      steps.push(on(event(ticketEvents.TicketCancelled, { reason: 'by-customer', cycle })));
      break;
    }
    steps.push(...visit(chance, cast, { id, cycle, unitId, category, region, safety }));
    steps.push(...ending(chance, stream, cycle));
  }
  // Not every matter has come to its end.
  return chance.happens(0.4) ? steps.slice(0, 1 + chance.below(steps.length)) : steps;
};

interface Matter {
  readonly id: string;
  readonly cycle: number;
  readonly unitId: string;
  readonly category: string;
  readonly region: string;
  readonly safety: boolean;
}

const visit = (chance: Chance, cast: Cast, matter: Matter): Step[] => {
  const { id, cycle, category, region, safety, unitId } = matter;
  const stream = `ticket-${id}`;
  const workOrderId = chance.uuid();
  const order = `work_order-${workOrderId}`;
  const job = (...events: DomainEvent[]): Step => ({ stream: order, events, correlationId: stream });
  const on = (...events: DomainEvent[]): Step => ({ stream, events });
  const nobody = chance.happens(0.15);
  const candidates = [
    { kind: 'engineer' as const, id: cast.engineers[0]!, openJobs: 6, closeness: 6, excluded: ['capacity' as const] },
    { kind: 'engineer' as const, id: cast.engineers[1]!, openJobs: 1, closeness: 6, excluded: [] },
  ];
  const steps: Step[] = [
    on(event(ticketEvents.JobOpened, { kind: 'work-order', id: workOrderId, cycle })),
    job(
      event(workOrderEvents.WorkOrderPlanned, {
        ticketId: id,
        cycle,
        kind: 'visit',
        site: 'main',
        zone: 'Asia/Shanghai',
        category,
        skills: ['repair'],
        region,
        safety,
        visitIndex: 1,
        visitsPlanned: { n: 1, decidedBy: 'fulfilment' },
        ...(chance.happens(0.5) ? { unitId } : {}),
      }),
    ),
  ];
  if (nobody)
    steps.push(
      job(
        event(workOrderEvents.DispatchFailed, {
          reason: 'nobody-left',
          candidates: candidates.slice(0, 1),
          candidatesTotal: 1,
          policyVersion: 1,
        }),
      ),
    );
  const rounds = 1 + chance.below(2);
  for (let round = 1; round <= rounds; round += 1) {
    const to = chance.happens(0.2)
      ? { kind: 'outlet' as const, id: chance.oneOf(cast.outlets) }
      : { kind: 'engineer' as const, id: chance.oneOf(cast.engineers) };
    steps.push(
      job(
        event(workOrderEvents.WorkOrderDispatched, {
          to,
          mode: nobody ? 'manual' : 'auto',
          candidates,
          candidatesTotal: 2,
          policyVersion: 1,
          acceptBy: '2026-03-02T02:00:00.000Z',
          overrides: [],
        }),
      ),
    );
    if (round < rounds) {
      steps.push(
        job(
          chance.happens(0.5)
            ? event(workOrderEvents.WorkOrderDeclined, { by: to, reason: 'overloaded' })
            : event(workOrderEvents.AcceptanceLapsed, { by: to, acceptBy: '2026-03-02T02:00:00.000Z' }),
        ),
      );
      continue;
    }
    steps.push(
      job(event(workOrderEvents.WorkOrderAccepted, { by: to, late: false })),
      on(event(ticketEvents.HandlingStarted, { route: 'visit', role: 'engineer', person: to.id, workOrderId, cycle })),
      job(
        event(workOrderEvents.AppointmentAgreed, {
          window: { from: '2026-03-03T01:00:00.000Z', to: '2026-03-03T03:00:00.000Z' },
        }),
      ),
      job(event(workOrderEvents.TravelStarted, { eta: '2026-03-03T01:30:00.000Z' })),
      job(event(workOrderEvents.ArrivalRecorded, { badgeShown: true })),
      job(event(workOrderEvents.WorkStarted, {})),
    );
    if (chance.happens(0.3))
      steps.push(
        job(
          event(workOrderEvents.WorkSuspended, {
            reason: 'awaiting-parts',
            expectedUntil: '2026-03-05T00:00:00.000Z',
          }),
        ),
        on(
          event(ticketEvents.TicketPaused, {
            reason: 'awaiting-parts',
            expectedUntil: '2026-03-05T00:00:00.000Z',
            workOrderId,
            cycle,
          }),
        ),
        on(event(ticketEvents.TicketResumed, { workOrderId, cycle })),
        job(event(workOrderEvents.WorkResumed, {})),
      );
    if (chance.happens(0.15))
      steps.push(
        job(
          event(workOrderEvents.FieldConflictRaised, {
            conflictId: `${workOrderId.slice(0, 8)}-c`,
            fact: 'WorkStarted',
            kind: 'wrong-state',
            stateThen: 'accepted',
          }),
        ),
        ...(chance.happens(0.5)
          ? [
              job(
                event(workOrderEvents.FieldConflictSettled, {
                  conflictId: `${workOrderId.slice(0, 8)}-c`,
                  resolution: 'accepted',
                }),
              ),
            ]
          : []),
      );
  }
  const outcome = chance.happens(0.8) ? ('fixed' as const) : ('not-fixed' as const);
  steps.push(
    job(
      event(
        workOrderEvents.ServiceReportFiled,
        {
          faultCode: 'F1',
          cause: 'wear',
          remedy: 'replaced',
          parts: [],
          rating: 'satisfied',
          scaleVersion: 1,
          acceptance: 'signed',
        },
        { personal: [{ subject: stream, fields: { causeText: '压缩机老化', remedyText: '更换压缩机' } }] },
      ),
      event(workOrderEvents.WorkCompleted, { outcome, workMinutes: 45, reportFiled: true, tripMade: true }),
    ),
    on(event(ticketEvents.JobEnded, { id: workOrderId, outcome, workMinutes: 45, parts: [], cycle })),
    {
      stream: `product_unit-${unitId}`,
      correlationId: stream,
      events: [
        event(productUnitEvents.ProductUnitRepaired, {
          ticketId: id,
          workOrderId,
          from: '2026-03-03T01:00:00.000Z',
          to: '2026-03-03T02:00:00.000Z',
          counts: true,
          faultCode: 'F1',
        }),
      ],
    },
  );
  return steps;
};

const ending = (chance: Chance, stream: string, cycle: number): Step[] => {
  const on = (...events: DomainEvent[]): Step => ({ stream, events });
  const steps: Step[] = [];
  if (chance.happens(0.2))
    steps.push(
      on(
        event(ticketEvents.SolutionProposed, {
          options: ['replace-part'],
          cost: { amount: 12_000, currency: 'CNY' },
          leadTimeDays: 2,
          unitLeavesCustomer: false,
          needsConsent: true,
          cycle,
        }),
      ),
      on(event(ticketEvents.SolutionAccepted, { channel: 'phone', contactId: 'call-1', cycle })),
    );
  steps.push(on(event(ticketEvents.ResolutionProposed, { by: 'visit', cycle })));
  if (chance.happens(0.2)) {
    steps.push(
      on(event(ticketEvents.ResolutionRejected, { reason: 'fault-still-there', channel: 'phone', cycle })),
      on(event(ticketEvents.ResolutionProposed, { by: 'hand', cycle })),
    );
  }
  if (chance.happens(0.3)) {
    steps.push(on(event(ticketEvents.ConfirmationReminded, { count: 1, onCallList: false, cycle })));
    steps.push(on(event(ticketEvents.ConfirmationReminded, { count: 2, onCallList: true, cycle })));
  }
  if (chance.happens(0.2)) return steps;
  steps.push(
    on(event(ticketEvents.ResolutionConfirmed, { channel: 'phone', contactId: 'call-2', cycle })),
    on(
      event(ticketEvents.FollowUpScheduled, {
        followUp: 'confirmation-call',
        from: '2026-03-04T00:00:00.000Z',
        dueBy: '2026-03-04T01:00:00.000Z',
        policyVersion: 1,
        cycle,
      }),
    ),
  );
  if (chance.happens(0.3)) return steps;
  steps.push(
    on(
      event(ticketEvents.FollowUpAttempted, {
        followUp: 'confirmation-call',
        channel: 'phone',
        contactId: 'call-3',
        reached: true,
        cycle,
      }),
      event(ticketEvents.FollowUpCompleted, { followUp: 'confirmation-call', resolved: true, scaleVersion: 1, cycle }),
    ),
    on(event(ticketEvents.TicketClosed, { workMinutes: 45, parts: [], cycle })),
  );
  return steps;
};
