import { setUpEventStoreDb, StoreBusyError, StoreFailedError, type SetUpReport } from '@aftercare/event-store';
import { eventStoreAdmin, eventStoreUser } from '../composition/environment';
import { isEventStoreAddress, withUser } from '../composition/event-store-address';
import { CliError } from './cli-error';

export interface EventStoreInitOptions {
  readonly url: string;
  readonly adminUser?: string;
}

/**
 * Makes the platform's user on an EventStoreDB with the rights it needs, and looks whether the server may forget events.
 * Safe to repeat. Exit code 1 when the user may do too little or too much, or a stream may lose events.
 */
export const eventStoreInitCommand = async (
  { url, adminUser }: EventStoreInitOptions,
  say: (line: string) => void,
): Promise<0 | 1> => {
  if (!isEventStoreAddress(url)) throw new CliError('--url must be of the form esdb://host:2113?tls=true');
  const address = withUser(url, undefined);
  const admin = eventStoreAdmin(adminUser);
  if (!admin) throw new CliError('set EVENTSTORE_ADMIN_PASSWORD, or EVENTSTORE_ADMIN_PASSWORD_FILE');
  const user = eventStoreUser();
  if (!user)
    throw new CliError('set EVENTSTORE_PASSWORD, or EVENTSTORE_PASSWORD_FILE: the password of the user to be made');
  if (user.name === admin.name) throw new CliError('the platform must not be the administrator: set EVENTSTORE_USER');
  try {
    return tell(await setUpEventStoreDb({ address, admin, user }), user.name, say);
  } catch (error) {
    if (error instanceof StoreFailedError || error instanceof StoreBusyError) throw new CliError(error.message);
    throw error;
  }
};

const OUTCOMES = {
  made: 'was made',
  there: 'was there, with this password',
  'password-changed': 'was there, its password was changed',
} as const;

const tell = (report: SetUpReport, user: string, say: (line: string) => void): 0 | 1 => {
  const { rights, losing } = report;
  say(`user ${user}: ${OUTCOMES[report.user]}; it belongs to no group`);
  say(
    `streams: ${user} reads and appends, administrators alone delete and set metadata: ${changed(report.defaultAcls)}`,
  );
  say(`$all: ${user} reads it: ${changed(report.readingAll)}`);
  const wrong = [
    ...(rights.readsAll ? [] : [`${user} can't read $all`]),
    ...(rights.appends ? [] : [`${user} can't append`]),
    ...(rights.cutsStreams ? [`${user} can set stream metadata, such as $maxAge`] : []),
    ...(rights.readsSettings ? [`${user} can read the server's own streams`] : []),
  ];
  for (const line of wrong) say(`WRONG: ${line}`);
  if (wrong.length === 0)
    say(`tried as ${user}: appends, reads $all, is refused metadata and the server's own streams`);
  for (const { stream, because } of losing.slice(0, 20)) say(`LOSES EVENTS: ${stream} has ${because}`);
  if (losing.length > 20) say(`… and ${losing.length - 20} more streams`);
  if (losing.length === 0) say('no stream has $maxAge, $maxCount or $tb, none was deleted');
  return wrong.length + losing.length === 0 ? 0 : 1;
};

const changed = (now: boolean): string => (now ? 'set now' : 'was set already');
