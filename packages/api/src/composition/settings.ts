import { isIP } from 'node:net';

/** One environment variable. docs/configuration.md is generated from this table. */
export interface Setting {
  readonly name: string;
  readonly group: SettingGroup;
  /** What it is for, in a sentence. */
  readonly says: string;
  /** What may stand in it; a problem reads "NAME must be <allowed>". */
  readonly allowed: string;
  /** As documentation; what it really is stands where it is read. */
  readonly default: string;
  /** May also be given as a file, named by `<NAME>_FILE`; never repeated in messages or logs. */
  readonly secret?: true;
  readonly fits?: (text: string) => boolean;
}

export const SETTING_GROUPS = {
  process: 'The process',
  events: 'Events, keys and read models',
  analytics: 'Analytics',
  access: 'Keys and tokens',
} as const;

export type SettingGroup = keyof typeof SETTING_GROUPS;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const isHost = (text: string): boolean =>
  isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(text);
const oneOf =
  (...words: readonly string[]) =>
  (text: string): boolean =>
    words.includes(text);

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
};

/** Secrets in an address end up in logs and error messages: they have variables of their own. */
const isBareWebAddress = (text: string): boolean => {
  if (!isWebAddress(text)) return false;
  const { username, password, search, hash, pathname } = new URL(text);
  return [username, password, search, hash].every((part) => part === '') && pathname === '/';
};

const isWorkerList = (text: string): boolean => text.split(',').every((each) => isBareWebAddress(each.trim()));

