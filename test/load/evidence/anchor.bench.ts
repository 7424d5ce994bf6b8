import { hash } from 'node:crypto';
import { join } from 'node:path';
import { Anchors, keyInMemory, leafText, openSqliteStore, systemClock, type StreamHead } from '@aftercare/event-store';
import { newStream, sampleNoted, SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import { atMost, median, type BenchRow } from '../bench';
import { cpuMillis, LongestTurn } from './cpu';

const STREAMS = 100_000;
const GROUP = 500;
const ROUNDS = 9;

/** An anchor over many moved streams, the log followed before as the worker does, against one SHA-256 per head. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const clock = systemClock();
  const store = openSqliteStore({ path: join(folder.path, 'events.db'), clock });
  try {
    const heads = await filled(store);
    const turns = new LongestTurn();
    const ours: number[] = [];
    const rival: number[] = [];
    const following: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // For a process that anchors for the first time everything has moved.
      const anchors = new Anchors({ store: keepingNoAnchor(store), clock, key: keyInMemory() });
      global.gc?.();
      turns.start();
      following.push(await cpuMillis(() => anchors.follow()));
      ours.push(await cpuMillis(() => anchors.take()));
      turns.stop();
      rival.push(await cpuMillis(() => hashed(heads)));
    }
    process.stderr.write(
      `  reading the ${STREAMS} events before it, in pages: ${Math.round(median(following))} ms of CPU; ` +
        `longest turn by the clock on the wall: ${Math.round(turns.longestWall)} ms\n`,
    );
    return [
      atMost(3, `anchor over ${STREAMS} moved streams, against one SHA-256 per head`, 'ms of CPU', {
        ours: median(ours),
        rival: median(rival),
      }),
      atMost(1, 'longest turn of the loop while following and anchoring, against 50 ms', 'ms of CPU', {
        ours: turns.longest,
        rival: 50,
      }),
    ];
  } finally {
    await store.close();
    folder.remove();
  }
}

const filled = async (store: ReturnType<typeof openSqliteStore>): Promise<StreamHead[]> => {
  const writer = new SampleWriter(store);
  const heads: StreamHead[] = [];
  while (heads.length < STREAMS)
    await Promise.all(
      Array.from({ length: GROUP }, async () => {
        const stream = newStream();
        const encoded = writer.encode(stream, 'none', [sampleNoted()]);
        heads.push({ stream, revision: 0, hash: encoded[0]!.metadata.slice(-66, -2) });
        await store.append(stream, encoded, { expected: 'none' });
      }),
    );
  return heads;
};

/** The same store, which forgets every anchor: each round is the first one. */
const keepingNoAnchor = (
  store: ReturnType<typeof openSqliteStore>,
): ConstructorParameters<typeof Anchors>[0]['store'] => ({
  meta: store.meta,
  read: () => Promise.resolve({ events: [], head: 'none' }),
  readAll: (options) => store.readAll(options),
  append: (_, events) => Promise.resolve({ status: 'appended', revision: events.at(-1)!.revision, position: 'none' }),
});

const hashed = (heads: readonly StreamHead[]): void => {
  for (const head of heads) hash('sha256', `\x00${leafText(head)}`, 'hex');
};
