import { readFileSync } from 'node:fs';
import { ConfigError } from './read-settings';

/** Who a program is for EventStoreDB. */
export interface EventStoreUser {
  readonly name: string;
  readonly password: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export const isEventStoreAddress = (text: string): boolean => /^esdb(\+discover)?:\/\//.test(text);

/**
 * An address for the command line, with the user put into it. Throws `ConfigError` when it brings a password along: an
 * argument can be read by everybody on the machine, and ends in the shell's history.
 */
export const withUser = (address: string, user: EventStoreUser | undefined): string => {
  const [, protocol = '', rest = ''] = /^(esdb(?:\+discover)?:\/\/)(.*)$/s.exec(address) ?? [];
  if (rest === '') throw new ConfigError(['the address must be of the form esdb://host:2113?tls=true']);
  if (rest.split('?')[0]!.includes('@'))
    throw new ConfigError([
      'the address must not hold a user and a password: set EVENTSTORE_USER and EVENTSTORE_PASSWORD (or EVENTSTORE_PASSWORD_FILE)',
    ]);
  if (user === undefined) return address;
  return `${protocol}${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@${rest}`;
};

/**
 * A user whose name and password stand under these names in the environment, or whose password stands in the file that
 * `<password>_FILE` names; undefined where there is no password.
 */
export const userFrom = (
  env: Env,
  { name, password, ifNone }: { readonly name: string; readonly password: string; readonly ifNone: string },
): EventStoreUser | undefined => {
  const given = env[password];
  const file = env[`${password}_FILE`];
  if (given !== undefined && file !== undefined)
    throw new ConfigError([`${password} and ${password}_FILE are both set: set one`]);
  const secret = given ?? (file === undefined ? undefined : secretIn(file, password));
  if (secret === undefined) return undefined;
  if (secret === '') throw new ConfigError([`${password} is empty`]);
  return { name: env[name]?.trim() || ifNone, password: secret };
};

const secretIn = (file: string, name: string): string => {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new ConfigError([`${name}_FILE names ${file}, which can't be read`]);
  }
};
