import { openSqliteStore, systemClock } from '@aftercare/event-store';
import { fill } from './bench-events';

/** Fills the store at argv[2] with argv[3] events. */
const [, , path, count] = process.argv;

const main = async (): Promise<void> => {
  const store = openSqliteStore({ path: path!, clock: systemClock() });
  await fill(store, Number(count));
  await store.close();
};

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(3);
});
