import {
  isRejection,
  later,
  plus,
  MINUTE,
  type Command,
  type Decider,
  type DomainEvent,
  type Instant,
  type Recorded,
} from '@aftercare/domain/kernel';
import { createHmac } from 'node:crypto';
import type { Codec } from '../codec/codec';
import { subjectsOf } from '../codec/encode';
import { sortedJson } from '../codec/canonical-json';
import type { Clock } from '../port/clock';
import type { CommandEnvelope, CommandOutcome } from '../port/command-envelope';
import type { EventStore, Head } from '../port/event-store';
import type { SubjectKeys } from '../port/subject-keys';
import { appendForSure } from './append-for-sure';
import { loadLastEvent, loadStream, type LoadedStream } from './load-stream';
import { refused, RUNNER_REFUSALS, settledBefore } from './settled-before';

export interface RunnerParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly keys: SubjectKeys;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a use case gathers from elsewhere before it decides; `now` is the instant of the attempt. */
export interface RunOptions<State, Facts> {
  readonly facts?: (context: { readonly state: State; readonly now: Instant }) => Facts | Promise<Facts>;
  /**
   * Each event of the stream says the whole state, and nobody repeats a command once another one followed: only the last
   * event is read.
   */
  readonly lastEventSaysAll?: boolean;
}

/** After a conflict it is decided again on the new state, so many times. */
const SECOND_TRIES = 3;

/** How far the clocks of the field may go ahead of ours. */
const CLOCK_TOLERANCE = 5 * MINUTE;

/**
 * Whose key makes the digests of commands. A plain digest of a short command would let whoever holds the store guess a
 * name or a telephone number, also of a person who was forgotten (DEC-15).
 */
const DIGEST_SUBJECT = 'system-command-digests';

const EMPTY: LoadedStream = { head: 'none', events: [] };

/**
 * The one way in which a command becomes events: read, fold, decide, append (architecture §5). A command that was done
 * before gets its first result again, whatever the stream has become since; refusals are not remembered.
 */
export class DecisionRunner {
  #digestKey: Promise<Uint8Array> | undefined;

  constructor(private readonly parts: RunnerParts) {}

  async run<C extends Command, State, Event extends DomainEvent, Facts = unknown>(
    decider: Decider<C, State, Event, Facts>,
    envelope: CommandEnvelope<C>,
    options: RunOptions<State, Facts> = {},
  ): Promise<CommandOutcome> {
    const commandDigest = digestOf(envelope.command, await (this.#digestKey ??= this.#findDigestKey()));
    // A creation that gathers nothing needs no look at the stream: the append itself finds out that it exists.
    let unseen = envelope.creates === true && options.facts === undefined;
    const load = options.lastEventSaysAll ? loadLastEvent : loadStream;
    for (let attempt = 0; attempt <= SECOND_TRIES; attempt += 1) {
      const stream = unseen ? EMPTY : await load(this.parts, envelope.stream);
      unseen = false;
      const settled = settledBefore(envelope, commandDigest, stream);
      if (settled) return settled;
      const outcome = await this.#attempt(decider, envelope, { stream, commandDigest, ...options });
      if (outcome) return outcome;
    }
    return { status: 'conflict' };
  }

  async #findDigestKey(): Promise<Uint8Array> {
    try {
      const key = (await this.parts.keys.ensure([DIGEST_SUBJECT])).get(DIGEST_SUBJECT);
      if (key === undefined || key === 'erased') throw new Error(`${DIGEST_SUBJECT} has no key`);
      return key;
    } catch (error) {
      this.#digestKey = undefined;
      throw error;
    }
  }

  /** One decision on one state; undefined when somebody else was faster. */
  async #attempt<C extends Command, State, Event extends DomainEvent, Facts>(
    decider: Decider<C, State, Event, Facts>,
    envelope: CommandEnvelope<C>,
    given: RunOptions<State, Facts> & { readonly stream: LoadedStream; readonly commandDigest: string },
  ): Promise<CommandOutcome | undefined> {
    const { stream, commandDigest, facts: gather } = given;
    const { command, actor, commandId } = envelope;
    const state = (stream.events as Recorded<Event>[]).reduce((s, e) => decider.evolve(s, e), decider.initial);
    const now = this.#nowAfter(stream.head);
    const facts = (gather ? await gather({ state, now }) : undefined) as Facts;
    const decision = decider.decide(command, state, { now, actor, stream: envelope.stream, commandId, facts });
    if (isRejection(decision)) return { status: 'refused', code: decision.code, details: decision.details };
    const early = decision.find((event) => event.occurredAt !== undefined && isAhead(event.occurredAt, now));
    if (early) return refused(RUNNER_REFUSALS.occurredInFuture, { type: early.type });
    if (decision.length === 0) return nothingToDo(envelope, stream.head);
    return this.#append(decision, envelope, { head: stream.head, now, commandDigest });
  }

  async #append(
    events: readonly DomainEvent[],
    envelope: CommandEnvelope,
    onto: { readonly head: Head; readonly now: Instant; readonly commandDigest: string },
  ): Promise<CommandOutcome | undefined> {
    const { stream, commandId, actor, receivedAt } = envelope;
    const { codec, keys, store } = this.parts;
    const subjects = subjectsOf(events);
    const encoded = codec.encode(
      events,
      {
        ...onto,
        stream,
        commandId,
        actor,
        correlationId: envelope.correlationId ?? stream,
        causationId: envelope.causationId ?? commandId,
        ...(receivedAt === undefined ? {} : { receivedAt }),
      },
      subjects.length === 0 ? new Map() : await keys.ensure(subjects),
    );
    const result = await appendForSure(store, stream, encoded, onto.head);
    if (result.status === 'conflict') return undefined;
    // These ids stood there before, perhaps of another command under the same key: what was stored answers.
    if (result.status === 'repeated')
      return settledBefore(envelope, onto.commandDigest, await loadStream(this.parts, stream));
    return {
      status: 'done',
      stream,
      revision: result.revision,
      position: result.position,
      repeated: false,
      events: events.map(({ type, data }, index) => ({ type, eventId: encoded[index]!.eventId, data })),
    };
  }

  /** The clock, but never before what the stream already holds: `asOf` must always cut a prefix (architecture §4). */
  #nowAfter(head: Head): Instant {
    const now = this.parts.clock.now();
    return head === 'none' ? now : later(now, head.recordedAt);
  }
}

const digestOf = (command: Command, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update(sortedJson({ type: command.type, data: command.data }))
    .digest('hex');

const isAhead = (occurredAt: Instant, now: Instant): boolean => occurredAt > plus(now, CLOCK_TOLERANCE);

const nothingToDo = ({ stream, command }: CommandEnvelope, head: Head): CommandOutcome => {
  if (head === 'none') throw new Error(`${command.type} creates a stream and decided on no event`);
  return { status: 'done', stream, revision: head.revision, repeated: false, events: [] };
};
