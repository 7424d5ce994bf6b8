import type { DomainEvent } from '@aftercare/domain/kernel';
import { randomUUID } from 'node:crypto';
import {
  createCodec,
  sha256,
  subjectsOf,
  type AppendResult,
  type Codec,
  type EncodedEvent,
  type EventStore,
  type Head,
  type StoredEvent,
} from '../src/index';
import { sampleRegistry } from './sample';

/** One key for all sample subjects: what is tested here is the store, not the keys. */
export const SAMPLE_KEY = Buffer.alloc(32, 7);

/** Encodes samples onto a head and appends them, as a runner would. */
export class SampleWriter {
  readonly codec: Codec;

  constructor(
    readonly store: EventStore,
    private readonly now = '2026-03-01T09:00:00.000Z',
  ) {
    this.codec = createCodec({ registry: sampleRegistry, lineageId: store.meta.lineageId });
  }

  encode(
    stream: string,
    head: Head,
    events: readonly DomainEvent[],
    commandId: string = randomUUID(),
  ): readonly EncodedEvent[] {
    return this.codec.encode(
      events,
      {
        stream,
        head,
        commandId,
        commandDigest: sha256(commandId),
        correlationId: stream,
        causationId: commandId,
        actor: { id: 'staff-1', role: 'agent' },
        now: this.now,
      },
      new Map(subjectsOf(events).map((subject) => [subject, SAMPLE_KEY])),
    );
  }

  /** Appends onto what the stream holds now. */
  async write(stream: string, events: readonly DomainEvent[], commandId?: string): Promise<AppendResult> {
    const { head } = await this.store.read(stream, { limit: 1 });
    return this.store.append(stream, this.encode(stream, head, events, commandId), { expected: head });
  }
}

/** The head that stands after encoded events, for appends that are sent before the first was answered. */
export const headOf = (events: readonly EncodedEvent[]): Head => {
  const last = events.at(-1)!;
  const { hash, recordedAt } = JSON.parse(last.metadata) as { hash: string; recordedAt: string };
  return { revision: last.revision, hash, recordedAt };
};

/** Without what the store adds: what was handed to it. */
export const bytesOf = ({ position: _, storedAt: __, ...event }: StoredEvent): EncodedEvent => event;

export const newStream = (): string => `sample-${randomUUID()}`;
