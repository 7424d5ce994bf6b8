import type { CustomerEvent, PersonalPart, Recorded, RecordedEvent, Tier } from '@aftercare/domain';
import { readModel, type ReadModel } from '../sql/read-model';
import { normalisedPhone, type BlindIndex } from './blind-index';

/** A customer as they can be found: hashes, nothing readable. */
export interface CustomerLookupRow {
  /** Stream of the customer, `customer-<uuid>`. */
  readonly customer: string;
  readonly tier: Tier;
  readonly region: string | null;
  readonly registeredAt: string;
  /** Asked to be forgotten: whoever finds them learns that, and nothing else (DEC-15). */
  readonly restricted: boolean;
  /** Keyed hashes, hex; null where there is nothing to find them by. */
  readonly phone: string | null;
  readonly name: string | null;
  readonly lastFour: string | null;
}

/** What the look-up is given from outside. */
export interface CustomerLookupParts {
  /**
   * The same event with its personal parts readable, or erased where the subject was forgotten; the codec's
   * `openPersonal` with the subjects' keys. A throw stops this projector at the event.
   */
  readonly open: (event: RecordedEvent) => Promise<RecordedEvent>;
  /** Made with the key that the queries use as well; after a change of the key the read model has to be rebuilt. */
  readonly index: BlindIndex;
}

/** An event came in sealed: the look-up was not given what opens it. Its index would be empty and look right. */
export class SealedCustomerError extends TypeError {
  constructor() {
    super('a customer event was not opened before it was indexed');
  }
}

const TYPES = [
  'customer.CustomerRegistered',
  'customer.CustomerContactCorrected',
  'customer.CustomerTierChanged',
  'customer.ErasureRequested',
  'customer.ErasureRequestWithdrawn',
  'customer.ErasureRefused',
  'customer.CustomerErased',
] as const satisfies readonly CustomerEvent['type'][];

/**
 * Customers by phone and name (INT-11), as keyed hashes. The only read model that decrypts: events are opened before they
 * are folded, live and in a rebuild, and what was opened is thrown away. An erased subject has no row: the last event about
 * them takes it away, and after their key is gone nothing of theirs opens any more, so that no rebuild brings it back.
 */
export const customerLookup = ({ open, index }: CustomerLookupParts): ReadModel<CustomerLookupRow> =>
  readModel<CustomerLookupRow>({
    projector: {
      name: 'customer_lookup',
      version: 2,
      types: TYPES,
      key: (event) => event.stream,
      evolve: (row, event) => evolve(row, event as Recorded<CustomerEvent>, index),
    },
    columns: {
      phone: { kind: 'text', of: (row) => row.phone },
      name: { kind: 'text', of: (row) => row.name },
    },
    indexes: [
      ['phone', 'key'],
      ['name', 'key'],
    ],
    open,
  });

const evolve = (
  row: CustomerLookupRow | null,
  event: Recorded<CustomerEvent>,
  index: BlindIndex,
): CustomerLookupRow | null => {
  switch (event.type) {
    case 'customer.CustomerRegistered':
    case 'customer.CustomerContactCorrected': {
      const contact = contactIn(event);
      if (contact === 'erased') return null;
      const known = event.type === 'customer.CustomerRegistered' ? fresh(event) : row;
      const { region } = event.data;
      return known && { ...known, region: region ?? known.region, ...hashed(contact, event.stream, index) };
    }
    case 'customer.CustomerErased':
      return null;
    default:
      return row && { ...row, ...changed(event) };
  }
};

const fresh = (
  event: Extract<Recorded<CustomerEvent>, { type: 'customer.CustomerRegistered' }>,
): CustomerLookupRow => ({
  customer: event.stream,
  tier: event.data.tier,
  region: null,
  registeredAt: event.metadata.recordedAt,
  restricted: false,
  phone: null,
  name: null,
  lastFour: null,
});

const changed = (event: Recorded<CustomerEvent>): Partial<CustomerLookupRow> => {
  switch (event.type) {
    case 'customer.CustomerTierChanged':
      return { tier: event.data.tier };
    case 'customer.ErasureRequested':
      return { restricted: true };
    case 'customer.ErasureRequestWithdrawn':
    case 'customer.ErasureRefused':
      return { restricted: false };
    default:
      return {};
  }
};

interface Contact {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
}

const contactIn = (event: { readonly stream: string; readonly personal: readonly PersonalPart<Contact>[] }) => {
  const part = event.personal.find(({ subject }) => subject === event.stream);
  if (!part) return {};
  if ('erased' in part) return 'erased';
  if (!('fields' in part)) throw new SealedCustomerError();
  return part.fields;
};

/** Only what the event says: a correction of the address leaves the phone alone. */
const hashed = ({ name, phone }: Contact, customer: string, index: BlindIndex) => ({
  ...(name === undefined ? {} : { name: index.name(name) ?? null }),
  ...(phone === undefined
    ? {}
    : {
        phone: index.phone(phone) ?? null,
        lastFour: index.lastFour(normalisedPhone(phone).slice(-4), customer) ?? null,
      }),
});
