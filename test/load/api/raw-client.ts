import { connect, type Socket } from 'node:net';

/** One request as bytes; `at(n)` gives the nth. */
export type Requests = (n: number) => Buffer;

/** What a run counted. */
export interface Counted {
  readonly answered: number;
  readonly failed: number;
  readonly millis: number;
  /** First line of the first failed answer, to see what went wrong. */
  readonly firstFailure?: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Sends requests over `connections` sockets, one at a time on each, and counts the answers. Works on bytes: a client that
 * costs more than the server would measure itself.
 */
export const drive = async (
  port: number,
  requests: Requests,
  until: { readonly connections: number; readonly count?: number; readonly millis?: number },
): Promise<Counted> => {
  let sent = 0;
  let answered = 0;
  let failed = 0;
  let firstFailure: string | undefined;
  const start = performance.now();
  const more = () =>
    (until.count === undefined || sent < until.count) &&
    (until.millis === undefined || performance.now() - start < until.millis);
  const worker = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let buffered: Buffer = Buffer.alloc(0);
      const next = () => {
        if (!more()) return resolve();
        socket.write(requests(sent++));
      };
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (chunk) => {
        buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
        const head = buffered.indexOf(HEAD_END);
        if (head < 0) return;
        const text = buffered.toString('latin1', 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (buffered.length < head + 4 + length) return;
        if (text.startsWith('HTTP/1.1 201')) answered += 1;
        else {
          failed += 1;
          firstFailure ??= buffered.toString('utf8', 0, 600);
        }
        buffered = Buffer.alloc(0);
        next();
      });
      next();
    });
  const sockets = await Promise.all(Array.from({ length: until.connections }, () => open(port)));
  await Promise.all(sockets.map(worker));
  const millis = performance.now() - start;
  sockets.forEach((socket) => socket.destroy());
  return { answered, failed, millis, ...(firstFailure === undefined ? {} : { firstFailure }) };
};

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** A POST of JSON as bytes. */
export const post = (path: string, body: string, headers: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('') +
      `\r\n${body}`,
  );
