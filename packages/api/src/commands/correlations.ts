import { aggregateOf } from '@aftercare/domain';
import type { Codec, EventStore } from '@aftercare/event-store';

const MOST_REMEMBERED = 20_000;
/** Aggregates whose streams belong to the matter of another one. */
const BELONG: readonly string[] = ['work_order', 'complaint', 'on_call_alert'];

/**
 * The matter (a ticket's stream) that a stream belongs to: process managers find their instance by it. A work order, a
 * complaint and an on-call alert say so in their first event; that never changes, so it is remembered. A complaint that
 * stands alone, like a ticket, is its own matter.
 */
export class Correlations {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly store: Pick<EventStore, 'read'>,
    private readonly codec: Pick<Codec, 'decode'>,
  ) {}

  async of(stream: string, data: unknown): Promise<string> {
    if (!BELONG.includes(aggregateOf(stream))) return stream;
    const known = this.known.get(stream);
    if (known !== undefined) return known;
    const first = (await this.store.read(stream, { limit: 1 })).events[0];
    if (first) return this.remember(stream, this.codec.decode(first).metadata.correlationId);
    const { matter, ticketId, workOrderId } = (data ?? {}) as Readonly<Record<string, unknown>>;
    if (aggregateOf(stream) === 'on_call_alert') return typeof matter === 'string' ? matter : stream;
    if (typeof ticketId === 'string') return `ticket-${ticketId}`;
    // Complained about: the job's matter is the complaint's. A job that nobody knows is refused by the decider.
    const ofJob = typeof workOrderId === 'string' ? await this.of(`work_order-${workOrderId}`, {}) : stream;
    return ofJob.startsWith('ticket-') ? ofJob : stream;
  }

  private remember(stream: string, correlationId: string): string {
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(stream, correlationId);
    return correlationId;
  }
}
