import { StoreBusyError, StoreFailedError } from '@aftercare/event-store';
import { isDatabaseDown } from '@aftercare/projections';

/** A server that a setting names can't be used at start. The message names the setting, never its value. */
export class ServerUnavailableError extends Error {
  override readonly name = 'ServerUnavailableError';
}

/** What PostgreSQL says of an address that it doesn't like: no such user, a wrong password, no such database. */
const REFUSED = /^(28|3D|3F|42501)/;

const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
};

/** Opens something on PostgreSQL; what is wrong with server or address is said in a sentence. */
export const onPostgres = <T>(open: () => Promise<T>): Promise<T> =>
  open().catch((error: unknown) => {
    if (isDatabaseDown(error))
      throw new ServerUnavailableError(
        `PostgreSQL does not answer (${codeOf(error) || 'connection lost'}): is POSTGRES_URL right, and is the server up?`,
      );
    if (REFUSED.test(codeOf(error)))
      throw new ServerUnavailableError(
        `PostgreSQL refuses user or database of POSTGRES_URL (SQLSTATE ${codeOf(error)})`,
      );
    throw error;
  });

/** The same for EventStoreDB. */
export const onEventStore = <T>(open: () => Promise<T>): Promise<T> =>
  open().catch((error: unknown) => {
    if (error instanceof StoreBusyError || error instanceof StoreFailedError)
      throw new ServerUnavailableError(
        `EventStoreDB can not be used: ${error.message}. Is EVENTSTORE_URL right, and is the server up?`,
      );
    throw error;
  });
