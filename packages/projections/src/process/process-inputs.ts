import { later, plus, SECOND, type Instant, type ProcessInput, type RecordedEvent } from '@aftercare/domain';
import type { Clock, Position } from '@aftercare/event-store';
import { digesting, type Consumer } from '../consumer/index';
import type { OutboxEntry, ProcessStore } from './process-store';
import { reactTo, wakeIdOf, type AnyProcess, type DecidedCommand, type InstanceState } from './reaction';

/** Gives a process its inputs, one after the other, and commits what it answers. */
export class ProcessInputs {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly process: AnyProcess,
    private readonly store: ProcessStore,
    private readonly clock: Clock,
  ) {}

  /** The process as a consumer of the store's events. */
  consumer(committed: () => void): Consumer {
    return {
      name: this.process.name,
      version: this.process.version,
      types: new Set(this.process.types),
      position: () => this.store.position(),
      take: async (events, upTo) => {
        await this.#inTurn(() => this.#page(events, upTo));
        committed();
      },
    };
  }

  /** An alarm that has come; false: it was moved or taken back meanwhile. */
  wake(instance: string, at: Instant): Promise<boolean> {
    return this.#inTurn(async () => {
      const known = (await this.store.load([instance])).get(instance);
      if (known?.wakeAt !== at) return false;
      await this.#single(instance, known, { kind: 'wake', id: wakeIdOf(instance, at) });
      return true;
    });
  }

  /** A command of the process was refused by a rule. */
  refused(entry: OutboxEntry, code: string): Promise<void> {
    const { instance, command, commandId } = entry;
    return this.#inTurn(async () => {
      const known = (await this.store.load([instance])).get(instance);
      await this.#single(instance, known, { kind: 'refused', command, code, commandId }, commandId);
    });
  }

  async #page(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    const { process } = this;
    const now = this.clock.now();
    const ours = events.flatMap((event) => {
      const instance = digesting(event, () => process.instance(event));
      return instance === undefined ? [] : [{ instance, event }];
    });
    const known =
      ours.length > 0
        ? await this.store.load([...new Set(ours.map((one) => one.instance))])
        : new Map<string, InstanceState>();
    const instances = new Map<string, InstanceState>();
    const commands: (DecidedCommand & { instance: string })[] = [];
    for (const { instance, event } of ours) {
      const before = instances.get(instance) ?? known.get(instance) ?? { state: process.initial, wakeAt: undefined };
      const given = { instance, state: before.state, now };
      const reacted = digesting(event, () => reactTo(process, given, { kind: 'event', event }));
      // Most events concern a process only because others of their kind would.
      if (reacted.state !== before.state || reacted.wakeAt !== before.wakeAt) instances.set(instance, reacted);
      commands.push(...reacted.commands.map((command) => ({ ...command, instance })));
    }
    // Always with the position: an alarm in between may change what the same event would lead to.
    await this.store.commit({ instances, commands, checkpoint: upTo, now });
  }

  async #single(
    instance: string,
    known: InstanceState | undefined,
    input: ProcessInput,
    settled?: string,
  ): Promise<void> {
    const now = this.clock.now();
    const reacted = reactTo(this.process, { instance, state: known?.state, now }, input);
    // A process that asks for an alarm in the past would ring for ever: it gets it a second from now.
    const wakeAt = reacted.wakeAt === undefined ? undefined : later(reacted.wakeAt, plus(now, SECOND));
    await this.store.commit({
      instances: new Map([[instance, { state: reacted.state, wakeAt }]]),
      commands: reacted.commands.map((command) => ({ ...command, instance })),
      ...(settled === undefined ? {} : { settled }),
      now,
    });
  }

  /** Events, alarms and refusals meet in one queue: each sees the state that the one before left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
