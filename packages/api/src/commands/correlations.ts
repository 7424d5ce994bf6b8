import { aggregateOf } from '@aftercare/domain';
import type { Codec, EventStore } from '@aftercare/event-store';

const MOST_REMEMBERED = 20_000;

/**
 * The matter (a ticket's stream) that a stream belongs to: process managers find their instance by it. A work order
 * says so in its first event; that never changes, so it is remembered.
 */
export class Correlations {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly store: Pick<EventStore, 'read'>,
    private readonly codec: Pick<Codec, 'decode'>,
  ) {}

  async of(stream: string, data: unknown): Promise<string> {
    if (aggregateOf(stream) !== 'work_order') return stream;
    const known = this.known.get(stream);
    if (known !== undefined) return known;
    const first = (await this.store.read(stream, { limit: 1 })).events[0];
    if (first) return this.remember(stream, this.codec.decode(first).metadata.correlationId);
    const ticketId = (data as { ticketId?: unknown } | null)?.ticketId;
    return typeof ticketId === 'string' ? `ticket-${ticketId}` : stream;
  }

  private remember(stream: string, correlationId: string): string {
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(stream, correlationId);
    return correlationId;
  }
}
