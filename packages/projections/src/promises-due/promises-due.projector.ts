import type { ComplaintEvent, Recorded } from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { sealedParts } from '../sealed/sealed-parts';
import { MILESTONE_EVENTS, milestoneAfter, milestoneKeys } from './milestones';
import { PROMISE_EVENTS, promisesIn, type PromisingEvent } from './promise';
import { MILESTONE, promiseKey, type PromiseRow } from './promise-row';

export type { PromiseRow } from './promise-row';

/** 承诺墙: one row per promise across tickets, work orders and complaints; gone when it was kept or is of no use any more. */
export const promisesDue = readModel<PromiseRow>({
  projector: {
    name: 'promises_due',
    version: 2,
    types: [...new Set<string>([...PROMISE_EVENTS, ...MILESTONE_EVENTS])],
    key: (event) => [
      ...promisesIn(event as PromisingEvent).map(({ kind, id }) => promiseKey(event.stream, kind, id)),
      ...milestoneKeys(event as Recorded<ComplaintEvent>),
    ],
    evolve: (row, event, key) =>
      key.startsWith(promiseKey(event.stream, MILESTONE, ''))
        ? milestoneAfter(row, event as Recorded<ComplaintEvent>, key)
        : evolve(row, event as PromisingEvent, key),
  },
  columns: {
    due_by: { kind: 'text', of: (row) => row.dueBy },
    kind: { kind: 'text', of: (row) => row.kind },
    stream: { kind: 'text', of: (row) => row.stream },
    matter: { kind: 'text', of: (row) => row.matter },
    plan: { kind: 'text', of: (row) => row.plan },
    met: { kind: 'flag', of: (row) => row.met },
    owner_role: { kind: 'text', of: (row) => row.assigned?.role ?? null },
    owner_person: { kind: 'text', of: (row) => row.assigned?.person ?? null },
  },
  indexes: [
    ['met', 'due_by', 'key'],
    ['kind', 'due_by', 'key'],
    ['matter', 'due_by'],
  ],
});

const evolve = (row: PromiseRow | null, event: PromisingEvent, key: string): PromiseRow | null => {
  const { stream, metadata } = event;
  const found = promisesIn(event).find(({ kind, id }) => promiseKey(stream, kind, id) === key);
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
    plan: null,
    name: null,
    met: false,
    assigned: null,
  };
};
