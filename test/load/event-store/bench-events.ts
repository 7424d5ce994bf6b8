import type { DomainEvent } from '@aftercare/domain/kernel';
import { sha256, type EncodedEvent, type EventStore, type KeysAtHand } from '@aftercare/event-store';
import { SAMPLE_EVENTS, SampleWriter, sampleOpened } from '@aftercare/event-store/testing';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** An event of 360 bytes as plain JSON, four personal fields included. */
export const benchEvent = (n: number, customer: string): DomainEvent => {
  const { data, personal } = sampleOpened(n, customer);
  const [part] = personal!;
  const bare = { ...data, ...part!.fields, product: '' };
  const product = 'P'.repeat(360 - Buffer.byteLength(JSON.stringify(bare)));
  return { type: SAMPLE_EVENTS.Opened.type, data: { ...data, product }, personal: personal! };
};

/** What the rival stores: the same event, neither chained nor encrypted. */
export const plainJson = (event: DomainEvent): string =>
  JSON.stringify({ ...(event.data as object), ...event.personal![0]!.fields });

/** Our adapter's codec without chain and encryption: the same metadata, the payload as it is. */
export const plainEncode = (stream: string, event: DomainEvent, now: string): EncodedEvent => {
  const commandId = randomUUID();
  return {
    stream,
    revision: 0,
    eventId: randomUUID(),
    type: event.type,
    data: plainJson(event),
    metadata: JSON.stringify({
      actor: { id: 'staff-1', role: 'agent' },
      causationId: commandId,
      commandDigest: '0'.repeat(64),
      commandId,
      correlationId: stream,
      occurredAt: now,
      prev: '0'.repeat(64),
      recordedAt: now,
      schemaVersion: 1,
      hash: '0'.repeat(64),
    }),
  };
};

/** Encodes one creation as the runner does: event, keys at hand, command. */
export const encodeCreation = (
  writer: SampleWriter,
  stream: string,
  event: DomainEvent,
  keys: KeysAtHand,
): readonly EncodedEvent[] => {
  const commandId = randomUUID();
  return writer.codec.encode(
    [event],
    {
      stream,
      head: 'none',
      commandId,
      commandDigest: sha256(commandId),
      correlationId: stream,
      causationId: commandId,
      actor: { id: 'staff-1', role: 'agent' },
      now: '2026-03-01T09:00:00.000Z',
    },
    keys,
  );
};

/** Fills a store with `count` events in streams of five, as a few months of work would. */
export const fill = async (store: EventStore, count: number): Promise<void> => {
  const writer = new SampleWriter(store);
  const perStream = 5;
  for (let n = 0; n < count;) {
    const group: Promise<unknown>[] = [];
    for (let k = 0; k < 200 && n < count; k += 1, n += perStream) {
      const stream = `sample-${randomUUID()}`;
      const events = Array.from({ length: perStream }, (_, i) => benchEvent(n + i, `customer-${n}`));
      group.push(store.append(stream, writer.encode(stream, 'none', events), { expected: 'none' }));
    }
    await Promise.all(group);
  }
};

/** The same in a process of its own: whoever reads a large store did not write it a moment ago with the same memory. */
export const fillApart = (path: string, count: number): void => {
  const child = join(__dirname, 'fill.child.ts');
  execFileSync(process.execPath, [...process.execArgv, child, path, String(count)], { stdio: 'inherit' });
};
