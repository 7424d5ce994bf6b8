import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/postgres.mjs');
const script = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** A PostgreSQL of a test's own, which may be restarted and crashed. */
export interface OwnPostgres {
  readonly url: string;
  /** `immediate` is a crash. */
  restart(mode: 'fast' | 'immediate'): void;
  stop(): void;
}

/** Undefined where PostgreSQL's programs are not installed. */
export const ownPostgres = (): OwnPostgres | undefined => {
  try {
    script('where');
  } catch {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-pg-'));
  const url = script('start', folder).trim().slice('PG_URL='.length);
  return { url, restart: (mode) => void script('restart', folder, mode), stop: () => void script('stop', folder) };
};
