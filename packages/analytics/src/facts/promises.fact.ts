import { type Recorded, type RecordedEvent } from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { column, commonColumns, dateTime, FACTS_VERSION, monthOf, tableOf, traceOf } from './fact';
import { type Fact, type FactFold } from './fact';
import { localDateOf } from './local-date';
import {
  PROMISE_EVENTS,
  promiseStepsOf,
  type PromiseKind,
  type PromiseStep,
  type PromisingEvent,
} from './promise-rules';

/** One promise. A promise moved before it was due is the same one with another day; moved later, it is a new one. */
interface PromiseState {
  readonly kind: PromiseKind;
  readonly id: string;
  readonly dueBy: string;
  readonly givenAt: string;
  readonly moved: number;
  readonly how: '' | 'kept' | 'void' | 'replaced';
  readonly endedAt: string;
  readonly trace: readonly string[];
}

interface PromisesState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly version: number;
  readonly zone: string;
  readonly region: string;
  readonly promises: readonly PromiseState[];
}

const OPENING = [
  'ticket.TicketRegistered',
  'ticket.TicketSubmitted',
  'complaint.ComplaintRegistered',
  'work_order.WorkOrderPlanned',
] as const satisfies readonly PromisingEvent['type'][];

const isOpening = (event: PromisingEvent): event is Extract<PromisingEvent, { type: (typeof OPENING)[number] }> =>
  OPENING.some((type) => type === event.type);

const promiseFold: Projector<PromisesState> = {
  name: 'analytics_promises',
  version: FACTS_VERSION,
  types: [...new Set<string>([...OPENING, ...PROMISE_EVENTS])],
  key: (event: RecordedEvent) => event.stream,
  evolve: (state, recorded) => {
    const event = recorded as Recorded<never> as PromisingEvent;
    const known = isOpening(event) ? opened(event) : state;
    if (!known) return null;
    const promises = promiseStepsOf(event).reduce(
      (all, step) => (step.does === 'gives' ? given(all, event, step) : ended(all, event, step)),
      known.promises,
    );
    return { ...known, version: event.revision, promises };
  },
};

const opened = ({
  stream,
  revision,
  data,
}: Extract<PromisingEvent, { type: (typeof OPENING)[number] }>): PromisesState => ({
  stream,
  version: revision,
  zone: data.zone,
  region: data.region ?? '',
  promises: [],
});

type Promises = readonly PromiseState[];

const given = (promises: Promises, event: PromisingEvent, { kind, id, at: dueBy }: PromiseStep): Promises => {
  const now = event.metadata.recordedAt;
  const trace = traceOf(event);
  const open = promises.find((one) => one.kind === kind && one.id === id && one.how === '');
  if (open && now <= open.dueBy)
    return promises.map((one) =>
      one === open ? { ...one, dueBy, moved: one.moved + 1, trace: [...one.trace, trace] } : one,
    );
  const left = promises.map((one) =>
    one === open ? { ...one, how: 'replaced' as const, endedAt: now, trace: [...one.trace, trace] } : one,
  );
  return [...left, { kind, id, dueBy, givenAt: now, moved: 0, how: '', endedAt: '', trace: [trace] }];
};

/** Once its day has passed a promise can still be kept late, but not be made void any more. */
const ended = (promises: Promises, event: PromisingEvent, { kind, id, does, at }: PromiseStep): Promises =>
  promises.map((one) => {
    if (one.how !== '' || one.kind !== kind || (id !== '*' && one.id !== id)) return one;
    if (does === 'ends' && at > one.dueBy) return one;
    return { ...one, how: does === 'keeps' ? 'kept' : 'void', endedAt: at, trace: [...one.trace, traceOf(event)] };
  });

/** `ticket`, `work_order` or `complaint`. */
const matterOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** One row per promise: who was promised what stays in the log, here is only when it was due and kept. */
const promises: Fact<PromisesState> = {
  name: 'promises',
  table: tableOf('promises'),
  key: ['stream', 'promise'],
  columns: {
    ...commonColumns,
    promise: column.count,
    matter: column.word,
    kind: column.word,
    zone: column.word,
    region: column.word,
    givenAt: column.at,
    moved: column.count,
    dueAt: column.at,
    dueOn: column.day,
    how: column.word,
    endedAt: column.maybeAt,
    trace: column.trace,
  },
  rows: (state) =>
    state.promises.map((promise, index) => ({
      stream: state.stream,
      version: state.version,
      month: monthOf(promise.givenAt),
      promise: index,
      matter: matterOf(state.stream),
      kind: promise.kind,
      zone: state.zone,
      region: state.region,
      givenAt: dateTime(promise.givenAt),
      moved: promise.moved,
      dueAt: dateTime(promise.dueBy),
      dueOn: localDateOf(promise.dueBy, state.zone),
      how: promise.how,
      endedAt: dateTime(promise.endedAt || undefined),
      trace: promise.trace,
    })),
};

export const promiseFacts: FactFold<PromisesState> = { projector: promiseFold, facts: [promises] };