/** Every variable, in the order in which they are documented. */
export const SETTINGS = [
  {
    name: 'ROLES',
    group: 'process',
    says: 'What `serve` does in this process: answer the API, do the work behind it (read models, processes, feeding ClickHouse), or both. `npm run aftercare -- work` is the same as `work`. Split roles need EVENTSTORE_URL, POSTGRES_URL and CLICKHOUSE_URL (or ANALYTICS=off), and the same keys and shared places for every process.',
    allowed: 'serve, work or serve,work',
    default: '`serve,work`',
    fits: oneOf('serve', 'work', 'serve,work', 'work,serve'),
  },
  {
    name: 'DATA_DIR',
    group: 'process',
    says: 'Where everything lies that no server keeps: with no server at all, everything.',
    allowed: 'a directory',
    default: '`./data`',
  },
  {
    name: 'HOST',
    group: 'process',
    says: 'The address that the API and the operations port listen on.',
    allowed: 'an IP address or a host name',
    default: '`127.0.0.1`',
    fits: isHost,
  },
  {
    name: 'PORT',
    group: 'process',
    says: 'The port of the API.',
    allowed: 'a whole number from 0 to 65535',
    default: '`3000`',
    fits: isPort,
  },
  {
    name: 'OPS_PORT',
    group: 'process',
    says: 'A second port for the inner network only: /healthz, /readyz and /metrics without a token, and the commands that `rebuild` and `status` send to a worker.',
    allowed: 'a whole number from 0 to 65535, or off',
    default: '`3001` with ROLES=work, otherwise `off`',
    fits: (text) => text === 'off' || isPort(text),
  },
  {
    name: 'WORKER_URLS',
    group: 'process',
    says: 'The operations ports of all workers, for `rebuild`, `status` and the admin routes of the API where roles are split.',
    allowed: 'http or https addresses, separated by commas',
    default: 'unset',
    fits: isWorkerList,
  },
  {
    name: 'PUBLIC_URL',
    group: 'process',
    says: "Where the customers' tracking links point to.",
    allowed: 'an http or https address',
    default: 'from HOST and PORT',
    fits: isWebAddress,
  },
  {
    name: 'SITE',
    group: 'process',
    says: "The site's code; it stands in every ticket.",
    allowed: 'a short code of letters, digits and . _ / + -',
    default: '`main`',
    fits: (text) => /^[A-Za-z0-9][A-Za-z0-9._/+-]{0,63}$/.test(text),
  },
  {
    name: 'ZONE',
    group: 'process',
    says: "The site's time zone: working hours, months of numbers, days of figures.",
    allowed: 'an IANA time zone such as Asia/Shanghai',
    default: '`Asia/Shanghai`',
    fits: isZone,
  },
  {
    name: 'LOG_LEVEL',
    group: 'process',
    says: 'What is logged on standard output, as JSON lines.',
    allowed: `one of ${LOG_LEVELS.join(', ')}`,
    default: '`info`',
    fits: oneOf(...LOG_LEVELS),
  },
  {
    name: 'EVENTSTORE_URL',
    group: 'events',
    says: 'The EventStoreDB: `esdb://host:2113?tls=true&tlsCAFile=/path`, or several hosts of one cluster, separated by commas. Unset: a SQLite file.',
    allowed: 'a connection string that begins with esdb:// or esdb+discover://',
    default: 'unset: `DATA_DIR/events.db`',
    secret: true,
    fits: (text) => /^esdb(\+discover)?:\/\/[^\s/]+/.test(text),
  },
  {
    name: 'EVENTSTORE_USER',
    group: 'events',
    says: 'Its user, as `eventstore init` makes one; used when there is a password.',
    allowed: 'a name without spaces',
    default: '`aftercare`',
    fits: (text) => /^\S+$/.test(text),
  },
  {
    name: 'EVENTSTORE_PASSWORD',
    group: 'events',
    says: "That user's password, so that it need not stand in the address.",
    allowed: 'any text',
    default: 'none',
    secret: true,
  },
  {
    name: 'EVENTSTORE_ADMIN_USER',
    group: 'events',
    says: 'For the command line only: who sets an EventStoreDB up (`eventstore init`).',
    allowed: 'a name without spaces',
    default: '`admin`',
    fits: (text) => /^\S+$/.test(text),
  },
  {
    name: 'EVENTSTORE_ADMIN_PASSWORD',
    group: 'events',
    says: "That user's password.",
    allowed: 'any text',
    default: 'none',
    secret: true,
  },
  {
    name: 'POSTGRES_URL',
    group: 'events',
    says: 'The PostgreSQL (14 or later) for read models, process state, leases and the keys of persons, with user and password. Unset: SQLite files.',
    allowed: 'an address of the form postgres://user:password@host:port/database',
    default: 'unset: `DATA_DIR/views.db`, `DATA_DIR/keys.db`',
    secret: true,
    fits: (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
  },
  {
    name: 'POSTGRES_CA_FILE',
    group: 'events',
    says: 'The authority that signed the certificate of PostgreSQL; the connection is encrypted then, and the certificate checked.',
    allowed: 'a readable PEM file',
    default: 'unset: as `sslmode` of the address says',
  },
  {
    name: 'POSTGRES_SCHEMA',
    group: 'events',
    says: 'The schema of this deployment in that database; made when there is none.',
    allowed: 'small letters, digits and _',
    default: '`aftercare`',
    fits: (text) => /^[a-z][a-z0-9_]{0,62}$/.test(text),
  },
  {
    name: 'ANALYTICS',
    group: 'analytics',
    says: '`off` leaves ClickHouse out.',
    allowed: 'on or off',
    default: '`on`',
    fits: oneOf('on', 'off'),
  },
  {
    name: 'CLICKHOUSE_URL',
    group: 'analytics',
    says: 'The ClickHouse server. Unset: the engine in this process (chDB, an optional package), files in `DATA_DIR/chdb`.',
    allowed: 'an http or https address of host and port only: user, password and database have variables of their own',
    default: 'unset: the engine in process',
    fits: isBareWebAddress,
  },
  {
    name: 'CLICKHOUSE_USER',
    group: 'analytics',
    says: 'Its user; needs to create, insert into, select from, alter and truncate tables of the database.',
    allowed: 'a name without spaces',
    default: '`default`',
    fits: (text) => /^\S+$/.test(text),
  },
  {
    name: 'CLICKHOUSE_PASSWORD',
    group: 'analytics',
    says: "The user's password.",
    allowed: 'any text',
    default: 'none',
    secret: true,
  },
  {
    name: 'CLICKHOUSE_DATABASE',
    group: 'analytics',
    says: 'The database; it must exist.',
    allowed: 'letters, digits and _',
    default: '`default`',
    fits: (text) => /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(text),
  },
  {
    name: 'CLICKHOUSE_CA_FILE',
    group: 'analytics',
    says: 'The authority that signed its certificate.',
    allowed: 'a readable PEM file',
    default: 'unset: those that Node trusts',
  },
  {
    name: 'CLICKHOUSE_ASYNC_INSERTS',
    group: 'analytics',
    says: '`on` lets the server collect inserts before it writes them; they are waited for either way. For servers that many write to.',
    allowed: 'on or off',
    default: '`off`',
    fits: oneOf('on', 'off'),
  },
  {
    name: 'MASTER_KEY',
    group: 'access',
    says: 'Wraps the keys of all persons: 32 bytes as hex or base64. The same for every process of a deployment. Keep it apart from backups: without it a backup can not be read.',
    allowed: '32 bytes as hex or base64',
    default: '`DATA_DIR/master.key`, made at the first start; must be given where roles are split',
    secret: true,
  },
  {
    name: 'TOKEN_KEY_FILE',
    group: 'access',
    says: 'The key that signs and checks bearer tokens where no identity provider does; the same file for every process.',
    allowed: 'a readable file with 64 hexadecimal digits',
    default: '`DATA_DIR/token.key`, made at the first start; must be given where roles are split',
  },
  {
    name: 'ATTACHMENT_DIR',
    group: 'events',
    says: 'Contents of attachments, each encrypted under the key of whom it is about. Where roles are split, a directory that all processes share.',
    allowed: 'a directory',
    default: '`DATA_DIR/attachments`; must be given where roles are split',
  },
  {
    name: 'UPLOAD_IDLE_SECONDS',
    group: 'events',
    says: 'An attachment may take as long to come in as it likes, but not bring nothing for so many seconds: then it is given up with 408.',
    allowed: 'a whole number from 1 to 3600',
    default: '`30`',
    fits: (text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 3_600,
  },
  {
    name: 'ERASURE_REGISTER',
    group: 'access',
    says: 'A file of who was forgotten, by opaque names. Keep a copy apart from the backups: given to `restore`, it keeps an older backup from bringing anybody back.',
    allowed: 'a file',
    default: '`DATA_DIR/erasures.jsonl`; must be given where roles are split',
  },
  {
    name: 'ANCHOR_EVERY',
    group: 'events',
    says: 'Every so many minutes the worker signs one digest over all that is stored (an anchor), unless nothing has moved.',
    allowed: 'a whole number from 1 to 10080, or off',
    default: '`60`',
    fits: (text) => text === 'off' || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 10_080),
  },
  {
    name: 'ANCHOR_KEY_FILE',
    group: 'events',
    says: 'The private key that signs anchors (Ed25519, PEM). Keep a copy: without it no anchor follows the last one.',
    allowed: 'a file',
    default: '`DATA_DIR/anchor.key`, made with the first anchor; must be given where roles are split',
  },
  {
    name: 'ANCHOR_DIR',
    group: 'events',
    says: 'Each anchor is copied there. Only a copy that the holder of the database can not change proves that nobody signed another history.',
    allowed: 'a directory, best one of another machine that is written once',
    default: '`DATA_DIR/anchors`; must be given where roles are split',
  },
  {
    name: 'AUTH_ISSUER',
    group: 'access',
    says: 'Tokens come from this identity provider; the local key is not accepted any more. Set all three, or none.',
    allowed: 'the `iss` of its tokens',
    default: 'unset: tokens of the local key',
  },
  {
    name: 'AUTH_JWKS_URL',
    group: 'access',
    says: 'Where its keys are.',
    allowed: 'an http or https address',
    default: 'unset',
    fits: isWebAddress,
  },
  {
    name: 'AUTH_AUDIENCE',
    group: 'access',
    says: 'Whom its tokens are for.',
    allowed: 'the `aud` of its tokens',
    default: 'unset',
  },
  {
    name: 'AFTERCARE_TOKEN',
    group: 'access',
    says: 'For the command line only: a token of role operator, where an identity provider issues them.',
    allowed: 'a bearer token',
    default: 'unset: the command line signs one with the local key',
    secret: true,
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
