import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Fault, FromFront, FrontOptions, Seen, ToFront } from './wire';

const REGISTER = join(__dirname, '..', '..', '..', '..', '..', 'test', 'support', 'register.cjs');

/** A ClickHouse by URL on this machine: chDB behind HTTP, in a process of its own, with faults on demand. */
export class ClickHouseFront {
  /** Every request so far. */
  readonly seen: Seen[] = [];
  #child: ChildProcess | undefined;
  #port: number;

  private constructor(private readonly options: FrontOptions) {
    this.#port = options.port;
  }

  static async start(options: Omit<FrontOptions, 'port'>): Promise<ClickHouseFront> {
    const front = new ClickHouseFront({ ...options, port: 0 });
    await front.restart();
    return front;
  }

  get url(): string {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${String(this.#port)}`;
  }

  /** From now on: requests go wrong like this, until `times` of them have, or `null`. */
  async fault(fault: Fault | null): Promise<void> {
    await this.#tell({ fault }, 'set');
  }

  /** Connections are refused and open ones cut, the engine stays as it is. */
  async goAway(): Promise<void> {
    await this.#tell({ away: true }, 'away');
  }

  async comeBack(): Promise<void> {
    await this.#tell({ away: false }, 'back');
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** A new process on the same files and port. */
  async restart(): Promise<void> {
    const given: FrontOptions = { ...this.options, port: this.#port };
    const child = fork(join(__dirname, 'front.child.ts'), [JSON.stringify(given)], {
      execArgv: ['-C', '@aftercare/source', '-r', REGISTER],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the ClickHouse front ended at start with ${String(code)}`)));
      child.on('message', (message: FromFront) => {
        if ('listening' in message) resolve(message.listening);
        if ('seen' in message) this.seen.push(message.seen);
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.send({ stop: true } satisfies ToFront);
    await gone;
  }

  #tell(message: ToFront, answer: 'set' | 'away' | 'back'): Promise<void> {
    const child = this.#child;
    if (!child) throw new Error('the front was never started');
    return new Promise((resolve, reject) => {
      const hear = (said: FromFront): void => {
        if (!('is' in said) || said.is !== answer) return;
        child.off('message', hear);
        resolve();
      };
      child.on('message', hear);
      child.send(message, (error) => error && reject(error));
    });
  }
}
