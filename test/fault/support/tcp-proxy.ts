import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Which way bytes go. */
export type Direction = 'to-server' | 'to-client';

const BOTH: readonly Direction[] = ['to-server', 'to-client'];

/** What becomes of the bytes of one direction. */
type Treatment =
  | { readonly kind: 'pass'; readonly delayMs: number }
  /** They wait in the proxy until `heal`; the connection stays open. */
  | { readonly kind: 'hold' }
  /** They vanish; the connection stays open until `heal`, which cuts it, because what follows would not fit. */
  | { readonly kind: 'drop' };

/**
 * Stands between a client and a server on this machine and does to their connections what networks do: delays, holds or
 * drops bytes either way, cuts, leaves one side half-open, refuses. Knows nothing of what is spoken, TLS included.
 * Faults hold for every open and every new connection until `heal`.
 */
export class TcpProxy {
  readonly #server: Server;
  readonly #open = new Set<Connection>();
  readonly #treatments = new Map<Direction, Treatment>();
  #refusing = false;
  #accepted = 0;
  #cutAfter: { readonly direction: Direction; left: number } | undefined;

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
    this.heal();
  }

  /** Listens on a free port of 127.0.0.1 and passes everything on to `target` (`host:port`). */
  static async to(target: string): Promise<TcpProxy> {
    const [host = '127.0.0.1', port = ''] = target.split(':');
    const proxy = new TcpProxy({ host, port: Number(port) });
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** `127.0.0.1:<port>`, where clients connect. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections accepted since the start. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Connections open now. */
  get open(): number {
    return this.#open.size;
  }

  /** Bytes arrive later by `ms`, in order. */
  delay(ms: number, directions: readonly Direction[] = BOTH): void {
    this.#treat({ kind: 'pass', delayMs: ms }, directions);
  }

  /** Bytes wait here until `heal`: a network that stands still. */
  hold(...directions: readonly Direction[]): void {
    this.#treat({ kind: 'hold' }, directions.length > 0 ? directions : BOTH);
  }

  /** Bytes are lost, and nobody is told: `drop('to-client')` lets the server work and swallows its answers. */
  drop(...directions: readonly Direction[]): void {
    this.#treat({ kind: 'drop' }, directions.length > 0 ? directions : BOTH);
  }

  /** Resets every open connection at both ends. */
  cut(): void {
    for (const connection of [...this.#open]) connection.reset();
  }

  /** Resets the connection that carries the `bytes`-th byte from now on that way, in the middle of what is said. */
  cutAfter(bytes: number, direction: Direction): void {
    this.#cutAfter = { direction, left: bytes };
  }

  /** The server sees its side closed; the client hears nothing and believes that it is still connected. */
  halfOpen(): void {
    for (const connection of this.#open) connection.leaveClientAlone();
  }

  /** New connections are reset at once; open ones stay. */
  refuse(): void {
    this.#refusing = true;
  }

  /** Everything passes again. What was held arrives; what lost bytes or its other side is cut. */
  heal(): void {
    this.#refusing = false;
    this.#cutAfter = undefined;
    this.#treat({ kind: 'pass', delayMs: 0 }, BOTH);
    for (const connection of [...this.#open]) connection.heal();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #treat(treatment: Treatment, directions: readonly Direction[]): void {
    for (const direction of directions) this.#treatments.set(direction, treatment);
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    client.on('error', () => undefined);
    if (this.#refusing) return void client.resetAndDestroy();
    const server = connect({ ...this.target, allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    const connection: Connection = new Connection(client, server, {
      treatment: (direction) => this.#treatments.get(direction)!,
      passes: (bytes, direction) => this.#passes(bytes, direction),
      gone: () => this.#open.delete(connection),
    });
    this.#open.add(connection);
  }

  /** How many of these bytes may pass before the cut; undefined: all of them, and no cut. */
  #passes(bytes: number, direction: Direction): number | undefined {
    const due = this.#cutAfter;
    if (due === undefined || due.direction !== direction) return undefined;
    if (bytes < due.left) {
      due.left -= bytes;
      return undefined;
    }
    this.#cutAfter = undefined;
    return due.left;
  }
}

interface Faults {
  treatment(direction: Direction): Treatment;
  passes(bytes: number, direction: Direction): number | undefined;
  gone(): void;
}

/** A client's connection and ours to the server. */
class Connection {
  /** What waits for `heal`. */
  readonly #held: (() => void)[] = [];
  /** Ways on which bytes were lost, or an end was not told: nothing that follows would fit. */
  readonly #broken = new Set<Direction>();
  #closed = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly faults: Faults,
  ) {
    this.#carry(client, server, 'to-server');
    this.#carry(server, client, 'to-client');
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
    this.faults.gone();
  }

  leaveClientAlone(): void {
    this.#broken.add('to-server').add('to-client');
    this.server.destroy();
  }

  heal(): void {
    if (this.#broken.size > 0) return this.reset();
    for (const go of this.#held.splice(0)) go();
  }

  #carry(from: Socket, to: Socket, direction: Direction): void {
    let before: Promise<unknown> = Promise.resolve();
    const inOrder = (work: () => void) => {
      // The wait starts when the bytes arrive, so that delays do not add up.
      before = Promise.all([before, this.#late(direction)]).then(work);
    };
    from.on('data', (chunk: Buffer) => {
      if (this.faults.treatment(direction).kind === 'drop') this.#broken.add(direction);
      if (!this.#broken.has(direction)) inOrder(() => this.#write(from, to, { chunk, direction }));
    });
    from.on('end', () => inOrder(() => void (this.#broken.has(direction) || to.end())));
    from.on('error', () => this.#lost(direction));
    from.on('close', () => {
      this.#closed += 1;
      if (this.#closed === 2) this.faults.gone();
    });
  }

  #write(from: Socket, to: Socket, { chunk, direction }: { chunk: Buffer; direction: Direction }): void {
    if (this.#broken.has(direction) || to.destroyed) return;
    const passing = this.faults.passes(chunk.length, direction);
    if (passing !== undefined) return void to.write(chunk.subarray(0, passing), () => this.reset());
    if (to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  }

  /** A side has reset its connection: the other hears of it, unless nothing goes that way now. */
  #lost(direction: Direction): void {
    if (this.faults.treatment(direction).kind === 'pass' && !this.#broken.has(direction)) this.reset();
    else this.#broken.add(direction);
  }

  async #late(direction: Direction): Promise<void> {
    const treatment = this.faults.treatment(direction);
    if (treatment.kind === 'hold') await new Promise<void>((resolve) => this.#held.push(resolve));
    else if (treatment.kind === 'pass' && treatment.delayMs > 0) await setTimeout(treatment.delayMs);
  }
}
