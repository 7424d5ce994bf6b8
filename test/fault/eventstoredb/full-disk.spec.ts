import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KillableServer } from './server';
import { WRITERS, writersThrough } from './writers-at-work';

/**
 * A server whose data lies on a small disk of its own, which a test may fill (a few hundred megabytes, such as a tmpfs):
 * its address, a program that runs it in the foreground, and the disk.
 */
const { ESDB_SMALL_URL: url, ESDB_SMALL_START: program, ESDB_SMALL_DISK: disk } = process.env;

jest.setTimeout(300_000);

/** Left free, so that the writers themselves meet the end. */
const LEFT = 8_000_000;
const BLOCK = Buffer.alloc(1_000_000);

if (url === undefined || program === undefined || disk === undefined) {
  process.stderr.write(
    'a full disk under EventStoreDB: skipped: no ESDB_SMALL_URL, ESDB_SMALL_START, ESDB_SMALL_DISK\n',
  );
  it.skip('the disk of EventStoreDB is full (skipped: no ESDB_SMALL_URL)', () => undefined);
} else
  describe(`the disk of EventStoreDB is full under ${WRITERS} writers and a subscriber`, () => {
    const server = new KillableServer({ url, program });
    const filler = join(disk, 'filler');
    beforeAll(() => server.start());
    afterAll(async () => {
      rmSync(filler, { force: true });
      await server.kill();
    });

    it('ends the server by itself; with room again everything that was acknowledged is there and work goes on', () =>
      writersThrough({ url, characters: 20_000 }, async () => {
        fill(filler, disk);
        await server.ended();
        rmSync(filler);
        await server.start();
      }));
  });

const fill = (file: string, folder: string): void => {
  const handle = openSync(file, 'w');
  for (;;) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < LEFT + BLOCK.length) break;
    writeSync(handle, BLOCK);
  }
  closeSync(handle);
};
