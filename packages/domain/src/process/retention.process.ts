import {
  DAY,
  HOUR,
  later,
  plus,
  type Instant,
  type ProcessCommand,
  type ProcessManager,
  type Reaction,
  type Recorded,
} from '../kernel/index';
import type { ComplaintEvent } from '../complaint/events';
import { RETENTION_MOVED } from '../customer/erasure/decide';
import type { CustomerEvent } from '../customer/events';
import type { TicketEvent } from '../ticket/events';
import { reaction } from './inputs';

/** How long a person's data is kept when nobody asks for anything. */
export interface RetentionProcess {
  /** When it is looked at again; absent: never again. */
  readonly lookAt?: Instant;
  /** A request for erasure is under way, and whose it is. */
  readonly asked?: 'customer' | 'retention';
}

/** No sooner can anything be over: never longer than three calendar years. */
const FIRST_LOOK = 3 * 365 * DAY;
/** Something is open or held, and no date says for how long. */
const HELD_FOR = 30 * DAY;
/** Somebody decided to keep the data: they are not asked again the next day. */
const ASK_AGAIN = 365 * DAY;
/** Nobody could tell what is open. */
const TRY_AGAIN = HOUR;

const types = [
  'customer.CustomerRegistered',
  'customer.RetentionReviewed',
  'customer.ErasureRequested',
  'customer.ErasureRequestWithdrawn',
  'customer.ErasureRefused',
  'customer.CustomerErased',
  'complaint.ComplaintRegistered',
  'ticket.TicketRegistered',
  'ticket.TicketSubmitted',
] as const;
type Told = Recorded<CustomerEvent | ComplaintEvent | TicketEvent>;
type Happened = Extract<Told, { readonly type: (typeof types)[number] }>;
type CaseBegun = Exclude<Happened, Recorded<CustomerEvent>>;

const isCaseBegun = (event: Happened): event is CaseBegun => !event.type.startsWith('customer.');

/**
 * DEC-15, retention by default: has the customer look, three years after they were registered and whenever their last answer
 * said, whether their data has been kept long enough. It keeps no account of cases, units and warranties itself: the customer
 * looks at them as they are then. The request still waits for a second person.
 */
export const retentionProcess: ProcessManager<RetentionProcess> = {
  name: 'retention',
  version: 1,
  types,
  instance: (event) => {
    const happened = event as Happened;
    return isCaseBegun(happened) ? happened.data.customer : happened.stream;
  },
  initial: {},
  react: (state, input, { now, instance }) => {
    if (input.kind === 'event') return onEvent(state, input.event as Happened, instance);
    if (input.kind === 'refused') return onRefusal(state, input.code, now);
    if (state.asked || state.lookAt === undefined) return reaction(state);
    return state.lookAt <= now ? reaction(state, [review(instance)]) : reaction(state, [], state.lookAt);
  },
};

const onEvent = (state: RetentionProcess, event: Happened, customer: string): Reaction<RetentionProcess> => {
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'customer.CustomerRegistered':
      return waiting(plus(at, FIRST_LOOK));
    case 'customer.RetentionReviewed':
      return waiting(event.data.until);
    case 'customer.ErasureRequested':
      return reaction({ ...state, asked: event.data.asker });
    case 'customer.ErasureRequestWithdrawn':
      return waiting(plus(at, event.data.reason === RETENTION_MOVED ? HELD_FOR : ASK_AGAIN), state);
    case 'customer.ErasureRefused':
      return waiting(plus(at, ASK_AGAIN), state);
    case 'customer.CustomerErased':
      return reaction<RetentionProcess>({});
    case 'complaint.ComplaintRegistered':
    case 'ticket.TicketRegistered':
    case 'ticket.TicketSubmitted':
      // Who comes back while their erasure waits is to be served again.
      return state.asked === 'retention' ? reaction(state, [review(customer)]) : kept(state);
  }
};

/** Looks at `at`, and not before what was known already. */
const waiting = (at: Instant, { lookAt }: RetentionProcess = {}): Reaction<RetentionProcess> => {
  const next = lookAt === undefined ? at : later(at, lookAt);
  return reaction<RetentionProcess>({ lookAt: next }, [], next);
};

const kept = (state: RetentionProcess): Reaction<RetentionProcess> =>
  reaction(state, [], state.asked ? undefined : state.lookAt);

const onRefusal = (state: RetentionProcess, code: string, now: Instant): Reaction<RetentionProcess> => {
  // Whatever is under way or done ends, or not, by an event.
  if (ENDS.has(code)) return reaction(state);
  const again = plus(now, code === 'CUSTOMER.MATTERS_UNKNOWN' ? TRY_AGAIN : HELD_FOR);
  return state.asked ? reaction(state) : waiting(again, state);
};

const ENDS: ReadonlySet<string> = new Set([
  'CUSTOMER.ERASED',
  'CUSTOMER.NOT_FOUND',
  'CUSTOMER.ERASURE_UNDER_WAY',
  'NOT_FOUND',
]);

const review = (customer: string): ProcessCommand => ({
  stream: customer,
  type: 'customer.ReviewRetention',
  data: {},
});
