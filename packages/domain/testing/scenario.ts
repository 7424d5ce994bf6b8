import assert from 'node:assert/strict';
import {
  fold,
  isRejection,
  MINUTE,
  plus,
  problemsIn,
  type Actor,
  type AggregateRegistration,
  type Command,
  type Decision,
  type DomainEvent,
  type Instant,
  type RecordedEvent,
} from '../src/kernel/index';
import { recordedStory, START, type Told } from './recorded';

/** What a scenario of one aggregate takes for granted until a spec says otherwise. */
export interface Defaults<Facts> {
  readonly stream: string;
  readonly facts: Facts;
  readonly actor: Actor;
  readonly commandId?: string;
}

/** given some past … */
export interface Given<Facts> {
  /** The time of the decision; without it one minute after the last event. */
  at(now: Instant): Given<Facts>;
  by(actor: Actor): Given<Facts>;
  knowing(facts: Partial<Facts>): Given<Facts>;
  /** … when a command is decided … */
  when(command: Command): Then;
}

/** … then exactly this comes out. */
export interface Then {
  /** Exactly these events, in this order: type, data, personal parts and times. Each fits its schema. */
  then(...events: readonly DomainEvent[]): void;
  thenNothing(): void;
  /** A refusal with this code, which has a text for people. */
  thenRefused(code: string, details?: Readonly<Record<string, unknown>>): void;
  /** The types that come out, for specs about order and completeness. */
  thenTypes(...types: readonly string[]): void;
  /** What was decided, to look at one event of several. */
  readonly decided: Decision<DomainEvent>;
}

/**
 * A kit for one aggregate: `given(...past).at(now).by(actor).when(command).then(...events)`. The command has to fit its
 * schema and be open to the actor's role, the events have to fit theirs: a spec can't tell what the platform refuses.
 */
export const scenarioOf = <Facts>(aggregate: AggregateRegistration, defaults: Defaults<Facts>) => {
  const story = (
    past: readonly RecordedEvent[],
    now: Instant,
    { actor, facts, ...rest }: Defaults<Facts>,
  ): Given<Facts> => ({
    at: (instant) => story(past, instant, { actor, facts, ...rest }),
    by: (other) => story(past, now, { actor: other, facts, ...rest }),
    knowing: (more) => story(past, now, { actor, facts: { ...facts, ...more }, ...rest }),
    when: (command) => {
      const { stream, commandId = 'c0ffee00-0000-4000-8000-000000000001' } = rest;
      mayBeSent(aggregate, command, actor);
      const state: unknown = fold(aggregate.decider, past);
      const decided = aggregate.decider.decide(command, state, {
        now,
        actor,
        stream,
        commandId,
        facts,
      }) as Decision<DomainEvent>;
      return outcome(aggregate, decided);
    },
  });
  return (...past: (DomainEvent | Told)[]): Given<Facts> => {
    for (const item of past) fits(aggregate, 'told' in item ? item.told : item);
    const recorded = recordedStory(defaults.stream, past);
    const last = recorded[recorded.length - 1]?.metadata.recordedAt;
    return story(recorded, last === undefined ? START : plus(last, MINUTE), defaults);
  };
};

const outcome = (aggregate: AggregateRegistration, decided: Decision<DomainEvent>): Then => {
  const events = (): readonly DomainEvent[] => {
    if (isRejection(decided)) assert.fail(`refused with ${decided.code} ${JSON.stringify(decided.details)}`);
    for (const event of decided) fits(aggregate, event);
    return decided;
  };
  return {
    decided,
    then: (...expected) => {
      for (const event of expected) fits(aggregate, event);
      assert.deepStrictEqual(events().map(plain), expected.map(plain));
    },
    thenNothing: () => assert.deepStrictEqual(events().map(plain), []),
    thenTypes: (...types) =>
      assert.deepStrictEqual(
        events().map(({ type }) => type),
        types,
      ),
    thenRefused: (code, details) => {
      if (!isRejection(decided))
        assert.fail(`not refused: ${decided.map(({ type }) => type).join(', ') || 'no events'}`);
      assert.equal(decided.code, code);
      assert.ok(aggregate.messages[code], `${code} has no text`);
      if (details) assert.deepStrictEqual(decided.details, details);
    },
  };
};

/** Without prototypes and undefined members: what would be stored. */
const plain = ({ type, data, personal, occurredAt, receivedAt }: DomainEvent): unknown =>
  JSON.parse(JSON.stringify({ type, data, personal: personal ?? [], occurredAt, receivedAt }));

/** Fails when an event isn't one of the aggregate or doesn't have its shape. */
export const fits = (aggregate: AggregateRegistration, { type, data, personal = [] }: DomainEvent): void => {
  const definition = Object.values(aggregate.events).find((known) => known.type === type);
  assert.ok(definition, `${type} is no event of ${aggregate.aggregate}`);
  assert.deepStrictEqual(problemsIn(definition.data, data), [], `data of ${type}`);
  for (const { fields } of personal)
    assert.deepStrictEqual(problemsIn(definition.personal, fields), [], `personal part of ${type}`);
};

const mayBeSent = (aggregate: AggregateRegistration, { type, data }: Command, actor: Actor): void => {
  const definition = Object.values(aggregate.commands).find((known) => known.type === type);
  assert.ok(definition, `${type} is no command of ${aggregate.aggregate}`);
  assert.ok(definition.roles.includes(actor.role), `${actor.role} may not send ${type}`);
  assert.deepStrictEqual(problemsIn(definition.data, data), [], `data of ${type}`);
};
