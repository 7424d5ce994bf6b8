import { type Static, type TObject, type TProperties } from '@sinclair/typebox';
import {
  event,
  type Command,
  type CommandDefinition,
  type DomainEvent,
  type EventDefinition,
} from '../src/kernel/index';

/** A function that makes events of one definition from defaults: `const rejected = eventBuilder(ticketEvents.ResolutionRejected, {…})`. */
export const eventBuilder =
  <Name extends string, Data extends TProperties, Personal extends TProperties>(
    definition: EventDefinition<Name, Data, Personal>,
    defaults: Static<TObject<Data>>,
  ) =>
  (
    data: Partial<Static<TObject<Data>>> = {},
    rest: Pick<DomainEvent<Name, unknown, Static<TObject<Personal>>>, 'personal' | 'occurredAt' | 'receivedAt'> = {},
  ): DomainEvent<Name, Static<TObject<Data>>, Static<TObject<Personal>>> =>
    event(definition, { ...defaults, ...data } as Static<TObject<Data>>, rest);

/** The personal part of what somebody wrote to justify an act. */
export const because = (subject: string, reason: string) => ({ personal: [{ subject, fields: { reason } }] });

/** A function that makes commands of one definition, from its documented example. */
export const commandBuilder =
  <Name extends string, Data extends TProperties>(definition: CommandDefinition<Name, Data>) =>
  (data: Partial<Static<TObject<Data>>> = {}): Command<Name, Static<TObject<Data>>> => ({
    type: definition.type,
    data: { ...definition.example, ...data },
  });
