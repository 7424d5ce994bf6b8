import { Type, type Static, type TObject, type TProperties } from '@sinclair/typebox';
import type { DomainEvent } from './event';

/** Text in the two languages of DEC-21. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Turns the raw data of version n into that of n + 1; works on parsed JSON, never on the bytes stored. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

/** One row of the event table: type, current version, shape, personal fields, and what it says to a reader. */
export interface EventDefinition<
  Name extends string = string,
  Data extends TProperties = TProperties,
  Personal extends TProperties = TProperties,
> {
  readonly type: Name;
  readonly version: number;
  readonly says: Text;
  readonly data: TObject<Data>;
  readonly personal: TObject<Personal>;
  /** `upcasts[i]` lifts version i + 1 to i + 2; as many as version − 1. */
  readonly upcasts: readonly Upcast[];
}

interface Shape<Data extends TProperties, Personal extends TProperties> {
  readonly says: Text;
  readonly data: Data;
  /** Fields under a data subject's key; each event may carry one part per subject, all of this shape. */
  readonly personal?: Personal;
  readonly version?: number;
  readonly upcasts?: readonly Upcast[];
}

const strict = { additionalProperties: false } as const;

/** Declares an event. Keys are `[a-z][A-Za-z0-9]*`, numbers safe integers: what survives every store (architecture §4). */
export const defineEvent = <
  const Name extends string,
  Data extends TProperties,
  Personal extends TProperties = Record<never, never>,
>(
  type: Name,
  shape: Shape<Data, Personal>,
): EventDefinition<Name, Data, Personal> => ({
  type,
  version: shape.version ?? 1,
  says: shape.says,
  data: Type.Object(shape.data, strict),
  personal: Type.Object(shape.personal ?? ({} as Personal), strict),
  upcasts: shape.upcasts ?? [],
});

/** The TypeScript type of one definition. */
export type EventOf<D> =
  D extends EventDefinition<infer Name, infer Data, infer Personal>
    ? DomainEvent<Name, Static<TObject<Data>>, Static<TObject<Personal>>>
    : never;

/** The union of all events of a table `{Name: definition}`. */
export type EventsOf<Table> = { [K in keyof Table]: EventOf<Table[K]> }[keyof Table];

/** Makes an event of a definition; `personal` parts and times are given behind the data. */
export const event = <Name extends string, Data extends TProperties, Personal extends TProperties>(
  definition: EventDefinition<Name, Data, Personal>,
  data: Static<TObject<Data>>,
  rest: Pick<DomainEvent<Name, unknown, Static<TObject<Personal>>>, 'personal' | 'occurredAt' | 'receivedAt'> = {},
): DomainEvent<Name, Static<TObject<Data>>, Static<TObject<Personal>>> => ({ type: definition.type, data, ...rest });
