import { openSqliteStore, systemClock } from '@aftercare/event-store';
import { newStream, sampleNoted, sampleOpened, SampleWriter } from '@aftercare/event-store/testing';

/**
 * Writes to the store at argv[2] and prints a line per acknowledged event, after the line with its own pragmas.
 * argv[3] is how many write at once, argv[4] how many appends each does (default: until it is killed).
 */
const [, , path, concurrent = '32', each = 'Infinity'] = process.argv;

// Whoever started this may have died: nobody listens any more, or for a minute.
process.stdout.on('error', () => process.exit(4));
setTimeout(() => process.exit(5), 60_000).unref();

const main = async (): Promise<void> => {
  const store = openSqliteStore({ path: path!, clock: systemClock() });
  const writer = new SampleWriter(store);
  console.log(JSON.stringify(store.pragmas()));
  const customer = async () => {
    for (let n = 0; n < Number(each); n += 1) {
      const stream = newStream();
      await writer.write(stream, [sampleOpened(n)]);
      console.log(`${stream}@0`);
      if (n % 3 !== 0) continue;
      await writer.write(stream, [sampleNoted(), sampleNoted()]);
      console.log(`${stream}@2`);
    }
  };
  await Promise.all(Array.from({ length: Number(concurrent) }, customer));
  await store.close();
};

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(3);
});
