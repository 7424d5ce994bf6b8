import { openEventStoreDb, systemClock, verifyStore, type EventStore } from '@aftercare/event-store';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startChild } from '../../support/child';

const CHILD = join(__dirname, 'writers.child.ts');
export const WRITERS = 64;

/** What the writers counted by themselves. */
interface Summary {
  readonly acknowledged: number;
  readonly followed: number;
  readonly conflicts: number;
  readonly doubled: number;
  readonly disordered: number;
}

/** Where writers work, and where is looked afterwards. */
export interface Work {
  /** Connection string of the writers. */
  readonly url: string;
  /** Another way to the same server, where theirs may be in trouble. */
  readonly checkAt?: string;
  /** Per event; 100. */
  readonly characters?: number;
}

/** Lets writers and a subscriber work while `trouble` happens; then nothing may be lost, doubled or out of order. */
export const writersThrough = async (
  { url, checkAt = url, characters = 100 }: Work,
  trouble: () => Promise<void>,
): Promise<void> => {
  const child = startChild(CHILD, [url, String(WRITERS), String(characters)]);
  await child.said(1);
  await setTimeout(3_000);
  await trouble();
  const until = child.lines.length;
  await setTimeout(3_000);
  child.process.kill('SIGTERM');
  const code = await child.ended;
  if (code !== 0) throw new Error(`the writers ended with ${code}: ${child.errors()}`);
  const summary = JSON.parse(child.lines.at(-1)!) as Summary;
  process.stderr.write(`${expect.getState().currentTestName ?? ''}: ${JSON.stringify(summary)}\n`);
  const acknowledged = child.lines.filter((line) => line.startsWith('ack '));
  const start = child.lines[0]!.split(' ')[1];
  const store = await openEventStoreDb({ connectionString: checkAt, clock: systemClock() });
  try {
    await nothingLost(store, acknowledged, { start, followed: summary.followed });
  } finally {
    await store.close();
  }
  expect(summary).toMatchObject({ conflicts: 0, doubled: 0, disordered: 0 });
  expect(summary.acknowledged).toBe(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(WRITERS);
  // They went on by themselves.
  expect(child.lines.length).toBeGreaterThan(until + 10);
};

const nothingLost = async (
  store: EventStore,
  acknowledged: readonly string[],
  { start, followed }: { readonly start: string | undefined; readonly followed: number },
): Promise<void> => {
  expect(await verifyStore(store)).toMatchObject({ ok: true });
  const there = new Map<string, number>();
  let written = 0;
  for (let after = start === '' ? undefined : start; ;) {
    const page = await store.readAll({ limit: 2_000, ...(after === undefined ? {} : { after }) });
    for (const { stream, revision } of page.events) there.set(stream, revision);
    written += page.events.length;
    after = page.upTo;
    if (page.end) break;
  }
  const lost = acknowledged.filter((line) => {
    const [, stream, revision] = line.split(' ');
    return (there.get(stream!) ?? -1) < Number(revision);
  });
  expect(lost).toEqual([]);
  expect(followed).toBe(written);
};
