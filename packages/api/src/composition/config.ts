import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ServerPlace } from '@aftercare/analytics';
import type { PostgresOptions } from '@aftercare/projections';
import { withUser } from './event-store-address';
import { ConfigError, readSettings, type Env, type Settings } from './read-settings';
import type { LOG_LEVELS } from './settings';

export { ConfigError } from './read-settings';

/** How bearer tokens are checked: with a key of this deployment, or with the keys of an identity provider. */
export type AuthConfig =
  | { readonly mode: 'local'; readonly keyFile: string }
  | { readonly mode: 'issuer'; readonly issuer: string; readonly jwksUrl: string; readonly audience: string };

/** Which part of the whole this process is. */
export interface Roles {
  /** Answers the API. */
  readonly serve: boolean;
  /** Follows the log: read models, processes, the feeding of ClickHouse. */
  readonly work: boolean;
}

/** Everything that can be set from outside; read once, in `composition/` only. */
export interface Config {
  readonly roles: Roles;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Undefined: no operations port. */
  readonly opsPort: number | undefined;
  readonly workerUrls: readonly string[];
  readonly site: string;
  readonly zone: string;
  readonly auth: AuthConfig;
  readonly masterKey: { readonly value?: string; readonly file: string; readonly generate: boolean };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Connection string of an EventStoreDB; undefined: a SQLite file. */
  readonly eventStoreDb: string | undefined;
  /** Undefined: SQLite files. */
  readonly postgres: PostgresOptions | undefined;
  /** `engine`: in this process. */
  readonly analytics: 'off' | 'engine' | ServerPlace;
  /** Numbers handed out per allocation: 10 embedded, 100 on a server. */
  readonly numberBlock: number;
  /** Where the customer's tracking links point to. */
  readonly publicUrl: string;
  /** Contents of attachments, encrypted. */
  readonly attachmentDir: string;
  /** So long an upload may bring nothing before it is given up. */
  readonly uploadIdleMs: number;
  /** Where it is written who was forgotten. */
  readonly erasureRegister: string;
  /** How often the worker anchors (undefined: only on demand), with which key, and where copies go. */
  readonly anchors: { readonly everyMs: number | undefined; readonly keyFile: string; readonly folder: string };
}

/** Reads and checks the settings. Throws `ConfigError` with every problem at once. */
export const readConfig = (env: Env): Config => {
  const settings = readSettings(env);
  const { get } = settings;
  const dataDir = resolve(get('DATA_DIR') ?? './data');
  const host = get('HOST') ?? '127.0.0.1';
  const port = Number(get('PORT') ?? '3000');
  const roles = rolesOf(get('ROLES') ?? 'serve,work');
  const eventStoreDb = eventStoreDbOf(settings);
  const config: Config = {
    roles,
    dataDir,
    host,
    port,
    opsPort: opsPortOf(get('OPS_PORT'), roles),
    workerUrls: (get('WORKER_URLS') ?? '').split(',').flatMap((url) => (url.trim() ? [withoutSlash(url.trim())] : [])),
    site: get('SITE') ?? 'main',
    zone: get('ZONE') ?? 'Asia/Shanghai',
    auth: authOf(settings, dataDir),
    masterKey: masterKeyOf(settings, env, dataDir),
    logLevel: (get('LOG_LEVEL') ?? 'info') as Config['logLevel'],
    eventStoreDb,
    postgres: postgresOf(settings),
    analytics: analyticsOf(settings),
    numberBlock: eventStoreDb === undefined ? 10 : 100,
    publicUrl: withoutSlash(get('PUBLIC_URL') ?? `http://${host}:${port}`),
    attachmentDir: resolve(get('ATTACHMENT_DIR') ?? join(dataDir, 'attachments')),
    uploadIdleMs: Number(get('UPLOAD_IDLE_SECONDS') ?? '30') * 1_000,
    erasureRegister: resolve(get('ERASURE_REGISTER') ?? join(dataDir, 'erasures.jsonl')),
    anchors: anchorsOf(settings, dataDir),
  };
  if (!roles.serve || !roles.work) mustFitSplitRoles(settings);
  if (settings.problems.length > 0) throw new ConfigError(settings.problems);
  return config;
};

