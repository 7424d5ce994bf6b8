import type { CommandDefinition } from './define-command';
import type { Decider } from './decider';
import type { EventDefinition, Text } from './define-event';

/** Everything the platform knows about one aggregate; `registry.ts` lists them all. */
export interface AggregateRegistration {
  /** Prefix of its streams and stored types, underscores: `work_order`. */
  readonly aggregate: string;
  /** Plural for routes, dashes: `work-orders`. */
  readonly collection: string;
  readonly label: Text;
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly commands: Readonly<Record<string, CommandDefinition>>;
  // The table holds deciders of many state types; each is only ever fed its own commands and events.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly decider: Decider<any, any, any, any>;
  /** Rejection code → what a person reads. */
  readonly messages: Readonly<Record<string, Text>>;
}

/** What event store, projections and API look types and commands up in. */
export interface Registry {
  readonly aggregates: readonly AggregateRegistration[];
  event(type: string): EventDefinition | undefined;
  command(
    type: string,
  ): { readonly definition: CommandDefinition; readonly aggregate: AggregateRegistration } | undefined;
  aggregate(name: string): AggregateRegistration | undefined;
}

/** Builds the registry; throws when two entries share a name (a bug, found at start). */
export const buildRegistry = (aggregates: readonly AggregateRegistration[]): Registry => {
  const events = new Map<string, EventDefinition>();
  const commands = new Map<string, { definition: CommandDefinition; aggregate: AggregateRegistration }>();
  const byName = new Map<string, AggregateRegistration>();
  const once = <V>(map: Map<string, V>, key: string, value: V) => {
    if (map.has(key)) throw new Error(`${key} is registered twice`);
    map.set(key, value);
  };
  for (const aggregate of aggregates) {
    once(byName, aggregate.aggregate, aggregate);
    for (const definition of Object.values(aggregate.events)) once(events, definition.type, definition);
    for (const definition of Object.values(aggregate.commands))
      once(commands, definition.type, { definition, aggregate });
  }
  return {
    aggregates,
    event: (type) => events.get(type),
    command: (type) => commands.get(type),
    aggregate: (name) => byName.get(name),
  };
};
