import { idOf, type Actor, type Recorded, type WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

type Raised = Extract<Recorded<WorkOrderEvent>, { readonly type: 'work_order.FieldConflictRaised' }>;
type Settled = Extract<Recorded<WorkOrderEvent>, { readonly type: 'work_order.FieldConflictSettled' }>;

/** Why a field fact doesn't fit what the system knew. */
export type FieldConflictKind = Raised['data']['kind'];

/** A contradiction between the field and the system that nobody has settled yet. */
export interface FieldConflictRow {
  readonly conflictId: string;
  /** Stream of the work order, `work_order-<uuid>`. */
  readonly workOrder: string;
  readonly workOrderId: string;
  /** Stream of the ticket. */
  readonly ticket: string;
  readonly kind: FieldConflictKind;
  /** The fact that contradicts, and when it happened by the actor's word. */
  readonly fact: string;
  readonly occurredAt: string;
  /** Further facts of the same batch with the same contradiction. */
  readonly also: readonly { readonly fact: string; readonly occurredAt: string }[];
  /** The state that the fact met. */
  readonly stateThen: string;
  readonly raisedAt: string;
  /** Who reported the fact. */
  readonly by: Pick<Actor, 'id' | 'role'>;
}

/** The supervisor's list of field facts that contradict the state: a row comes when one is raised and goes when it is settled. */
export const fieldConflicts = readModel<FieldConflictRow>({
  projector: {
    name: 'field_conflicts',
    version: 1,
    types: [
      'work_order.FieldConflictRaised',
      'work_order.FieldConflictSettled',
    ] satisfies readonly WorkOrderEvent['type'][],
    key: (event) => `${event.stream} ${(event as Raised | Settled).data.conflictId}`,
    evolve: (_row, event) => evolve(event as Raised | Settled),
  },
  columns: {
    raised_at: { kind: 'text', of: (row) => row.raisedAt },
    work_order: { kind: 'text', of: (row) => row.workOrder },
    ticket: { kind: 'text', of: (row) => row.ticket },
    kind: { kind: 'text', of: (row) => row.kind },
  },
  indexes: [
    ['raised_at', 'key'],
    ['work_order', 'raised_at', 'key'],
    ['ticket', 'raised_at', 'key'],
  ],
});

const evolve = (event: Raised | Settled): FieldConflictRow | null => {
  if (event.type === 'work_order.FieldConflictSettled') return null;
  const { data, metadata, stream } = event;
  return {
    conflictId: data.conflictId,
    workOrder: stream,
    workOrderId: idOf(stream),
    ticket: metadata.correlationId,
    kind: data.kind,
    fact: data.fact,
    occurredAt: metadata.occurredAt,
    also: data.also ?? [],
    stateThen: data.stateThen,
    raisedAt: metadata.recordedAt,
    by: { id: metadata.actor.id, role: metadata.actor.role },
  };
};
