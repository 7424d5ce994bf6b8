import { setTimeout } from 'node:timers/promises';
import { TcpProxy } from '../support/tcp-proxy';
import { WRITERS, writersThrough } from './writers-at-work';

const url = process.env['ESDB_URL'];

jest.setTimeout(300_000);

if (url === undefined) {
  process.stderr.write('a bad network before EventStoreDB: skipped: no ESDB_URL\n');
  it.skip('the network before EventStoreDB is bad (skipped: no ESDB_URL)', () => undefined);
} else
  describe(`${WRITERS} writers and a subscriber of EventStoreDB lose nothing, double nothing, keep the order when`, () => {
    let proxy: TcpProxy;
    beforeEach(async () => {
      proxy = await TcpProxy.to(hostOf(url));
    });
    afterEach(() => proxy.close());

    const through = (trouble: () => Promise<void>) =>
      writersThrough({ url: url.replace(hostOf(url), proxy.address), checkAt: url }, trouble);

    it('everything takes 300 ms longer', () =>
      through(async () => {
        proxy.delay(300);
        await setTimeout(6_000);
        proxy.heal();
      }));

    it('the answers are lost, so that nobody knows what was written', () =>
      through(async () => {
        for (let round = 0; round < 2; round += 1) {
          proxy.drop('to-client');
          await setTimeout(7_000);
          proxy.heal();
          await setTimeout(2_000);
        }
      }));

    it('the requests are lost', () =>
      through(async () => {
        proxy.drop('to-server');
        await setTimeout(7_000);
        proxy.heal();
      }));

    it('the connection is cut again and again', () =>
      through(async () => {
        for (let cuts = 0; cuts < 12; cuts += 1) {
          proxy.cut();
          await setTimeout(150 + cuts * 60);
        }
      }));

    it('the connection is cut in the middle of what is said, either way', () =>
      through(async () => {
        for (const direction of ['to-client', 'to-server'] as const)
          for (const bytes of [1, 700, 5_003, 20_011]) {
            proxy.cutAfter(bytes, direction);
            await setTimeout(1_000);
          }
      }));

    it('everything stands still for ten seconds and then arrives', () =>
      through(async () => {
        proxy.hold();
        await setTimeout(10_000);
        proxy.heal();
      }));

    it('it is not reachable for eight seconds', () =>
      through(async () => {
        proxy.refuse();
        proxy.cut();
        await setTimeout(8_000);
        proxy.heal();
      }));

    it('the server has closed the connection and nobody told the client', () =>
      through(async () => {
        proxy.halfOpen();
        await setTimeout(35_000);
      }));
  });

const hostOf = (address: string): string => new URL(address.replace('esdb:', 'http:')).host;
