import type { Instant, ProcessCommand, ProcessInput, ProcessManager } from '@aftercare/domain';
import { uuidv5 } from '@aftercare/event-store';

/** What is kept of one instance between its inputs. */
export interface InstanceState {
  readonly state: unknown;
  readonly wakeAt: Instant | undefined;
}

/** A command that a reaction decided on, under the id it will always have. */
export interface DecidedCommand {
  readonly commandId: string;
  readonly command: ProcessCommand;
  /** Id of the input that caused it. */
  readonly causationId: string;
}

export interface Reacted extends InstanceState {
  readonly commands: readonly DecidedCommand[];
}

/** A process of any state: each is only ever given its own. */
export type AnyProcess = ProcessManager<unknown>;

/** What names an input: the same input always leads to the same command ids, so that a repeated reaction does nothing twice. */
export const inputIdOf = (input: ProcessInput): string => {
  switch (input.kind) {
    case 'event':
      return input.event.eventId;
    case 'wake':
      return input.id;
    case 'refused':
      return `refused:${input.commandId}`;
  }
};

/** Name of an alarm: one instance has one at a time. */
export const wakeIdOf = (instance: string, at: Instant): string => `wake:${instance}:${at}`;

/** Gives one input to one instance. Pure but for what `now` says. */
export const reactTo = (
  process: AnyProcess,
  given: { readonly instance: string; readonly state: unknown; readonly now: Instant },
  input: ProcessInput,
): Reacted => {
  const { instance, state, now } = given;
  const inputId = inputIdOf(input);
  const idOf = (name: string | number) => uuidv5([process.name, instance, inputId, name].join('\n'));
  const reaction = process.react(state ?? process.initial, input, {
    now,
    instance,
    uuid: (name) => idOf(`uuid:${name}`),
  });
  return {
    state: reaction.state,
    wakeAt: reaction.nextWakeAt,
    commands: reaction.commands.map((command, index) => ({
      commandId: idOf(index),
      command,
      causationId: input.kind === 'event' ? inputId : uuidv5(inputId),
    })),
  };
};
