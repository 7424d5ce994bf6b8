import { eventStoreKit } from '../../testing/event-store-kit';
import { systemClock } from '../clock/system-clock';
import { openEventStoreDb } from './esdb-store';

const connectionString = process.env['ESDB_URL'];
const clock = systemClock();

// A server of its own, a network and a disk between: slower than the stores that live in this process.
jest.setTimeout(60_000);

if (connectionString === undefined) {
  // Jest says nothing of a suite without a test that ran.
  process.stderr.write('the EventStoreDB store: skipped: no ESDB_URL\n');
  it.skip('keeps the promises of an event store (skipped: no ESDB_URL)', () => undefined);
} else
  eventStoreKit('the EventStoreDB store', async () => {
    let store = await openEventStoreDb({ connectionString, clock });
    return {
      store,
      restart: async () => {
        await store.close();
        store = await openEventStoreDb({ connectionString, clock });
        return store;
      },
      dispose: () => store.close(),
    };
  });
