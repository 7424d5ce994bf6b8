import { join, resolve } from 'node:path';

/** How bearer tokens are checked: with a key of this machine, or with the keys of an identity provider. */
export type AuthConfig =
  | { readonly mode: 'local'; readonly keyFile: string }
  | { readonly mode: 'issuer'; readonly issuer: string; readonly jwksUrl: string; readonly audience: string };

/** Everything that can be set from outside; read once, in `composition/` only. */
export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly site: string;
  readonly zone: string;
  readonly auth: AuthConfig;
  readonly masterKey: { readonly value?: string; readonly file: string; readonly generate: boolean };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly analytics: boolean;
  /** Numbers handed out per allocation: 10 embedded. */
  readonly numberBlock: number;
  /** Where the customer's tracking links point to. */
  readonly publicUrl: string;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One or more settings are wrong; the message lists all of them and repeats no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`these settings are wrong:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads and checks the settings. Throws `ConfigError` with every problem at once. */
export const readConfig = (env: Env): Config => {
  const problems: string[] = [];
  const get = (name: string): string | undefined => env[name]?.trim() || undefined;
  const must = (holds: boolean, message: string): void => void (holds || problems.push(message));

  const dataDir = resolve(get('DATA_DIR') ?? './data');
  const host = get('HOST') ?? '127.0.0.1';
  const port = Number(get('PORT') ?? '3000');
  must(Number.isInteger(port) && port >= 0 && port <= 65_535, 'PORT must be a whole number from 0 to 65535');
  const site = get('SITE') ?? 'main';
  must(/^[A-Za-z0-9][A-Za-z0-9._/+-]{0,63}$/.test(site), 'SITE must be a short code of letters, digits and . _ / + -');
  const zone = get('ZONE') ?? 'Asia/Shanghai';
  must(isZone(zone), 'ZONE must be an IANA time zone such as Asia/Shanghai');
  const logLevel = (get('LOG_LEVEL') ?? 'info') as Config['logLevel'];
  must(LOG_LEVELS.includes(logLevel), `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  const analytics = get('ANALYTICS') ?? 'on';
  must(['on', 'off'].includes(analytics), 'ANALYTICS must be on or off');
  const publicUrl = get('PUBLIC_URL') ?? `http://${host}:${port}`;
  must(isWebAddress(publicUrl), 'PUBLIC_URL must be an http or https address');
  const value = get('MASTER_KEY');
  const file = get('MASTER_KEY_FILE');
  must(!(value && file), 'MASTER_KEY and MASTER_KEY_FILE are both set: set one');
  const auth = authOf(get, dataDir, must);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    dataDir,
    host,
    port,
    site,
    zone,
    auth,
    // A key file that was named must exist: a new key would make all that is stored unreadable.
    masterKey: {
      ...(value ? { value } : {}),
      file: file ? resolve(file) : join(dataDir, 'master.key'),
      generate: !file,
    },
    logLevel,
    analytics: analytics === 'on',
    numberBlock: 10,
    publicUrl: publicUrl.replace(/\/+$/, ''),
  };
};

const authOf = (
  get: (name: string) => string | undefined,
  dataDir: string,
  must: (holds: boolean, message: string) => void,
): AuthConfig => {
  const issuer = get('AUTH_ISSUER');
  const jwksUrl = get('AUTH_JWKS_URL');
  const audience = get('AUTH_AUDIENCE');
  if (!issuer && !jwksUrl && !audience) return { mode: 'local', keyFile: join(dataDir, 'token.key') };
  must(
    issuer !== undefined && jwksUrl !== undefined && audience !== undefined,
    'AUTH_ISSUER, AUTH_JWKS_URL and AUTH_AUDIENCE belong together: set all three, or none for tokens of a local key',
  );
  must(jwksUrl === undefined || isWebAddress(jwksUrl), 'AUTH_JWKS_URL must be an http or https address');
  return { mode: 'issuer', issuer: issuer ?? '', jwksUrl: jwksUrl ?? '', audience: audience ?? '' };
};

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
};

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
