import { setImmediate } from 'node:timers/promises';
import {
  DAY,
  dryRun,
  idOf,
  instantAt,
  plus,
  ticketDecider,
  warrantyStart,
  type DryRunCase,
  type ExistingTicket,
  type Instant,
  type PolicyBody,
  type PolicyKind,
  type Recorded,
  type RecordedEvent,
  type Ticket,
  type TicketEvent,
  type UnitFacts,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { unitOnRecord } from '../facts/people-and-units';
import { personalOf } from '../streams/streams';
import { dryRunComplaints } from './complaint-dry-run';
import { Tally, type Tallied } from './dry-run-tally';

/** What a dry run answers; nothing that a customer said or is called. */
export interface DryRunAnswer extends Tallied {
  readonly kind: PolicyKind;
  readonly from: Instant;
  readonly to: Instant;
  /** False: there were more cases than could be looked at. */
  readonly complete: boolean;
  /** False: nothing of this kind can be judged again from the past. */
  readonly comparable: boolean;
}

const WINDOW = 30 * DAY;
const MOST_CASES = 5_000;
/** Tickets between two breaths: commands of others must not wait for a dry run. */
const AT_ONCE = 10;

const INTAKE = ['ticket.TicketSubmitted', 'ticket.TicketRegistered'];
/** What records a decision of the kind: its time says which version judged the case. Absent: nothing is compared. */
const DECIDED_IN: Partial<Record<PolicyKind, TicketEvent['type']>> = {
  type: 'ticket.TicketClassified',
  safety: 'ticket.TicketPrioritized',
  priority: 'ticket.TicketPrioritized',
  route: 'ticket.HandlingRouted',
  catalogue: 'ticket.HandlingRouted',
  warranty: 'ticket.WarrantyDetermined',
  silence: 'ticket.ResolutionProposed',
};

/** Which tickets or complaints of the last 30 days would have come out differently (CLS-06). The body must have passed its check. */
export const dryRunOf = async <K extends PolicyKind>(
  platform: Platform,
  kind: K,
  candidate: PolicyBody<K>,
): Promise<DryRunAnswer> => {
  const to = platform.clock.now();
  const from = plus(to, -WINDOW);
  const tally = new Tally();
  if (kind === 'service-level') {
    const body = candidate as PolicyBody<'service-level'>;
    const complete = await dryRunComplaints(platform, body, { from, to, tally, most: MOST_CASES });
    return { kind, from, to, complete, comparable: true, ...tally.answer() };
  }
  const decidedIn = DECIDED_IN[kind];
  const units = new Map<string, UnitFacts | undefined>();
  let complete = true;
  for await (const stream of platform.streams.latest(decidedIn === undefined ? [] : INTAKE, from)) {
    if (tally.cases === MOST_CASES) {
      complete = false;
      break;
    }
    tally.count();
    if (tally.cases % AT_ONCE === 0) await setImmediate();
    const events = (await platform.streams.load(stream)).events as readonly Recorded<TicketEvent>[];
    const past = await pastCase(platform, kind, events, units);
    if (!past) continue;
    const current = past.policies[kind].body as PolicyBody<K>;
    const { checked, different } = dryRun(kind, candidate, current, [past]);
    const { number } = events[0]!.data as { number: string };
    if (checked > 0) tally.judge({ ticketId: past.ticketId, number, ...(different[0] ?? UNCHANGED) });
  }
  return { kind, from, to, complete, comparable: decidedIn !== undefined, ...tally.answer() };
};

const UNCHANGED = { before: '', after: '' };

/** The case as it was judged; undefined: this kind decided nothing about it by rule, or its words were forgotten. */
const pastCase = async (
  platform: Platform,
  kind: PolicyKind,
  events: readonly Recorded<TicketEvent>[],
  units: Map<string, UnitFacts | undefined>,
): Promise<DryRunCase | undefined> => {
  const ticket = events.reduce<Ticket>((state, event) => ticketDecider.evolve(state, event), ticketDecider.initial);
  const decision = events.filter(({ type }) => type === DECIDED_IN[kind]).at(-1);
  if (ticket.status === 'none' || !decision || decidedByPerson[kind]?.(ticket, events)) return undefined;
  const words = kind === 'type' || kind === 'safety' ? await wordsOf(platform, kind, events) : '';
  if (words === undefined) return undefined;
  const unit = kind === 'warranty' ? await unitOf(platform, ticket, units) : undefined;
  const { recordedAt } = decision.metadata;
  const intake = events[0]!.data as { safetyMarked: boolean };
  return {
    ticketId: idOf(ticket.stream),
    zone: ticket.zone,
    text: words,
    intent: ticket.intent,
    impact: ticket.saidImpact ?? 'unknown',
    impactSaid: ticket.saidImpact !== undefined,
    safetyMarked: intake.safetyMarked,
    tier: ticket.tier,
    serviceType: ticket.serviceType,
    category: ticket.category,
    type: ticket.type,
    safety: ticket.safety,
    unit,
    ...(kind === 'warranty' ? { determinedAt: ticket.openedAt } : {}),
    ...(kind === 'silence' ? { pendingSince: recordedAt } : {}),
    policies: await judgedBy(platform, recordedAt, unit),
  };
};

type ByPerson = (ticket: ExistingTicket, events: readonly Recorded<TicketEvent>[]) => boolean;

const routedByPerson: ByPerson = ({ routeByPerson, type }) =>
  routeByPerson || type === 'complaint' || type === 'unclassified';

/** A rule does not change what a person decided; complaints and unclassified matters have no route by rule. */
const decidedByPerson: Partial<Record<PolicyKind, ByPerson>> = {
  type: ({ typeByPerson }) => typeByPerson,
  priority: ({ priorityByHand }) => priorityByHand,
  route: routedByPerson,
  catalogue: routedByPerson,
  safety: (_ticket, events) => {
    let before: boolean | undefined;
    return events.some((event) => {
      if (event.type !== 'ticket.TicketPrioritized') return false;
      const turned = before !== undefined && before !== event.data.safety && event.data.decided.by === 'person';
      before = event.data.safety;
      return turned;
    });
  },
  warranty: (_ticket, events) => {
    const last = events.filter((event) => event.type === 'ticket.WarrantyDetermined').at(-1);
    return last?.type === 'ticket.WarrantyDetermined' && last.data.basis === 'none' && last.data.coverage !== 'unknown';
  },
};

/** What the rule read: the words, for safety also what came with them. undefined: forgotten. */
const wordsOf = async (
  { streams }: Platform,
  kind: 'type' | 'safety',
  events: readonly RecordedEvent[],
): Promise<string | undefined> => {
  const { fields, erased } = personalOf(await streams.open(events[0]!));
  if (erased) return undefined;
  const texts = kind === 'type' ? [fields['words']] : [fields['words'], fields['environment'], fields['remediesTried']];
  return texts.filter((text) => typeof text === 'string').join('\n');
};

const unitOf = async (
  { streams }: Platform,
  { unitId }: ExistingTicket,
  units: Map<string, UnitFacts | undefined>,
): Promise<UnitFacts | undefined> => {
  if (unitId === undefined) return undefined;
  if (!units.has(unitId)) units.set(unitId, await unitOnRecord(streams, unitId));
  return units.get(unitId);
};

/** The versions at the decision; of the warranty the one in force on the day the unit's warranty started (DEC-20). */
const judgedBy = async (
  { policies, config }: Platform,
  at: Instant,
  unit: UnitFacts | undefined,
): Promise<DryRunCase['policies']> => {
  const inForce = await policies.allInForce(at);
  const start = unit && warrantyStart(inForce.warranty.body, unit);
  return start
    ? { ...inForce, warranty: await policies.inForce('warranty', instantAt(start.startsOn, config.zone)) }
    : inForce;
};