const anchorsOf = ({ get }: Settings, dataDir: string): Config['anchors'] => {
  const every = get('ANCHOR_EVERY') ?? '60';
  return {
    everyMs: every === 'off' ? undefined : Number(every) * 60_000,
    keyFile: resolve(get('ANCHOR_KEY_FILE') ?? join(dataDir, 'anchor.key')),
    folder: resolve(get('ANCHOR_DIR') ?? join(dataDir, 'anchors')),
  };
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const rolesOf = (text: string): Roles => {
  const words = text.split(',');
  return { serve: words.includes('serve'), work: words.includes('work') };
};

const opsPortOf = (text: string | undefined, { serve }: Roles): number | undefined => {
  if (text === undefined) return serve ? undefined : 3_001;
  return text === 'off' ? undefined : Number(text);
};

/**
 * Files and an engine in a process belong to that process alone: a second one would be refused by their locks, or worse,
 * not be. So whoever splits the roles is told which server is missing, and which place that all share.
 */
const mustFitSplitRoles = ({ get, must }: Settings): void => {
  const roles = `ROLES=${get('ROLES') ?? ''}`;
  must(
    get('EVENTSTORE_URL') !== undefined,
    `EVENTSTORE_URL must be set with ${roles}: several processes can not share SQLite files`,
  );
  must(
    get('POSTGRES_URL') !== undefined,
    `POSTGRES_URL must be set with ${roles}: several processes can not share SQLite files`,
  );
  must(
    get('CLICKHOUSE_URL') !== undefined || get('ANALYTICS') === 'off',
    `CLICKHOUSE_URL must be set with ${roles}, or ANALYTICS be off: the engine in a process can not be shared`,
  );
  must(
    get('MASTER_KEY') !== undefined,
    `MASTER_KEY or MASTER_KEY_FILE must be set with ${roles}: every process needs the same key`,
  );
  must(
    get('TOKEN_KEY_FILE') !== undefined || get('AUTH_ISSUER') !== undefined,
    `TOKEN_KEY_FILE or AUTH_ISSUER must be set with ${roles}: every process needs the same key`,
  );
  for (const [name, what] of SHARED_PLACES)
    must(get(name) !== undefined, `${name} must be set with ${roles}: every process needs the same ${what}`);
};

/** By default they lie in DATA_DIR, which is one process's own: one would serve what another never stored, or forget alone. */
const SHARED_PLACES = [
  ['ATTACHMENT_DIR', 'directory of attachments'],
  ['ERASURE_REGISTER', 'file of who was forgotten'],
  ['ANCHOR_KEY_FILE', 'key of anchors'],
  ['ANCHOR_DIR', 'copies of anchors'],
] as const;

const masterKeyOf = ({ get }: Settings, env: Env, dataDir: string): Config['masterKey'] => {
  const value = get('MASTER_KEY');
  const file = env['MASTER_KEY_FILE']?.trim();
  return {
    ...(value === undefined ? {} : { value }),
    file: file ? resolve(file) : join(dataDir, 'master.key'),
    // A key file that was named must exist: a new key would make all that is stored unreadable.
    generate: !file,
  };
};

const eventStoreDbOf = ({ get, must }: Settings): string | undefined => {
  const address = get('EVENTSTORE_URL');
  const password = get('EVENTSTORE_PASSWORD');
  if (address === undefined || password === undefined) return address;
  const bringsUser = address.split('?')[0]!.includes('@');
  must(!bringsUser, 'EVENTSTORE_URL holds a user, and EVENTSTORE_PASSWORD is set: set one');
  return bringsUser ? address : withUser(address, { name: get('EVENTSTORE_USER') ?? 'aftercare', password });
};

const postgresOf = ({ get, must, fileOf }: Settings): PostgresOptions | undefined => {
  const connectionString = get('POSTGRES_URL');
  const ca = fileOf('POSTGRES_CA_FILE');
  must(ca === undefined || connectionString !== undefined, 'POSTGRES_CA_FILE is set without POSTGRES_URL');
  if (connectionString === undefined) return undefined;
  const schema = get('POSTGRES_SCHEMA');
  return {
    connectionString,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(schema === undefined ? {} : { schema }),
  };
};

const analyticsOf = ({ get, must, fileOf }: Settings): Config['analytics'] => {
  const url = get('CLICKHOUSE_URL');
  const [user, password, database] = [get('CLICKHOUSE_USER'), get('CLICKHOUSE_PASSWORD'), get('CLICKHOUSE_DATABASE')];
  const ca = fileOf('CLICKHOUSE_CA_FILE');
  must(
    url !== undefined || [user, password, database, ca].every((value) => value === undefined),
    'CLICKHOUSE_USER, CLICKHOUSE_PASSWORD, CLICKHOUSE_DATABASE and CLICKHOUSE_CA_FILE need CLICKHOUSE_URL',
  );
  must(
    ca === undefined || url === undefined || url.startsWith('https:'),
    'CLICKHOUSE_CA_FILE needs an https CLICKHOUSE_URL',
  );
  if (get('ANALYTICS') === 'off') return 'off';
  if (url === undefined) return 'engine';
  return {
    url,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
    asyncInserts: get('CLICKHOUSE_ASYNC_INSERTS') === 'on',
  };
};

const authOf = ({ get, must }: Settings, dataDir: string): AuthConfig => {
  const [issuer, jwksUrl, audience] = [get('AUTH_ISSUER'), get('AUTH_JWKS_URL'), get('AUTH_AUDIENCE')];
  const keyFile = get('TOKEN_KEY_FILE');
  must(keyFile === undefined || existsSync(keyFile), `TOKEN_KEY_FILE must be a readable file: ${keyFile ?? ''} is not`);
  if (!issuer && !jwksUrl && !audience)
    return { mode: 'local', keyFile: keyFile === undefined ? join(dataDir, 'token.key') : resolve(keyFile) };
  must(
    issuer !== undefined && jwksUrl !== undefined && audience !== undefined,
    'AUTH_ISSUER, AUTH_JWKS_URL and AUTH_AUDIENCE belong together: set all three, or none for tokens of a local key',
  );
  return { mode: 'issuer', issuer: issuer ?? '', jwksUrl: jwksUrl ?? '', audience: audience ?? '' };
};
