import { EventStoreDBClient } from '@eventstore/db-client';
import { StoreFailedError } from '../../port/event-store';
import { failureOf, readError } from '../esdb-errors';
import { allowReadingAll, rightsOf, setDefaultAcls, type Rights } from './access';
import { ensureUser, leaderAmong, nodesOf, type Credentials, type UserOutcome } from './http-users';
import { losingStreams, type Losing } from './retention';

export interface SetUpOptions {
  /** Connection string without a user. */
  readonly address: string;
  readonly admin: Credentials;
  /** Who the platform is to be. */
  readonly user: Credentials;
}

export interface SetUpReport {
  readonly user: UserOutcome;
  /** True: changed by this call. */
  readonly defaultAcls: boolean;
  readonly readingAll: boolean;
  readonly rights: Rights;
  readonly losing: readonly Losing[];
}

/**
 * Prepares a server for the platform: a user with the rights it needs and no others, and a look at every stream whether
 * the server may forget its events. Repeated it changes nothing. Throws the port's errors.
 */
export const setUpEventStoreDb = async ({ address, admin, user }: SetUpOptions): Promise<SetUpReport> => {
  const leader = await leaderAmong(nodesOf(address), admin);
  const outcome = await ensureUser(leader, admin, user);
  const administrator = clientFor(address, admin);
  const itself = clientFor(address, user);
  try {
    const defaultAcls = await setDefaultAcls(administrator, user.name);
    const readingAll = await allowReadingAll(administrator, user.name);
    const losing = await losingStreams(administrator);
    return { user: outcome, defaultAcls, readingAll, rights: await rightsOf(itself), losing };
  } catch (error) {
    if (error instanceof StoreFailedError) throw error;
    throw failureOf(error) === 'not-allowed'
      ? new StoreFailedError(`EventStoreDB does not let ${admin.name} do this`, { cause: error })
      : readError(error);
  } finally {
    await Promise.all([administrator.dispose(), itself.dispose()]);
  }
};

const clientFor = (address: string, { name, password }: Credentials): EventStoreDBClient => {
  const text = address.replace('://', `://${encodeURIComponent(name)}:${encodeURIComponent(password)}@`);
  try {
    return EventStoreDBClient.connectionString(text);
  } catch {
    // The client's message would quote the password.
    throw new StoreFailedError('the address is not of the form esdb://host:2113?tls=true&tlsCAFile=/path/ca.crt');
  }
};
