import { atMost, median, type BenchRow } from '../bench';
import { startServing, type ServingProcess } from './serving-process';
import { copyOf, forgetPages, storedHistory, type StoredHistory } from './stored-histories';
import { manyTickets, oneNote, onePage, oneTicket, untilQuiet } from './stored-work';

const ROUNDS = 3;
const WARM_UP = 96;
/** Of each side in a round; between two turns the other side has its turn. */
const TURNS = { many: 4, single: 6, page: 6, note: 6 } as const;
const PER_TURN = { many: 128, single: 6, page: 8, note: 12 } as const;

/** What is measured, in the order in which a round does it: what leaves more work behind comes later. */
type Name = keyof typeof PER_TURN;
const NAMES: readonly Name[] = ['page', 'note', 'single', 'many'];
const LABELS: Readonly<Record<Name, string>> = {
  many: 'append: create ticket, 64 concurrent',
  single: 'append: create ticket, one at a time',
  page: 'queue page: first 50 of a filtered list',
  note: 'next command on a short ticket',
};

/** A store with its server, and how far through its open tickets the notes are. */
interface Side {
  readonly history: StoredHistory;
  readonly server: ServingProcess;
  note: number;
}
type Figures = Readonly<Record<Name, number[]>>;
const noFigures = (): Figures => ({ many: [], single: [], page: [], note: [] });

/**
 * growth: 1,000,000 stored events against 10,000, each in a server process of its own and on copies. The two take turns
 * many times a second, so that a busy moment of the machine hits both. The small store is copied anew for each round, so
 * that it stays small: what a round writes makes at most 17,000 events of it.
 */
export const run = async (): Promise<BenchRow[]> => {
  const large = copyOf(await storedHistory('large'));
  const small = await storedHistory('small');
  const warm = { large: noFigures(), small: noFigures() };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const copy = copyOf(small);
      await oneRound(large, copy, { round, warm }).finally(() => copy.remove());
      process.stderr.write(`  round ${round + 1} of ${ROUNDS} is done\n`);
    }
    const copy = copyOf(small);
    const cold = { large: await firstFigures(large), small: await firstFigures(copy).finally(() => copy.remove()) };
    return NAMES.map((name) => {
      const medians = { ours: median(warm.large[name]), rival: median(warm.small[name]) };
      const [first, other] = [median(cold.large[name]), median(cold.small[name])];
      process.stderr.write(
        `  ${LABELS[name]}: warm ${medians.ours.toFixed(2)} ms against ${medians.rival.toFixed(2)}, ` +
          `cold ${first.toFixed(1)} against ${other.toFixed(1)}\n`,
      );
      return atMost(1.7, `growth: ${LABELS[name]}, 1,000,000 events against 10,000`, 'ms', medians);
    });
  } finally {
    large.remove();
  }
};

/** Fresh processes on both, warmed up, then turns. */
const oneRound = async (
  large: StoredHistory,
  small: StoredHistory,
  { round, warm }: { readonly round: number; readonly warm: { readonly large: Figures; readonly small: Figures } },
): Promise<void> => {
  const sides: { readonly large: Side; readonly small: Side } = {
    large: { history: large, server: await startServing(large.dataDir), note: round * 1_000 },
    small: { history: small, server: await startServing(small.dataDir), note: 0 },
  };
  try {
    for (const side of [sides.large, sides.small]) await warmUp(side);
    for (const name of NAMES)
      for (let turn = 0; turn < TURNS[name]; turn += 1)
        for (const which of turn % 2 === 0 ? (['large', 'small'] as const) : (['small', 'large'] as const)) {
          warm[which][name].push(...(await oneTurn(name, sides[which])));
          // What the turn left to read models must not run during the other's turn.
          await untilQuiet(sides[which].server);
        }
  } finally {
    for (const { server } of [sides.large, sides.small]) await server.stop();
  }
};

const warmUp = async (side: Side): Promise<void> => {
  await manyTickets(side.server, side.history, WARM_UP);
  for (let n = 0; n < WARM_UP; n += 1) {
    await nextNote(side);
    await onePage(side.server);
  }
  await untilQuiet(side.server);
};

/** Milliseconds of each request, or of each ticket on average where 64 were under way. */
const oneTurn = async (name: Name, side: Side): Promise<readonly number[]> => {
  const { server, history } = side;
  if (name === 'many') return [await manyTickets(server, history, PER_TURN.many)];
  const figures: number[] = [];
  for (let n = 0; n < PER_TURN[name]; n += 1)
    figures.push(
      name === 'page'
        ? (await onePage(server)).millis
        : name === 'note'
          ? (await nextNote(side)).millis
          : (await oneTicket(server, history, n)).millis,
    );
  return figures;
};

/** Each on another ticket, from all of the store's months: a note makes its stream longer. */
const nextNote = (side: Side) => oneNote(side.server, side.history, 101 * side.note++);

/** The very first of each after a start, the files read from the disk. */
const firstFigures = async (history: StoredHistory): Promise<Figures> => {
  if (!forgetPages(history)) process.stderr.write('  cold means here: a new process, files perhaps still in memory\n');
  const server = await startServing(history.dataDir);
  try {
    const page = [(await onePage(server)).millis];
    const note = [(await oneNote(server, history, history.openTickets.length >> 1)).millis];
    const single = [(await oneTicket(server, history, 1)).millis];
    return { page, note, single, many: [await manyTickets(server, history, 64)] };
  } finally {
    await server.stop();
  }
};
