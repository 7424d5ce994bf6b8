import { atMost, median, type BenchRow } from '../bench';
import { good, startServing } from './serving-process';
import { copyOf, forgetHistory, forgetPages, storedHistory, type StoredHistory } from './stored-histories';
import { oneTicket, onePage } from './stored-work';

const ROUNDS = 11;
/** What the rounds append stays in the cached store; beyond this it is no store of 1,000,000 events any more. */
const MOST_EVENTS = 1_020_000;

/** Milliseconds since the process was started. */
interface Reached {
  readonly readyz: number;
  readonly command: number;
  readonly page: number;
  /** Events in the store afterwards. */
  readonly events: number;
}

/**
 * ready: from the start of the process until readyz says ok, a first command is acknowledged and a queue page is as new as
 * that command, * 1,000,000 events against a store that was set up and has nothing but a customer. The built server, a new process each
 * time. A round appends one ticket: too little to copy the large store for.
 */
export const run = async (): Promise<BenchRow[]> => {
  const large = await storedHistory('large');
  const empty = await storedHistory('empty');
  const onEmpty = async (before: (copy: StoredHistory) => unknown = () => undefined): Promise<Reached> => {
    const copy = copyOf(empty);
    try {
      before(copy);
      return await reach(copy);
    } finally {
      copy.remove();
    }
  };
  // The first start after a build reads the program itself from the disk.
  await onEmpty();
  const figures = { large: [] as Reached[], empty: [] as Reached[] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of round % 2 === 0 ? (['large', 'empty'] as const) : (['empty', 'large'] as const))
      figures[side].push(await (side === 'large' ? reach(large) : onEmpty()));
  const forgotten = forgetPages(large);
  const cold = { large: await reach(large), empty: await onEmpty(forgetPages) };
  for (const name of ['readyz', 'command', 'page'] as const)
    process.stderr.write(
      `  until ${name}, ms: ${list(figures.large, name)} against ${list(figures.empty, name)}` +
        (forgotten
          ? ` (files not in memory: ${cold.large[name].toFixed(0)} against ${cold.empty[name].toFixed(0)})\n`
          : '\n'),
    );
  if (cold.large.events > MOST_EVENTS) forgetHistory(large);
  return [
    atMost(1.3, 'ready: readyz, first command, first fresh queue page, 1,000,000 events against empty', 'ms', {
      ours: median(figures.large.map(({ page }) => page)),
      rival: median(figures.empty.map(({ page }) => page)),
    }),
  ];
};

const list = (figures: readonly Reached[], name: keyof Reached): string =>
  figures.map((each) => each[name].toFixed(0)).join(' ');

/** Starts a process on the store, does the first things and ends it. */
const reach = async (history: StoredHistory): Promise<Reached> => {
  const server = await startServing(history.dataDir);
  const since = () => performance.now() - server.startedAt;
  try {
    good(await server.get('/readyz'));
    const readyz = since();
    const { headers } = await oneTicket(server, history, 0);
    const command = since();
    const position = String(headers['aftercare-position']);
    // Stale: the read model needed more than the two seconds that an answer waits; somebody would ask again.
    while ((await onePage(server, undefined, position)).headers['aftercare-stale'] !== undefined);
    return { readyz, command, page: since(), events: Number(position.slice(-20)) };
  } finally {
    await server.stop();
  }
};
