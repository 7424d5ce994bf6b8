import { instantOf, millisOf } from '@aftercare/domain';
import { openEventStoreDb, systemClock, verifyStream } from '@aftercare/event-store';
import { newStream, sampleNoted, sampleOpened, SampleWriter } from '@aftercare/event-store/testing';

const connectionString = process.env['ESDB_URL'];
const MINUTE = 60_000;
const clock = systemClock();

jest.setTimeout(60_000);

if (connectionString === undefined) {
  process.stderr.write('clocks that differ before EventStoreDB: skipped: no ESDB_URL\n');
  it.skip('clocks differ by minutes (skipped: no ESDB_URL)', () => undefined);
} else
  describe('two processes whose clocks differ by twenty minutes', () => {
    it('write one stream whose times never go back, and verify says that the server saw other times', async () => {
      const store = await openEventStoreDb({ connectionString, clock });
      const at = (minutes: number) => instantOf(millisOf(clock.now()) + minutes * MINUTE);
      const behind = new SampleWriter(store, at(-10));
      const ahead = new SampleWriter(store, at(10));
      const stream = newStream();
      await behind.write(stream, [sampleOpened()]);
      for (let n = 0; n < 20; n += 1) await (n % 2 === 0 ? ahead : behind).write(stream, [sampleNoted(`note ${n}`)]);
      const { events } = await store.read(stream);
      const recorded = events.map(({ metadata }) => (JSON.parse(metadata) as { recordedAt: string }).recordedAt);
      expect(recorded).toEqual([...recorded].sort());
      const verdict = await verifyStream(store, stream);
      process.stderr.write(
        `clocks ±10 min: ${verdict.events} events, ${verdict.storedApart?.events} stored apart by over 5 minutes\n`,
      );
      expect(verdict).toMatchObject({ ok: true, events: 21, storedApart: { events: 21 } });
      await store.close();
    });
  });
