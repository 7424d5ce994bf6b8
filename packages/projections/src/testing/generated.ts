import {
  customerEvents,
  event,
  idOf,
  later,
  productUnitEvents,
  workOrderEvents,
  type DomainEvent,
  type ProductUnitEvent,
  type RecordedEvent,
  type TicketEvent,
  type WorkOrderEvent,
} from '@aftercare/domain';
import { generateHistory } from '@aftercare/domain/testing';
import type { JournalEntry } from './journal';

type Told = Pick<RecordedEvent, 'stream' | 'metadata'> & (TicketEvent | WorkOrderEvent);

/** A placeholder for the phone of the n-th customer. */
export const phoneOf = (index: number): string => `1380000${String(index).padStart(4, '0')}`;

/**
 * A history made by the real deciders and processes, as journal entries, and around it what the generator leaves out:
 * the customers and units that its tickets name, the repairs that follow from fixed jobs, and every other conflict settled.
 */
export const generated = (size: { readonly seed: number; readonly tickets: number }): readonly JournalEntry[] => {
  const around = new Around();
  return generateHistory(size).flatMap((recorded) => {
    const { stream, type, data, metadata } = recorded;
    const { occurredAt, receivedAt, recordedAt: now, correlationId, actor } = metadata;
    const told = { type, data, occurredAt, ...(receivedAt === undefined ? {} : { receivedAt }) } as DomainEvent;
    const entry: JournalEntry = { stream, events: [told], now, correlationId, actor };
    const { before, after } = around.tell(recorded as unknown as Told);
    return [...before, entry, ...after];
  });
};

class Around {
  readonly #known = new Set<string>();
  readonly #unitOf = new Map<string, string>();
  readonly #openedAt = new Map<string, string>();
  #customers = 0;
  #conflicts = 0;

  tell(told: Told): { readonly before: readonly JournalEntry[]; readonly after: readonly JournalEntry[] } {
    const { recordedAt: now, correlationId, receivedAt = now, occurredAt } = told.metadata;
    switch (told.type) {
      case 'ticket.TicketSubmitted':
      case 'ticket.TicketRegistered':
        this.#openedAt.set(correlationId, receivedAt);
        return { before: this.#customer(told.data.customer, now), after: [] };
      case 'ticket.ProductUnitIdentified':
      case 'ticket.ProductUnitCorrected': {
        const { unitId, category, model } = told.data;
        this.#unitOf.set(correlationId, unitId);
        const registered = event(productUnitEvents.ProductUnitRegistered, { unitId, category, model });
        return { before: this.#first(`product_unit-${unitId}`, registered, now), after: [] };
      }
      case 'work_order.WorkCompleted': {
        const unitId = this.#unitOf.get(correlationId);
        if (told.data.outcome !== 'fixed' || unitId === undefined) return { before: [], after: [] };
        const from = this.#openedAt.get(correlationId) ?? now;
        const repaired: ProductUnitEvent = event(productUnitEvents.ProductUnitRepaired, {
          ticketId: idOf(correlationId),
          workOrderId: idOf(told.stream),
          from,
          to: later(from, occurredAt),
          counts: unitId < '8',
          faultCode: 'F1',
        });
        return { before: [], after: [{ stream: `product_unit-${unitId}`, events: [repaired], now, correlationId }] };
      }
      case 'work_order.FieldConflictRaised': {
        if ((this.#conflicts += 1) % 2 === 0) return { before: [], after: [] };
        const { conflictId } = told.data;
        const settled = { conflictId, resolution: 'accepted' as const };
        const events = [event(workOrderEvents.FieldConflictSettled, settled)];
        return { before: [], after: [{ stream: told.stream, events, now, correlationId }] };
      }
      default:
        return { before: [], after: [] };
    }
  }

  #customer(stream: string, now: string): readonly JournalEntry[] {
    if (this.#known.has(stream)) return [];
    const fields = { name: '张三', phone: phoneOf(this.#customers) };
    this.#customers += 1;
    const personal = [{ subject: stream, fields }];
    return this.#first(stream, event(customerEvents.CustomerRegistered, { tier: 'normal' }, { personal }), now);
  }

  #first(stream: string, told: DomainEvent, now: string): readonly JournalEntry[] {
    if (this.#known.has(stream)) return [];
    this.#known.add(stream);
    return [{ stream, events: [told], now }];
  }
}
