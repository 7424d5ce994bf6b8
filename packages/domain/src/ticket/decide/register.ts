import { event, MINUTE, millisOf, reject, type Decide, type Rejection } from '../../kernel/index';
import { classifyType } from '../../policy/index';
import type { TicketCommandOf } from '../commands';
import { ticketEvents, type TicketEvent } from '../events';
import type { TicketFacts, UnitFacts } from '../facts';
import { present } from '../../kernel/present';
import type { NoTicket } from '../state';
import { clipped, hazardIn, prioritized, routedByRule, warrantyByRule } from './judgement';
import { ownedBy, ownWhilePending } from './owner';
import { stored, type Context, type Outcome } from './use-case';

type Body = TicketCommandOf<'RegisterTicket'>['data'];
type Register = Decide<TicketCommandOf<'RegisterTicket'>, NoTicket, TicketEvent, TicketFacts>;
type Submit = Decide<TicketCommandOf<'SubmitTicket'>, NoTicket, TicketEvent, TicketFacts>;

type Rework = Decide<TicketCommandOf<'RegisterRework'>, NoTicket, TicketEvent, TicketFacts>;

/** Channels on which a person of ours speaks with the customer while registering: that answers at once (DEC-07). */
const ANSWERED: readonly string[] = ['phone', 'walk-in', 'chat'];
const FIRST_CYCLE = 1;

/** INT-10, INT-21: a person registers a matter; type, safety, priority, route and owner are decided in the same append. */
export const registerTicket: Register = ({ data }, _nothing, context) =>
  takenIn(data, context, (intake) => {
    const { serviceType, category } = intake.data;
    const { route, events: routing } = routedByRule(
      { type: intake.type, serviceType, category, route: undefined, cycle: FIRST_CYCLE },
      context.facts,
    );
    return [
      event(ticketEvents.TicketRegistered, intake.data, intake.rest),
      ...intake.judgement,
      // Before the route: what plans a job for it must know the unit.
      ...intake.unit,
      ...routing,
      ...ownWhilePending({ type: intake.type, route, cycle: FIRST_CYCLE }, context.actor),
      ...(ANSWERED.includes(data.channel) ? [answeredAtOnce(data, context)] : []),
      ...intake.verified,
    ];
  });

/** INT-19, CLS-04: a machine submits for a customer; type, safety and priority are known before anybody reviews it. */
export const submitTicket: Submit = ({ data }, _nothing, context) =>
  takenIn(data, context, (intake) => [
    event(ticketEvents.TicketSubmitted, intake.data, intake.rest),
    ...intake.judgement,
    ...ownedBy({ cycle: FIRST_CYCLE }, { step: 'review', role: 'agent' }),
    ...intake.unit,
    ...intake.verified,
  ]);

/**
 * CMP-09: a step of a complaint's plan is done by a ticket of its own. Its words point to the complaint, whose own are
 * sealed; a repair is a repeat of the ticket that was complained about (DEC-11).
 */
export const registerRework: Rework = ({ data }, _nothing, context) => {
  const { complaintId, planStepId, complaintNumber, originalTicketId, engineerId, ...body } = data;
  const said: Body = { ...body, words: `投诉${complaintNumber}返工` };
  return takenIn(said, context, (intake) => {
    const { serviceType, category } = intake.data;
    const cycle = FIRST_CYCLE;
    const { route, events: routing } = routedByRule(
      { type: intake.type, serviceType, category, route: undefined, cycle },
      context.facts,
    );
    const relation = data.intent === 'repair' ? 'repeat-of' : 'caused-by';
    return [
      event(ticketEvents.TicketRegistered, intake.data, intake.rest),
      event(ticketEvents.ReworkOrdered, { complaintId, planStepId, cycle }),
      // Before anything that plans a job: nobody is dispatched by rule then, because it might be the one complained about.
      ...(engineerId === undefined ? [] : [event(ticketEvents.ComplaintOpened, { complaintId, engineerId, cycle })]),
      ...(originalTicketId === undefined
        ? []
        : [event(ticketEvents.TicketLinked, { relation, ticketId: originalTicketId, cycle })]),
      ...intake.judgement,
      ...intake.unit,
      ...routing,
      ...ownWhilePending({ type: intake.type, route, cycle }),
    ];
  });
};

interface Intake {
  readonly type: ReturnType<typeof classifyType>['type'];
  readonly data: Registered['data'];
  readonly rest: { readonly receivedAt?: string; readonly personal: readonly { subject: string; fields: Personal }[] };
  readonly judgement: readonly TicketEvent[];
  readonly unit: readonly TicketEvent[];
  readonly verified: readonly TicketEvent[];
}
type Registered = Extract<TicketEvent, { readonly type: 'ticket.TicketRegistered' }>;
type Personal = NonNullable<Registered['personal']>[number]['fields'];

