import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cli, heard, spawned } from './cli';

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** A process of a split installation, with an operations port. */
export class SplitProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly said: { readonly out: string; readonly err: string },
    /** Operations port. */
    readonly ops: string,
    /** Where the API is; empty for a worker. */
    readonly base: string,
  ) {}

  static async start(
    role: 'serve' | 'work',
    opsPort: number,
    env: Readonly<Record<string, string>>,
  ): Promise<SplitProcess> {
    const child = spawned([role], { ...env, ROLES: role, OPS_PORT: String(opsPort) });
    const said = heard(child);
    const base = await new Promise<string>((resolve, reject) => {
      child.stdout!.on('data', () => {
        const serving = /serving at (http:\/\/\S+)/.exec(said.out)?.[1];
        if (serving ?? /Aftercare is working/.test(said.out)) resolve(serving ?? '');
      });
      child.once('close', () => reject(new Error(`${role} ended at start: ${said.err}`)));
    });
    return new SplitProcess(child, said, `http://127.0.0.1:${opsPort}`, base);
  }

  /** What /readyz says; undefined while nobody answers. */
  // Reports are of many shapes; each test names what it looks at.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ready(): Promise<any> {
    // A frozen process takes the connection and says nothing.
    return fetch(`${this.ops}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.json(),
      () => undefined,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends a signal and waits for the end; answers the exit code, null when it was killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const closed = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill(signal);
    return (await closed)[0];
  }

  /** What it wrote. */
  get errors(): string {
    return this.said.err;
  }
}

/** Servers that a split installation stands on, from the variables of the suite; undefined: one of them is missing. */
export const givenServers = (): { readonly events: string; readonly views: string } | undefined => {
  const { ESDB_URL: events, PG_URL: views } = process.env;
  return events && views ? { events, views } : undefined;
};

/** Settings that all processes of one installation share; secrets as files, as `docker/` does. */
export const sharedSettings = (
  folder: string,
  servers: { readonly events: string; readonly views: string },
  clickhouse: Readonly<Record<string, string>>,
): Record<string, string> => {
  const secret = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return file;
  };
  mkdirSync(folder, { recursive: true });
  return {
    DATA_DIR: join(folder, 'data'),
    EVENTSTORE_URL: servers.events,
    POSTGRES_URL_FILE: secret('postgres_url', servers.views),
    // The same each time: what an earlier run left on the event store is read with the keys that it left on PostgreSQL.
    POSTGRES_SCHEMA: 'test_installation',
    MASTER_KEY_FILE: secret('master_key', 'ab'.repeat(32)),
    TOKEN_KEY_FILE: secret('token_key', randomBytes(32).toString('hex')),
    ATTACHMENT_DIR: join(folder, 'attachments'),
    ERASURE_REGISTER: join(folder, 'erasures.jsonl'),
    ANCHOR_KEY_FILE: join(folder, 'anchor.key'),
    ANCHOR_DIR: join(folder, 'anchors'),
    ANALYTICS: 'on',
    ...clickhouse,
  };
};

/** A token for these roles, as the command line signs it. */
export const tokenFor = async (env: Readonly<Record<string, string>>, ...roles: readonly string[]): Promise<string> =>
  (await cli(['token', '--role', ...roles, '--id', 'staff-1'], env)).out.trim();

/** Waits until `holds`; says how long that took, in milliseconds. */
export const until = async (what: string, holds: () => Promise<boolean>, withinMs = 120_000): Promise<number> => {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(100);
  }
  return Math.round(performance.now() - start);
};
