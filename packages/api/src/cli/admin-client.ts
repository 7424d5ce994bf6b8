import { readFileSync } from 'node:fs';
import { systemClock } from '@aftercare/event-store';
import { issueToken } from '../auth/tokens';
import type { Config } from '../composition/config';
import { operatorToken } from '../composition/environment';
import { runningFile } from '../composition/running-file';
import { secretFile } from '../composition/secret-file';
import { CliError } from './cli-error';

/**
 * The process that serves this data directory, for commands that only it may do; undefined when none is running. It
 * leaves its address in the directory; whether it still lives is found out by asking.
 */
export const runningServer = async (config: Config): Promise<AdminClient | undefined> => {
  const address = addressIn(config.dataDir);
  if (address === undefined) return undefined;
  const client = new AdminClient(address, config);
  return (await client.isAlive()) ? client : undefined;
};

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
    const token = await this.token();
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as { title?: string };
    if (!response.ok) throw new CliError(`the running server answered ${response.status}: ${answer.title ?? ''}`);
    return answer;
  }

  private async token(): Promise<string> {
    const given = operatorToken();
    if (given !== undefined) return given;
    const { auth } = this.config;
    if (auth.mode !== 'local') throw new CliError('set AFTERCARE_TOKEN to a token of role operator');
    const wish = { id: 'command-line', roles: ['operator'], days: 0.01 } as const;
    return issueToken(wish, secretFile(auth.keyFile), systemClock());
  }
}
