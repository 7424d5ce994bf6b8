import { systemClock } from '../../clock/system-clock';
import { newStream, SampleWriter } from '../../../testing/sample-writer';
import { sampleOpened } from '../../../testing/sample';
import { openEventStoreDb } from '../esdb-store';
import { defaultAcls } from './access';
import { leaderAmong, nodesOf } from './http-users';
import { setUpEventStoreDb } from './set-up';

/** A server with certificates, as a connection string without a user, and its administrator's password. */
const { ESDB_SECURE_URL: address, ESDB_ADMIN_PASSWORD: adminPassword = 'changeit' } = process.env;

jest.setTimeout(60_000);

describe('setting up an EventStoreDB', () => {
  it('knows every node of a connection string, and whom they trust', () => {
    expect(nodesOf('esdb://a.example:2113,b.example,c.example:3113?tls=true&tlsCAFile=/ca.crt')).toEqual([
      { host: 'a.example', port: 2113, caFile: '/ca.crt' },
      { host: 'b.example', port: 2113, caFile: '/ca.crt' },
      { host: 'c.example', port: 3113, caFile: '/ca.crt' },
    ]);
    expect(nodesOf('esdb+discover://cluster.example/')).toEqual([{ host: 'cluster.example', port: 2113 }]);
  });

  it('is refused without TLS, where everybody is the administrator', () => {
    expect(() => nodesOf('esdb://127.0.0.1:2113?tls=false')).toThrow(/start it with certificates/);
  });

  it('says of each node why it takes no writes, and never a password', async () => {
    const admin = { name: 'admin', password: 'geheim' };
    const nobody = leaderAmong([{ host: '127.0.0.1', port: 9 }], admin);
    await expect(nobody).rejects.toThrow('127.0.0.1:9 is not answering over TLS (ECONNREFUSED)');
    await expect(nobody).rejects.not.toThrow('geheim');
  });

  it('leaves deleting and cutting of streams to administrators', () => {
    const { $userStreamAcl: own, $systemStreamAcl: system } = defaultAcls('aftercare');
    expect([own.$d, own.$mw]).toEqual(['$admins', '$admins']);
    expect(own.$w).toContain('aftercare');
    expect(JSON.stringify(system)).not.toContain('aftercare');
  });
});

if (address === undefined) {
  process.stderr.write('setting up a real EventStoreDB: skipped: no ESDB_SECURE_URL\n');
  it.skip('the user of a real EventStoreDB may append and no more (skipped: no ESDB_SECURE_URL)', () => undefined);
} else
  describe('the user of a real EventStoreDB', () => {
    const admin = { name: 'admin', password: adminPassword };
    /** Every character that a connection string could trip over. */
    const user = { name: 'aftercare-test', password: 'geheim:@/?#%&=1' };

    it('may append and read, and no more; setting it up again changes nothing', async () => {
      await setUpEventStoreDb({ address, admin, user });
      expect(await setUpEventStoreDb({ address, admin, user })).toEqual({
        user: 'there',
        defaultAcls: false,
        readingAll: false,
        rights: { readsAll: true, appends: true, cutsStreams: false, readsSettings: false },
        losing: [],
      });
      const connectionString = address.replace(
        '://',
        `://${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@`,
      );
      const store = await openEventStoreDb({ connectionString, clock: systemClock() });
      const stream = newStream();
      expect(await new SampleWriter(store).write(stream, [sampleOpened()])).toMatchObject({ status: 'appended' });
      expect((await store.readAll({ direction: 'backward', limit: 1 })).events[0]).toMatchObject({ stream });
      await store.close();
    });

    it('is told apart from nobody and from somebody with another password', async () => {
      await setUpEventStoreDb({ address, admin, user });
      const wrong = address.replace('://', `://${user.name}:wrong@`);
      for (const connectionString of [address, wrong])
        await expect(openEventStoreDb({ connectionString, clock: systemClock() })).rejects.toThrow(
          'EventStoreDB refuses our credentials',
        );
      await expect(setUpEventStoreDb({ address, admin: { ...admin, password: 'wrong' }, user })).rejects.toThrow(
        'not taking admin with this password',
      );
    });
  });
