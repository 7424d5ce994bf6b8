import type { Actor } from './actor';
import type { DomainEvent, Recorded } from './event';
import type { Instant } from './instant';
import type { Rejection } from './rejection';

/** A wish to change one stream. `type` is `<aggregate>.<Command>`, `data` as its definition says. */
export interface Command<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** Everything a decision may use besides its stream. Facts are advisory and get recorded in the event (architecture §3). */
export interface DecisionContext<Facts = unknown> {
  readonly now: Instant;
  readonly actor: Actor;
  /** Name of the stream that is decided on, `ticket-<uuid>`: known also before its first event. */
  readonly stream: string;
  /** Id of the command; deterministic ids inside events are derived from it. */
  readonly commandId: string;
  readonly facts: Facts;
}

export type Decision<Event> = readonly Event[] | Rejection;

/**
 * The rules of one aggregate. `evolve` is total and validates nothing; `decide` returns events (none: nothing to do) or a
 * Rejection. Neither reads a clock, chance or anything outside its arguments. Personal parts are never read: erasing a
 * person must not change what a stream decides.
 */
export interface Decider<C extends Command, State, Event extends DomainEvent, Facts = unknown> {
  readonly aggregate: string;
  readonly initial: State;
  evolve(state: State, event: Recorded<Event>): State;
  decide(command: C, state: State, context: DecisionContext<Facts>): Decision<Event>;
}

/** One use case: what `decide` does for one command. */
export type Decide<C extends Command, State, Event extends DomainEvent, Facts = unknown> = (
  command: C,
  state: State,
  context: DecisionContext<Facts>,
) => Decision<Event>;

/** Folds recorded events into the state. */
export const fold = <State, Event extends DomainEvent>(
  decider: Pick<Decider<never, State, Event, never>, 'initial' | 'evolve'>,
  events: readonly Recorded<Event>[],
  from: State = decider.initial,
): State => events.reduce((state, event) => decider.evolve(state, event), from);
