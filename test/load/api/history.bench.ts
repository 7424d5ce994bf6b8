import { atMost, type BenchRow } from '../bench';
import { good, startServing, type ServingProcess } from '../growth/serving-process';
import { copyOf, storedHistory, type StoredHistory } from '../growth/stored-histories';
import { manyTickets } from '../growth/stored-work';

const EVENTS = 50;
const ASKED = 400;

/**
 * history: a complaint's whole history of 50 events over HTTP while 64 writers append, its 99th percentile against that of
 * `/healthz` asked in turn with it in the same run.
 */
export const run = async (): Promise<BenchRow[]> => {
  const copy = copyOf(await storedHistory('small'));
  const server = await startServing(copy.dataDir);
  try {
    const path = `/complaints/${await complaint(server, copy)}/history`;
    const { entries } = JSON.parse(good(await server.get(path)).text) as { entries: readonly unknown[] };
    if (entries.length < EVENTS) throw new Error(`the history has ${entries.length} events only`);
    const writing = keepWriting(server, copy);
    const millis = { history: [] as number[], healthz: [] as number[] };
    for (let count = 0; count < ASKED; count += 1) {
      millis.history.push(good(await server.get(path)).millis);
      millis.healthz.push(good(await server.get('/healthz')).millis);
    }
    const appended = await writing.stop();
    process.stderr.write(`  ${appended} tickets were created meanwhile\n`);
    const medians = { ours: percentile99(millis.history), rival: percentile99(millis.healthz) };
    return [atMost(3, 'history: 50-event complaint while 64 writers append, p99 against /healthz', 'ms', medians)];
  } finally {
    await server.stop();
    copy.remove();
  }
};

const complaint = async (server: ServingProcess, { customerId }: StoredHistory): Promise<string> => {
  const registered = good(
    await server.post('/complaints', {
      customerId,
      channel: 'phone',
      complaintCategory: 'repair-delay',
      words: '约了两次都没来',
    }),
  );
  const { id } = JSON.parse(registered.text) as { id: string };
  for (let count = 0; count < EVENTS; count += 1)
    good(await server.post(`/complaints/${id}/add-note`, { note: `第${count}次跟进` }));
  return id;
};

const BATCH = 500;

const keepWriting = (server: ServingProcess, history: StoredHistory) => {
  let on = true;
  let batches = 0;
  const running = (async () => {
    while (on) {
      await manyTickets(server, history, BATCH);
      batches += 1;
    }
  })();
  return {
    stop: async () => {
      on = false;
      await running;
      return batches * BATCH;
    },
  };
};

const percentile99 = (millis: readonly number[]): number =>
  [...millis].sort((a, b) => a - b)[Math.ceil(millis.length * 0.99) - 1]!;
