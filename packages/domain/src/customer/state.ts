import type { Tier } from '../vocabulary';

/** What decisions need to know of a customer; personal parts stay sealed. */
export type Customer =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly tier: Tier;
      readonly region?: string;
      /** Purposes consented to, as said last. */
      readonly consents: readonly string[];
    };

export const noCustomer: Customer = { status: 'none' };
