import {
  customerDecider,
  fold,
  millisOf,
  type CustomerEvent,
  type Recorded,
  type RecordedEvent,
  type Tier,
  type UnitFacts,
} from '@aftercare/domain';
import type { Clock } from '@aftercare/event-store';
import type { Streams } from '../streams/streams';

export interface CustomerFacts {
  readonly stream: string;
  readonly tier: Tier;
  readonly region?: string;
  /** Asked to be forgotten, or was. */
  readonly restricted?: boolean;
}

const TRUSTED_MS = 5_000;
const MOST_REMEMBERED = 5_000;

/** A customer as on record; remembered for five seconds, because several commands in a row ask for the same one. */
export class CustomerRecords {
  private readonly known = new Map<string, { readAt: number; customer: CustomerFacts }>();

  constructor(
    private readonly streams: Streams,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Undefined: there is no such customer. */
  async find(customerId: string): Promise<CustomerFacts | undefined> {
    const stream = `customer-${customerId}`;
    const now = millisOf(this.clock.now());
    const known = this.known.get(stream);
    if (known && now - known.readAt < TRUSTED_MS) return known.customer;
    const { events, head } = await this.streams.load(stream);
    if (head === 'none') return undefined;
    const customer = customerFrom(stream, events);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(stream, { readAt: now, customer });
    return customer;
  }
}

const customerFrom = (stream: string, events: readonly RecordedEvent[]): CustomerFacts => {
  const customer = fold(customerDecider, events as readonly Recorded<CustomerEvent>[]);
  if (customer.status !== 'known') return { stream, tier: 'normal', restricted: customer.status === 'erased' };
  const { tier, region, erasure } = customer;
  // Whom nobody asked to forget is served when they come back: the new case takes the request back.
  const restricted = erasure !== undefined && erasure.asker !== 'retention';
  return { stream, tier, ...(region ? { region } : {}), ...(restricted ? { restricted } : {}) };
};

/** A product unit as on record, with the days that decide its warranty; undefined: there is no such unit. */
export const unitOnRecord = async (streams: Streams, unitId: string): Promise<UnitFacts | undefined> => {
  const { events, head } = await streams.load(`product_unit-${unitId}`);
  if (head === 'none') return undefined;
  const facts: Record<string, unknown> = {};
  for (const { type, data } of events)
    if (type === 'product_unit.ProductUnitRegistered' || type === 'product_unit.ProductUnitDetailsCorrected')
      for (const name of UNIT_FIELDS)
        if (name in (data as object)) facts[name] = (data as Record<string, unknown>)[name];
  return { ...facts, unitId } as unknown as UnitFacts;
};

const UNIT_FIELDS = ['category', 'model', 'serial', 'soldOn', 'installedOn', 'producedOn'] as const;