/** Checks what both ways of taking in share, and prepares what they both record. */
const takenIn = (body: Body, context: Context, then: (intake: Intake) => readonly TicketEvent[]): Outcome => {
  const { facts } = context;
  const { customer, number } = facts;
  if (!customer) return reject('TICKET.UNKNOWN_CUSTOMER');
  if (customer.restricted) return reject('TICKET.CUSTOMER_RESTRICTED');
  if (!number) return reject('TICKET.NUMBER_MISSING');
  const refusal = implausible(body, context);
  if (refusal) return refusal;
  const receivedAt = body.receivedAt && stored(body.receivedAt);
  const unit = unitOf(body, facts);
  const { type, matched } = classifyType(facts.policies.type.body, { text: body.words, intent: body.intent });
  const marked = body.safetyMarked ?? false;
  const hazard = hazardIn(facts, [body.words, body.environment, body.remediesTried], marked);
  const saidImpact = body.impact === 'unknown' ? undefined : body.impact;
  const byStaff = context.actor.role === 'system';
  const decided = body.intent
    ? byStaff
      ? ({ by: 'person', reason: 'rework' } as const)
      : ({ by: 'customer' } as const)
    : ({ by: 'rule', policyVersion: facts.policies.type.version } as const);
  return then({
    type,
    data: intakeData(body, { customer, number, site: facts.site }, unit),
    rest: present({ receivedAt, personal: [{ subject: customer.stream, fields: personalOf(body) }] }),
    judgement: [
      event(ticketEvents.TicketClassified, { type, matched: clipped(matched), decided, cycle: FIRST_CYCLE }),
      prioritized(
        {
          type,
          saidImpact,
          safety: hazard.safety,
          safetyMatched: hazard.matched,
          tier: customer.tier,
          cycle: FIRST_CYCLE,
        },
        facts,
      ),
    ],
    unit: unitEvents(body, unit, { openedAt: receivedAt ?? context.now, zone: facts.site.zone }, facts),
    verified: body.proofOfPurchase
      ? [
          event(
            ticketEvents.ContactVerified,
            { method: 'purchase-number', cycle: FIRST_CYCLE },
            { personal: [{ subject: customer.stream, fields: { proofOfPurchase: body.proofOfPurchase } }] },
          ),
        ]
      : [],
  });
};

/** How far a clock of another machine may run ahead of ours. */
const TOLERANCE = 5 * MINUTE;

const implausible = (body: Body, { now }: Context): Rejection | undefined => {
  if (body.receivedAt && millisOf(body.receivedAt) > millisOf(now) + TOLERANCE)
    return reject('TICKET.RECEIVED_IN_FUTURE');
  const wished = body.requestedWindow;
  return wished && millisOf(wished.from) >= millisOf(wished.to) ? reject('TICKET.WINDOW_REVERSED') : undefined;
};

const intakeData = (
  body: Body,
  { customer, number, site }: Required<Pick<TicketFacts, 'customer' | 'number' | 'site'>>,
  unit: Pick<UnitFacts, 'category' | 'model'> | undefined,
): Intake['data'] =>
  present({
    number: number.number,
    serial: number.serial,
    site: site.site,
    zone: site.zone,
    channel: body.channel,
    customer: customer.stream,
    tier: customer.tier,
    intent: body.intent,
    serviceType: body.serviceType,
    region: body.region ?? customer.region,
    category: body.category ?? unit?.category,
    model: body.model ?? unit?.model,
    impact: body.impact ?? 'unknown',
    safetyMarked: body.safetyMarked ?? false,
    requestedWindow: body.requestedWindow && {
      from: stored(body.requestedWindow.from),
      to: stored(body.requestedWindow.to),
    },
    cycle: FIRST_CYCLE,
  });

const personalOf = (body: Body): Personal =>
  present({
    words: body.words,
    environment: body.environment,
    remediesTried: body.remediesTried,
    contactName: body.contactName,
    contactPhone: body.contactPhone,
    address: body.address,
  });

/** The unit as on record, else as described, where the description is whole. */
const unitOf = (body: Body, facts: TicketFacts): UnitFacts | undefined => {
  if (facts.unit) return facts.unit;
  const { unitId, category, model, serial } = body;
  return unitId && category && model ? present({ unitId, category, model, serial }) : undefined;
};

const unitEvents = (
  body: Body,
  unit: UnitFacts | undefined,
  at: { readonly openedAt: string; readonly zone: string },
  facts: TicketFacts,
): readonly TicketEvent[] => {
  if (!unit && !body.model) return [];
  const warranty = warrantyByRule({ ...at, cycle: FIRST_CYCLE }, unit, facts);
  if (!unit) return [warranty];
  const { unitId, category, model, serial } = unit;
  const cycle = FIRST_CYCLE;
  return [event(ticketEvents.ProductUnitIdentified, present({ unitId, category, model, serial, cycle })), warranty];
};

const answeredAtOnce = (body: Body, { commandId }: Context): TicketEvent =>
  event(ticketEvents.CustomerContacted, {
    contactId: commandId,
    direction: 'inbound',
    channel: body.channel,
    purpose: 'intake',
    reached: true,
    cycle: FIRST_CYCLE,
  });
