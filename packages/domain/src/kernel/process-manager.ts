import type { RecordedEvent } from './event';
import type { Command } from './decider';
import type { Instant } from './instant';

/** A command that a process sends to a stream (existing, or to be created under exactly this name). */
export interface ProcessCommand extends Command {
  readonly stream: string;
}

/** What a process reacts to: an event of its matter, its alarm, or the refusal of a command it sent. */
export type ProcessInput =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'wake'; readonly id: string }
  | { readonly kind: 'refused'; readonly command: ProcessCommand; readonly code: string; readonly commandId: string };

export interface Reaction<State> {
  readonly state: State;
  readonly commands: readonly ProcessCommand[];
  /** The next alarm; absent: none. It replaces the one set before. */
  readonly nextWakeAt?: Instant;
}

/**
 * A process manager: turns events of one stream into commands for another, and waits. Pure. The runtime gives each
 * instance its inputs in order, stores state, commands and alarm in one transaction, and sends each command at least
 * once under an id of its own, so that its effect happens once (architecture §7). A wake is only a hint: the process
 * looks at its state, and the live decider may still refuse.
 */
export interface ProcessManager<State> {
  readonly name: string;
  readonly version: number;
  readonly types: readonly string[];
  /** The instance an event belongs to: usually `event.metadata.correlationId`; undefined: not ours. */
  instance(event: RecordedEvent): string | undefined;
  readonly initial: State;
  react(
    state: State,
    input: ProcessInput,
    context: { readonly now: Instant; readonly instance: string; uuid(name: string): string },
  ): Reaction<State>;
}
