import {
  customerDecider,
  fold,
  isTicketEnded,
  ticketDecider,
  type CustomerEvent,
  type Instant,
  type Recorded,
  type RecordedEvent,
  type Registry,
  type TicketEvent,
} from '@aftercare/domain';
import { ProblemError } from '../http/problem';
import { textOfRefusal } from '../http/refusal-texts';

/** Where the erasure of a person stands, from their stream. */
export type ErasureView =
  | { readonly status: 'none' }
  | {
      readonly status: 'requested' | 'approved';
      readonly requestId: string;
      readonly asker: 'customer' | 'retention';
      readonly openComplaints: 'wait' | 'withdraw';
      readonly dueAt?: Instant;
      /** As looked at last. */
      readonly findings: unknown;
    }
  | { readonly status: 'erased'; readonly requestId: string; readonly erasedAt: Instant };

const folded = (events: readonly RecordedEvent[]) =>
  fold(customerDecider, events as readonly Recorded<CustomerEvent>[]);

export const erasureIn = (events: readonly RecordedEvent[]): ErasureView => {
  const customer = folded(events);
  if (customer.status === 'erased') {
    const { requestId } = customer;
    return { status: 'erased', requestId, erasedAt: events.at(-1)!.metadata.recordedAt };
  }
  if (customer.status === 'none' || !customer.erasure) return { status: 'none' };
  const { requestId, asker, openComplaints, dueAt } = customer.erasure;
  const findings = events.reduce<unknown>((last, { data }) => (data as { findings?: unknown }).findings ?? last, {});
  return {
    status: dueAt === undefined ? 'requested' : 'approved',
    requestId,
    asker,
    openComplaints,
    ...(dueAt === undefined ? {} : { dueAt }),
    findings,
  };
};

/** Throws 409 where the person asked to be forgotten, or was. */
export const mustBeInUse = (customer: readonly RecordedEvent[], registry: Registry): void => {
  const { status } = erasureIn(customer);
  if (status === 'none') return;
  const code = status === 'erased' ? 'CUSTOMER.ERASED' : 'CUSTOMER.RESTRICTED';
  throw new ProblemError(code, { status: 409, says: textOfRefusal(code, registry) });
};

/** Whether nothing is worked on in a ticket any more. */
export const hasEnded = (ticket: readonly RecordedEvent[]): boolean => {
  const state = fold(ticketDecider, ticket as readonly Recorded<TicketEvent>[]);
  return state.status !== 'none' && isTicketEnded(state);
};
