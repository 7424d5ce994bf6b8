import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy';

/** A line comes back as it went, and the server remembers what it was sent. */
class EchoServer {
  heard = '';
  resets = 0;
  readonly #server: Server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString();
      socket.write(chunk);
    });
    socket.on('error', () => (this.resets += 1));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
  }
}

class Talker {
  heard = '';
  ended: string | undefined;
  readonly #socket: Socket;

  constructor(address: string) {
    const [host, port] = address.split(':');
    this.#socket = connect({ host: host!, port: Number(port) });
    this.#socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString()));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => (this.ended = error.code));
    this.#socket.on('close', () => (this.ended ??= 'closed'));
  }

  say(text: string): void {
    this.#socket.write(text);
  }

  hangUp(): void {
    this.#socket.end();
  }
}

const until = async (check: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 300 && !check(); tries += 1) await setTimeout(10);
  expect(check()).toBe(true);
};

describe('the proxy that plays a bad network', () => {
  const server = new EchoServer();
  let proxy: TcpProxy;
  let talker: Talker;

  beforeEach(async () => {
    server.heard = '';
    server.resets = 0;
    proxy = await TcpProxy.to(await server.start());
    talker = new Talker(proxy.address);
    talker.say('one ');
    await until(() => talker.heard === 'one ');
  });
  afterEach(async () => {
    talker.hangUp();
    await proxy.close();
    server.stop();
  });

  it('passes a large message whole, and an end to both sides', async () => {
    const large = 'x'.repeat(3_000_000);
    talker.say(large);
    await until(() => talker.heard.length === large.length + 4);
    talker.hangUp();
    await until(() => talker.ended === 'closed' && proxy.open === 0);
  });

  it('delivers late bytes in order, and not later the more there are', async () => {
    proxy.delay(150, ['to-client']);
    for (const word of ['two ', 'three ', 'four ']) {
      talker.say(word);
      await setTimeout(20);
    }
    expect(server.heard).toBe('one two three four ');
    expect(talker.heard).toBe('one ');
    await setTimeout(250);
    expect(talker.heard).toBe('one two three four ');
  });

  it('holds bytes until it heals', async () => {
    proxy.hold('to-server');
    talker.say('two ');
    await setTimeout(100);
    expect(server.heard).toBe('one ');
    proxy.heal();
    await until(() => talker.heard === 'one two ');
  });

  it('swallows the answer only, and cuts the connection when it heals', async () => {
    proxy.drop('to-client');
    talker.say('two ');
    await until(() => server.heard === 'one two ');
    await setTimeout(50);
    expect(talker).toMatchObject({ heard: 'one ', ended: undefined });
    proxy.heal();
    await until(() => talker.ended === 'ECONNRESET');
  });

  it('cuts in the middle of an answer', async () => {
    proxy.cutAfter(5, 'to-client');
    talker.say('two three four ');
    await until(() => talker.ended !== undefined);
    expect(server.heard).toBe('one two three four ');
    expect(talker.heard).toBe('one two t');
  });

  it('leaves the client with half a connection', async () => {
    proxy.halfOpen();
    talker.say('two ');
    await setTimeout(100);
    expect(talker).toMatchObject({ heard: 'one ', ended: undefined });
    expect(server.heard).toBe('one ');
    proxy.heal();
    await until(() => talker.ended === 'ECONNRESET');
  });

  it('refuses new connections and cuts old ones', async () => {
    proxy.refuse();
    const second = new Talker(proxy.address);
    await until(() => second.ended !== undefined);
    expect(talker.ended).toBeUndefined();
    proxy.cut();
    await until(() => talker.ended === 'ECONNRESET' && server.resets === 1 && proxy.open === 0);
  });
});
