import { readConfig, type Config } from './config';
import { userFrom, type EventStoreUser } from './event-store-address';
import { createPlatform, type Platform } from './platform';

/** The settings of this process; nobody else reads the environment. */
export const configFromEnvironment = (): Config => readConfig(process.env);

/** `over` goes before the environment: what a command itself says. */
export const platformFromEnvironment = (over: Readonly<Record<string, string>> = {}): Promise<Platform> =>
  createPlatform(readConfig({ ...process.env, ...over }));

/** The operator's token for the command line, where an identity provider issues them. */
export const operatorToken = (): string | undefined => process.env['AFTERCARE_TOKEN'];

/** Who this program is for EventStoreDB; undefined: nobody, as on a server without users. */
export const eventStoreUser = (): EventStoreUser | undefined =>
  userFrom(process.env, { name: 'EVENTSTORE_USER', password: 'EVENTSTORE_PASSWORD', ifNone: 'aftercare' });

/** Who sets an EventStoreDB up. */
export const eventStoreAdmin = (name?: string): EventStoreUser | undefined =>
  userFrom(
    { ...process.env, ...(name === undefined ? {} : { EVENTSTORE_ADMIN_USER: name }) },
    { name: 'EVENTSTORE_ADMIN_USER', password: 'EVENTSTORE_ADMIN_PASSWORD', ifNone: 'admin' },
  );
