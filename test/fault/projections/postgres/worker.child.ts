import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodec, openSqliteStore, systemClock } from '@aftercare/event-store';
import { openPostgresViews, openProjections } from '@aftercare/projections';
import { eventTables } from '@aftercare/projections/testing';
import { greeter, watched } from './watched';

/** What a worker of these tests is told. */
export interface WorkerSettings {
  /** Where events.db lies, and sent.log, to which every command sent is a line. */
  readonly folder: string;
  readonly connectionString: string;
  readonly schema: string;
  readonly leaseMs: number;
  /** How far this machine's clock is off. */
  readonly clockOffsetMs: number;
}

const settings = JSON.parse(process.argv[2]!) as WorkerSettings;

// Before anything runs: whoever asks for the time by another way than the Clock gets the wrong one as well.
const real = Date.now.bind(Date);
Date.now = () => real() + settings.clockOffsetMs;

process.stdout.on('error', () => process.exit(4));
setTimeout(() => process.exit(5), 180_000).unref();

/** Stands by, works when it has the lease, and says which of the two in a line. Ends at SIGTERM. */
const main = async (): Promise<void> => {
  const { folder, connectionString, schema, leaseMs } = settings;
  const clock = systemClock();
  const store = openSqliteStore({ path: join(folder, 'events.db'), clock, readOnly: true });
  const codec = createCodec({ registry: eventTables, lineageId: store.meta.lineageId });
  const views = await openPostgresViews({ connectionString, schema, leaseMs });
  const projections = await openProjections({
    views,
    store,
    clock,
    decode: (stored) => codec.decode(stored),
    models: watched,
    processes: [greeter],
    send: async ({ commandId, stream }) => {
      appendFileSync(join(folder, 'sent.log'), `${commandId}\n`);
      return Promise.resolve({ status: 'done', stream, revision: 0, repeated: false, events: [] });
    },
    pageSize: 20,
  });
  const stopping = new AbortController();
  process.on('SIGTERM', () => stopping.abort());
  const ended = projections.run(stopping.signal);
  let was: boolean | undefined;
  const watch = setInterval(() => {
    if (projections.working() !== was) console.log((was = projections.working()) ? 'working' : 'standing by');
  }, 20);
  await ended;
  clearInterval(watch);
  await views.close();
  await store.close();
};

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(3);
});
