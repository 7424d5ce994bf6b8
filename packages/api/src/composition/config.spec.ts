import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config';
import { SETTINGS } from './settings';

const SPLIT = {
  ROLES: 'work',
  EVENTSTORE_URL: 'esdb://events:2113',
  POSTGRES_URL: 'postgres://aftercare@views/aftercare',
  CLICKHOUSE_URL: 'http://figures:8123',
  MASTER_KEY: 'ab'.repeat(32),
  AUTH_ISSUER: 'https://id.example',
  AUTH_JWKS_URL: 'https://id.example/keys',
  AUTH_AUDIENCE: 'aftercare',
  ATTACHMENT_DIR: '/shared/attachments',
  ERASURE_REGISTER: '/shared/erasures.jsonl',
  ANCHOR_KEY_FILE: '/shared/anchor.key',
  ANCHOR_DIR: '/shared/anchors',
};

const SHARED = ['ATTACHMENT_DIR', 'ERASURE_REGISTER', 'ANCHOR_KEY_FILE', 'ANCHOR_DIR'] as const;

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the settings of a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-config-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('need nothing at all: one process with files and the engine in it', () => {
    expect(readConfig({})).toMatchObject({
      roles: { serve: true, work: true },
      port: 3000,
      opsPort: undefined,
      eventStoreDb: undefined,
      postgres: undefined,
      analytics: 'engine',
      numberBlock: 10,
    });
  });

  it('that are wrong are told all at once, each by its name and with what is allowed', () => {
    const problems = problemsOf({
      PORT: 'http',
      ZONE: 'Mars',
      ROLES: 'rest',
      CLICKHOUSE_URL: 'ftp://x',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'ROLES',
      'PORT',
      'ZONE',
      'LOG_LEVEL',
      'CLICKHOUSE_URL',
    ]);
    expect(problems[1]).toBe('PORT must be a whole number from 0 to 65535');
  });

  it.each(['serve', 'work'])(
    'with ROLES=%s name every server, key and shared place that is missing: a data directory belongs to one process',
    (ROLES) => {
      const problems = problemsOf({ ROLES });
      const keys = ['MASTER_KEY', 'TOKEN_KEY_FILE'];
      for (const name of ['EVENTSTORE_URL', 'POSTGRES_URL', 'CLICKHOUSE_URL', ...keys, ...SHARED])
        expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${name} .*ROLES=${ROLES}`)));
      expect(problems.length).toBe(9);
    },
  );

  it('with split roles are taken when every server is named; a worker has its operations port', () => {
    expect(readConfig(SPLIT)).toMatchObject({
      roles: { serve: false, work: true },
      opsPort: 3001,
      numberBlock: 100,
      analytics: { url: 'http://figures:8123', asyncInserts: false },
    });
    expect(readConfig({ ...SPLIT, ROLES: 'serve', CLICKHOUSE_URL: '', ANALYTICS: 'off' })).toMatchObject({
      roles: { serve: true, work: false },
      opsPort: undefined,
      analytics: 'off',
    });
  });

  it.each(SHARED)('with split roles need %s, which is asked for alone when only it is missing', (name) => {
    const problems = problemsOf({ ...SPLIT, [name]: '' });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([name]);
  });

  it('take a secret from a file, and from one place only', () => {
    const CLICKHOUSE_PASSWORD_FILE = file('clickhouse', 'from a file\n');
    expect(readConfig({ ...SPLIT, CLICKHOUSE_PASSWORD_FILE }).analytics).toMatchObject({ password: 'from a file' });
    expect(problemsOf({ ...SPLIT, CLICKHOUSE_PASSWORD_FILE, CLICKHOUSE_PASSWORD: 'x' })).toEqual([
      'CLICKHOUSE_PASSWORD and CLICKHOUSE_PASSWORD_FILE are both set: set one',
    ]);
    const POSTGRES_URL_FILE = join(folder, 'nowhere');
    expect(problemsOf({ POSTGRES_URL_FILE })).toEqual([
      `POSTGRES_URL_FILE must be a readable file: ${POSTGRES_URL_FILE} is not`,
    ]);
  });

  it('put the user of EventStoreDB into its address, which need not hold a password', () => {
    const { eventStoreDb } = readConfig({ ...SPLIT, EVENTSTORE_PASSWORD: 'p@ss' });
    expect(eventStoreDb).toBe('esdb://aftercare:p%40ss@events:2113');
    expect(problemsOf({ ...SPLIT, EVENTSTORE_URL: 'esdb://a:b@events:2113', EVENTSTORE_PASSWORD: 'c' }).length).toBe(1);
  });

  it('never repeat a secret that is wrong', () => {
    const secrets = SETTINGS.filter((setting) => 'secret' in setting && 'fits' in setting).map(({ name }) => name);
    for (const name of secrets) {
      const problems = problemsOf({ [name]: 'geheim-4711', [`${name}_FILE`]: file('wrong', 'geheim-4712') });
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join()).not.toMatch(/geheim/);
    }
  });

  it('refuse a user and password in the address of ClickHouse: addresses end up in logs', () => {
    expect(problemsOf({ CLICKHOUSE_URL: 'http://a:b@figures:8123' })[0]).toMatch(
      /^CLICKHOUSE_URL must be .*host and port only/,
    );
  });
});
