import type { Instant } from '../kernel/index';
import type { Channel, Tier } from '../vocabulary';

/** A request for erasure that is under way (DEC-15); from its first moment the person's data is not used any more. */
export interface Erasure {
  readonly requestId: string;
  /** Id of whoever recorded the request: another person approves. */
  readonly requestedBy: string;
  /** `retention`: nobody asked, the time to keep the data is over. */
  readonly asker: 'customer' | 'retention';
  /** How the person asked; absent: nobody did. */
  readonly channel?: Channel;
  readonly openComplaints: 'wait' | 'withdraw';
  /** When it may be carried out; absent until it is approved. */
  readonly dueAt?: Instant;
}

export interface KnownCustomer {
  readonly status: 'known';
  readonly registeredAt: Instant;
  readonly tier: Tier;
  readonly region?: string;
  /** Purposes consented to, as said last. */
  readonly consents: readonly string[];
  readonly erasure?: Erasure;
}

/** What decisions need to know of a customer; personal parts stay sealed. */
export type Customer =
  { readonly status: 'none' } | KnownCustomer | { readonly status: 'erased'; readonly requestId: string };

export const noCustomer: Customer = { status: 'none' };
