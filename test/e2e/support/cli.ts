import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const START = [
  '-C',
  '@aftercare/source',
  '-r',
  join(root, 'test/support/register.cjs'),
  join(__dirname, 'cli.child.ts'),
];

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts a command; its output goes to `stdout`, an open file, where one is given. */
export const spawned = (
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  stdout: 'pipe' | number = 'pipe',
): ChildProcess =>
  spawn(process.execPath, [...START, ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ANALYTICS: 'off', PORT: '0', ...env },
    stdio: ['ignore', stdout, 'pipe'],
  });

/** What a process writes, as it comes. */
export const heard = (child: ChildProcess) => {
  const said = { out: '', err: '' };
  child.stdout!.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return said;
};

/** Runs a command to its end. */
export const cli = async (words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> => {
  const child = spawned(words, env);
  const said = heard(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
};

/** A server in a process of its own, with files. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly base: string,
    readonly token: string,
    /** What it has written so far. */
    readonly said: { readonly out: string; readonly err: string },
  ) {}

  static async start(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const child = spawned(['serve'], env);
    const said = heard(child);
    const base = await new Promise<string>((resolve, reject) => {
      child.stdout!.on('data', () => {
        const address = /serving at (http:\/\/\S+)/.exec(said.out)?.[1];
        if (address) resolve(address);
      });
      child.once('close', () => reject(new Error(`the server ended at start: ${said.err}`)));
    });
    const token = (
      await cli(['token', '--role', 'agent', 'supervisor', 'operator', '--id', 'staff-1'], env)
    ).out.trim();
    return new ServerProcess(child, base, token, said);
  }

  // Bodies are of many shapes; each test names what it looks at.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask(method: string, path: string, body?: object, key?: string): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Sends a signal and waits for the end. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; millis: number }> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return { code: this.child.exitCode, millis: 0 };
    const start = performance.now();
    const closed = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await closed;
    return { code, millis: performance.now() - start };
  }
}
