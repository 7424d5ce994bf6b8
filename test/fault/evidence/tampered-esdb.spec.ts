import { createRequire } from 'node:module';
import {
  anchorStream,
  openEventStoreDb,
  systemClock,
  verifyEvidence,
  verifyOneStream,
  type EventStore,
  type StoredEvent,
} from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { handingOut, written, type History } from './tampering';
import { TAMPERINGS } from './tamperings';

const connectionString = process.env['ESDB_FRESH_URL'];

jest.setTimeout(60_000);

/** The few calls of the official client that delete: nobody else here needs it. */
interface Deleting {
  tombstoneStream(stream: string): Promise<unknown>;
  setStreamMetadata(stream: string, metadata: { truncateBefore: number }): Promise<unknown>;
  dispose(): Promise<void>;
}

const deletingClient = (url: string): Deleting => {
  const ours = createRequire(require.resolve('@aftercare/event-store'));
  const { EventStoreDBClient } = ours('@eventstore/db-client') as {
    EventStoreDBClient: { connectionString(strings: TemplateStringsArray, ...values: string[]): Deleting };
  };
  return EventStoreDBClient.connectionString`${url}`;
};

if (connectionString === undefined) {
  // What is deleted here can't be anchored over again: a server that others use must not be given.
  const why = 'no ESDB_FRESH_URL of an empty server of its own';
  process.stderr.write(`tampering with EventStoreDB: skipped: ${why}\n`);
  it.skip(`EventStoreDB is tampered with (skipped: ${why})`, () => undefined);
} else
  describe('SECTION 3 a history in EventStoreDB that somebody lays hands on', () => {
    const folder = temporaryFolder();
    let store: EventStore;
    let history: History;
    let rows: StoredEvent[];

    beforeAll(async () => {
      store = await openEventStoreDb({ connectionString, clock: systemClock() });
      expect((await store.read(anchorStream(store.meta.lineageId))).head).toBe('none');
      history = await written(store, folder.path);
      rows = [...(await store.readAll({ limit: 10_000 })).events];
    });
    afterAll(async () => {
      await store.close();
      folder.remove();
    });
    const trustedKeys = async () => (await history.anchors.keys()).map(({ keyId }) => keyId);

    it('verifies while nobody has', async () => {
      const { copies } = history;
      expect(await verifyEvidence(store, { copies, trustedKeys: await trustedKeys(), pageSize: 4 })).toMatchObject({
        ok: true,
        anchors: 2,
        notAnchored: 2,
        copies: 3,
      });
    });

    // The server's files can't be edited row by row: what it would hand out then is put in its place.
    it.each(TAMPERINGS)('finds %s', async (_name, change, code, words) => {
      const lying = handingOut(store, change([...rows], history));
      const { bad } = await verifyEvidence(lying, { copies: history.copies, trustedKeys: await trustedKeys() });
      expect({ code: bad?.code, message: bad?.message }).toEqual({ code, message: expect.stringMatching(words) });
      expect((await verifyEvidence(lying, { pageSize: 3 })).bad?.code).toBe(code);
    });

    it('finds what the server itself was told to forget: the beginning of a stream, then another as a whole', async () => {
      const client = deletingClient(connectionString);
      const { copies, streams } = history;
      await client.setStreamMetadata(streams[0], { truncateBefore: 1 });
      const cut = await openEventStoreDb({ connectionString, clock: systemClock() });
      // The server hides them from the stream; its log still hands them out until it is scavenged.
      expect((await verifyOneStream(cut, streams[0], { copies })).bad).toMatchObject({
        code: 'EVENT_DELETED',
        message: expect.stringMatching(/revision 0 is missing before it/),
      });
      expect((await verifyEvidence(cut, { copies })).ok).toBe(true);
      await client.tombstoneStream(streams[2]);
      expect((await verifyEvidence(cut, { copies })).bad).toMatchObject({
        code: 'STREAM_DELETED',
        message: expect.stringMatching(/the server was told to delete the whole stream/),
      });
      await cut.close();
      await client.dispose();
    });
  });
