import { copyStore, openEventStoreDb, openSqliteStore, systemClock, type MovableStore } from '@aftercare/event-store';

/** `copier.child.ts <file of the source> <file of the target, or esdb://…>`: copies, and prints one line per step. */
const [from = '', to = ''] = process.argv.slice(2);

const clock = systemClock();

const target = async (lineageId: string): Promise<MovableStore> =>
  to.startsWith('esdb:')
    ? openEventStoreDb({ connectionString: to, clock, lineageId, moving: true })
    : openSqliteStore({ path: to, clock, lineageId, moving: true });

const main = async (): Promise<void> => {
  const source = openSqliteStore({ path: from, clock, moving: true });
  const filled = await target(source.meta.lineageId);
  const report = await copyStore(source, filled, {
    clock,
    onProgress: ({ phase, done }) => process.stdout.write(`${phase} ${done}\n`),
  });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  await filled.close();
  await source.close();
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
