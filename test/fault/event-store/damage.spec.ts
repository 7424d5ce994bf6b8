import {
  createMemoryKeys,
  DecisionRunner,
  openSqliteStore,
  StoreFailedError,
  systemClock,
  UndecodableEventError,
  verifyStore,
} from '@aftercare/event-store';
import {
  newStream,
  sampleDecider,
  sampleNoted,
  sampleOpened,
  SampleWriter,
  temporaryFolder,
} from '@aftercare/event-store/testing';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const clock = systemClock();

describe('a byte that flipped in the file', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  /** A closed store whose event `note` had `from` in its payload and has `to` now, by an edit of the file itself. */
  const damaged = async (name: string, from: string, to: string) => {
    const path = join(folder.path, `${name}.db`);
    const store = openSqliteStore({ path, clock });
    const writer = new SampleWriter(store);
    const stream = newStream();
    await writer.write(newStream(), [sampleOpened(1)]);
    await writer.write(stream, [sampleOpened(2), sampleNoted('flip-me'), sampleNoted('after')]);
    await store.close();
    const bytes = readFileSync(path);
    const at = bytes.indexOf(from);
    if (at < 0) throw new Error('the payload is not in the file');
    bytes.write(to, at);
    writeFileSync(path, bytes);
    return { store: openSqliteStore({ path, clock }), stream };
  };

  it('is found by verify, which names the event', async () => {
    const { store, stream } = await damaged('verify', '"flip-me"', '"flip-mf"');
    expect(await verifyStore(store)).toMatchObject({
      ok: false,
      firstBad: { stream, revision: 1, reason: 'its bytes are not those that were hashed' },
    });
    await store.close();
  });

  it('is not decided on', async () => {
    const { store, stream } = await damaged('decide', '"flip-me"', '"flip-mf"');
    const { codec } = new SampleWriter(store);
    const runner = new DecisionRunner({ store, codec, keys: createMemoryKeys(), clock });
    const run = runner.run(sampleDecider, {
      command: { type: 'sample.Note', data: { note: 'x' } },
      stream,
      commandId: 'command-1',
      actor: { id: 'staff-1', role: 'agent' },
    });
    await expect(run).rejects.toMatchObject({ name: 'UndecodableEventError', stream, revision: 1 });
    await store.close();
  });

  it('is found by decoding when it breaks the text, and the error does not repeat the content', async () => {
    const { store, stream } = await damaged('decode', '"flip-me"', '"flip-me,');
    const { codec } = new SampleWriter(store);
    const { events } = await store.read(stream);
    expect(() => codec.decode(events[1]!)).toThrow(UndecodableEventError);
    expect(() => codec.decode(events[1]!)).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching('flip') }),
    );
    await store.close();
  });
});

describe('a disk that is full', () => {
  const folder = temporaryFolder();
  const disk = smallDisk(join(folder.path, 'disk'));
  afterAll(() => {
    disk.remove();
    folder.remove();
  });
  const onDisk = disk.possible ? it : it.skip;

  onDisk(
    `refuses appends clearly, goes on reading, and writes again when there is room${disk.possible ? '' : ` (skipped: ${disk.reason})`}`,
    async () => {
      const ballast = join(disk.path, 'ballast');
      writeFileSync(ballast, Buffer.alloc(1_500_000));
      const store = openSqliteStore({ path: join(disk.path, 'events.db'), clock });
      const writer = new SampleWriter(store);
      const stored: string[] = [];
      let failure: unknown;
      while (failure === undefined) {
        const stream = newStream();
        await writer.write(stream, [sampleOpened(), sampleNoted('x'.repeat(20_000))]).then(
          () => stored.push(stream),
          (error: unknown) => (failure = error),
        );
      }
      expect(failure).toBeInstanceOf(StoreFailedError);
      expect((failure as Error).message).toMatch(/nothing was written: the disk is full/);
      for (const stream of stored) expect((await store.read(stream)).events).toHaveLength(2);
      expect(await verifyStore(store)).toMatchObject({ ok: true, streams: stored.length });
      await expect(writer.write(newStream(), [sampleNoted('x'.repeat(200_000))])).rejects.toThrow(StoreFailedError);

      writeFileSync(ballast, '');
      expect(await writer.write(newStream(), [sampleOpened()])).toMatchObject({ status: 'appended' });
      await store.close();
    },
  );
});

/** A file system of four megabytes, where this process may mount one. */
function smallDisk(path: string): { path: string; possible: boolean; reason: string; remove(): void } {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path], { stdio: 'ignore' });
    return { path, possible: true, reason: '', remove: () => execFileSync('umount', [path]) };
  } catch {
    return { path, possible: false, reason: 'no small file system can be mounted here', remove: () => undefined };
  }
}
