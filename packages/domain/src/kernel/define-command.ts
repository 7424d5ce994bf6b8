import { Type, type Static, type TObject, type TProperties } from '@sinclair/typebox';
import type { Role } from './actor';
import type { Command } from './decider';
import type { Text } from './define-event';

/**
 * One row of the command table. The edge, the role check, the documentation and the OpenAPI page all read it.
 * - `creates`: starts a stream whose id is uuidv5(commandId); an Idempotency-Key is required.
 * - `seen-state`: decided on what the actor looked at, If-Match required. `intent`: decided on the live state, an
 *   Idempotency-Key required (architecture §5).
 */
export interface CommandDefinition<Name extends string = string, Data extends TProperties = TProperties> {
  readonly type: Name;
  readonly kind: 'creates' | 'seen-state' | 'intent';
  readonly roles: readonly Role[];
  readonly says: Text;
  /** Body of the request: all of it is validated, unknown fields are refused. */
  readonly data: TObject<Data>;
  /** An example body for the API page, valid against `data`. */
  readonly example: Static<TObject<Data>>;
  /** True: no route; only process managers and the system send it. */
  readonly internal: boolean;
}

interface Shape<Data extends TProperties> {
  readonly kind: CommandDefinition['kind'];
  readonly roles: readonly Role[];
  readonly says: Text;
  readonly data: Data;
  readonly example: Static<TObject<Data>>;
  readonly internal?: boolean;
}

/** Declares a command. */
export const defineCommand = <const Name extends string, Data extends TProperties>(
  type: Name,
  shape: Shape<Data>,
): CommandDefinition<Name, Data> => ({
  type,
  kind: shape.kind,
  roles: shape.roles,
  says: shape.says,
  data: Type.Object(shape.data, { additionalProperties: false }),
  example: shape.example,
  internal: shape.internal ?? false,
});

export type CommandOf<D> =
  D extends CommandDefinition<infer Name, infer Data> ? Command<Name, Static<TObject<Data>>> : never;

/** The union of all commands of a table `{Name: definition}`. */
export type CommandsOf<Table> = { [K in keyof Table]: CommandOf<Table[K]> }[keyof Table];
