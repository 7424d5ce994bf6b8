import { readModel } from '../sql/read-model';
import { sealedParts, type SealedRef } from '../sealed/sealed-parts';
import { PROMISE_EVENTS, promisesIn, type PromiseKind, type PromisingEvent } from './promise';

/** One promise that is still to be kept. */
export interface PromiseRow {
  readonly kind: PromiseKind;
  /** Stream that it was made in. */
  readonly stream: string;
  /** Stream of the ticket or complaint that it belongs to. */
  readonly matter: string;
  /** Tells several of a kind in one stream apart; empty: there is one only. */
  readonly id: string;
  readonly dueBy: string;
  /** When it was first given, and how often it was moved since. */
  readonly givenAt: string;
  readonly moved: number;
  /** What exactly was said, sealed. */
  readonly words: readonly SealedRef[];
}

const keyOf = (stream: string, kind: PromiseKind, id: string): string => `${stream} ${kind} ${id}`;

/** 承诺墙: one row per promise across tickets, work orders and complaints; gone when it was kept or is of no use any more. */
export const promisesDue = readModel<PromiseRow>({
  projector: {
    name: 'promises_due',
    version: 1,
    types: PROMISE_EVENTS,
    key: (event) => promisesIn(event as PromisingEvent).map(({ kind, id }) => keyOf(event.stream, kind, id)),
    evolve: (row, event, key) => evolve(row, event as PromisingEvent, key),
  },
  columns: {
    due_by: { kind: 'text', of: (row) => row.dueBy },
    kind: { kind: 'text', of: (row) => row.kind },
    stream: { kind: 'text', of: (row) => row.stream },
    matter: { kind: 'text', of: (row) => row.matter },
  },
  indexes: [
    ['due_by', 'key'],
    ['kind', 'due_by', 'key'],
    ['matter', 'due_by'],
  ],
});

const evolve = (row: PromiseRow | null, event: PromisingEvent, key: string): PromiseRow | null => {
  const { stream, metadata } = event;
  const found = promisesIn(event).find(({ kind, id }) => keyOf(stream, kind, id) === key);
  if (!found) return row;
  const { kind, id, dueBy } = found;
  if (dueBy === null) return null;
  return {
    kind,
    stream,
    matter: event.type.startsWith('work_order.') ? metadata.correlationId : stream,
    id,
    dueBy,
    givenAt: row?.givenAt ?? metadata.recordedAt,
    moved: row ? row.moved + 1 : 0,
    words: kind === 'commitment' || kind === 'progress' ? sealedParts(event) : [],
  };
};
