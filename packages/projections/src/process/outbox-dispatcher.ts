import { plus, type Instant } from '@aftercare/domain';
import type { Clock, CommandEnvelope, CommandOutcome } from '@aftercare/event-store';
import { delayAfter, reasonOf, type RetryPolicy } from '../consumer/index';
import type { ProcessInputs } from './process-inputs';
import type { OutboxEntry, ProcessStore } from './process-store';

/**
 * Carries a command to its stream. Gets the envelope without `creates`: whether a command starts its stream stands in the
 * command table, which the composition knows; `dueSince` is when it was decided or could be tried again. Resolves with every
 * outcome that is known; a throw means "not known".
 */
export type SendCommand = (envelope: CommandEnvelope, dueSince: Instant) => Promise<CommandOutcome>;

/** Ten tries, about two minutes; then a person looks at it. */
export const outboxRetries: RetryPolicy = { firstDelayMs: 200, longestDelayMs: 30_000, attempts: 10 };

export interface DispatcherOptions {
  readonly process: string;
  readonly store: ProcessStore;
  readonly inputs: ProcessInputs;
  readonly send: SendCommand;
  readonly clock: Clock;
  readonly retries: RetryPolicy;
  /** Instances whose commands go out side by side. 1: a simulated run tells the same story each time. */
  readonly concurrency: number;
}

/**
 * Sends what processes decided, at least once. The command's id makes the effect happen once: the stream it goes to
 * remembers it. Commands of one instance go out in order; one that keeps failing is parked and holds back those behind it.
 */
export class OutboxDispatcher {
  constructor(private readonly options: DispatcherOptions) {}

  /** Sends everything that is due, and what becomes due meanwhile. How many were sent. */
  async drain(signal?: AbortSignal): Promise<number> {
    const { store, clock, concurrency } = this.options;
    let sent = 0;
    while (!signal?.aborted) {
      const due = await store.due(clock.now(), concurrency);
      if (due.length === 0) break;
      const arrived = await Promise.all(due.map((entry) => this.#deliver(entry)));
      // A crash before this sends them again, and their streams know them.
      await store.done(due.filter((_, index) => arrived[index]).map((entry) => entry.commandId));
      sent += due.length;
    }
    return sent;
  }

  /** True: it arrived and can be forgotten. Everything else has been noted. */
  async #deliver(entry: OutboxEntry): Promise<boolean> {
    const { inputs } = this.options;
    let outcome: CommandOutcome;
    try {
      outcome = await this.options.send(this.#envelopeOf(entry), entry.notBefore);
    } catch (error) {
      await this.#tryLater(entry, reasonOf(error));
      return false;
    }
    switch (outcome.status) {
      // A key that was used with other words: the command did arrive, before a restart changed what `now` put into it.
      case 'key-reused':
      case 'done':
        return true;
      case 'conflict':
      case 'stale':
        await this.#tryLater(entry, outcome.status);
        return false;
      case 'not-found':
        await this.#refused(entry, 'NOT_FOUND', inputs);
        return false;
      case 'refused':
        await this.#refused(entry, outcome.code, inputs);
        return false;
    }
  }

  async #refused(entry: OutboxEntry, code: string, inputs: ProcessInputs): Promise<void> {
    try {
      await inputs.refused(entry, code);
    } catch (error) {
      await this.#tryLater(entry, `refused with ${code}, and the process failed on it: ${reasonOf(error)}`);
    }
  }

  async #tryLater(entry: OutboxEntry, failure: string): Promise<void> {
    const { store, clock, retries } = this.options;
    const attempts = entry.attempts + 1;
    await store.failed(entry.commandId, {
      attempts,
      not_before: plus(clock.now(), delayAfter(attempts, retries)),
      parked: attempts >= retries.attempts ? 1 : 0,
      last_failure: failure,
    });
  }

  #envelopeOf({ command, commandId, instance, causationId }: OutboxEntry): CommandEnvelope {
    return {
      command: { type: command.type, data: command.data },
      stream: command.stream,
      commandId,
      actor: { id: this.options.process, role: 'system' },
      correlationId: instance,
      causationId,
    };
  }
}
