import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Role } from '@aftercare/domain';
import { systemClock } from '@aftercare/event-store';
import { issueToken } from '../auth/tokens';
import type { Config } from '../composition/config';
import { operatorToken } from '../composition/environment';
import { runningFile } from '../composition/running-file';
import { secretFile } from '../composition/secret-file';
import type { ProblemDocument } from '../http/problem';
import { findWorker } from '../operations/workers';
import { commandLineActor } from './command-line-actor';
import { CliError } from './cli-error';

/**
 * The process that serves this data directory, for commands that only it may do; it leaves its address there, and whether
 * it still lives is found out by asking. Otherwise the worker of `WORKER_URLS` that has the work; undefined: none.
 */
export const runningServer = async (config: Config): Promise<AdminClient | undefined> => {
  const server = await servingHere(config);
  if (server) return server;
  const worker = await findWorker(config.workerUrls);
  return worker === undefined ? undefined : new AdminClient(worker, config);
};

/** The process that serves this data directory, and no other; undefined: none. */
export const servingHere = async (config: Config): Promise<AdminClient | undefined> => {
  const address = addressIn(config.dataDir);
  const server = address === undefined ? undefined : new AdminClient(address, config);
  return (await server?.isAlive()) ? server : undefined;
};

/** What a command says that needs a running process and finds none. */
export const NOBODY_RUNS =
  'no server is running on this data directory, and no worker of WORKER_URLS has the work: start one with `npm start`';

const addressIn = (dataDir: string): string | undefined => {
  try {
    return readFileSync(runningFile(dataDir), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};

export class AdminClient {
  constructor(
    private readonly address: string,
    private readonly config: Config,
  ) {}

  async isAlive(): Promise<boolean> {
    try {
      return (await fetch(`${this.address}/healthz`, { signal: AbortSignal.timeout(3_000) })).ok;
    } catch {
      return false;
    }
  }

  async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    return (await this.send(method, path, { role: 'operator', ...(body ? { body } : {}) })).json();
  }

  /** What the auditor may take away, as it comes. */
  async download(path: string, body: object): Promise<Readable> {
    const { body: stream } = await this.send('POST', path, { role: 'auditor', body });
    return Readable.fromWeb(stream as ReadableStream);
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    { role, body }: { readonly role: Role; readonly body?: object },
  ): Promise<Response> {
    const token = await this.token(role);
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.ok) return response;
    const { title = '', errors = [] } = (await response.json()) as Partial<Pick<ProblemDocument, 'title' | 'errors'>>;
    const why = errors.map(({ pointer, message }) => `; ${pointer}: ${message}`).join('');
    throw new CliError(`the running server answered ${response.status}: ${title}${why}`);
  }

  private async token(role: Role): Promise<string> {
    const given = operatorToken();
    if (given !== undefined) return given;
    const { auth } = this.config;
    if (auth.mode !== 'local') throw new CliError(`set AFTERCARE_TOKEN to a token of role ${role}`);
    const wish = { id: commandLineActor(), roles: [role], days: 0.01 } as const;
    return issueToken(wish, secretFile(auth.keyFile), systemClock());
  }
}
