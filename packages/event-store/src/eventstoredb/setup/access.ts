import { jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { failureOf } from '../esdb-errors';
import { META_STREAM } from '../esdb-record';

/** Where the server keeps what holds for every stream without an ACL of its own. */
const SETTINGS = '$settings';
const ADMINS = '$admins';

/** May do: read (`$r`), write (`$w`), delete (`$d`), read and write metadata (`$mr`, `$mw`). */
type Acl = Readonly<Record<'$r' | '$w' | '$d' | '$mr' | '$mw', string | readonly string[]>>;

/**
 * Every stream of ours: read and written by the user, deleted and cut (`$maxAge`, `$maxCount`, which are metadata) by
 * administrators only. System streams: administrators only, as the server has it by itself.
 */
export const defaultAcls = (user: string): { readonly $userStreamAcl: Acl; readonly $systemStreamAcl: Acl } => ({
  $userStreamAcl: { $r: [user, ADMINS], $w: [user, ADMINS], $d: ADMINS, $mr: [user, ADMINS], $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
});

/** True: they were changed; false: they stood so already. */
export const setDefaultAcls = async (admin: EventStoreDBClient, user: string): Promise<boolean> => {
  const wanted = defaultAcls(user);
  if (JSON.stringify(await lastData(admin, SETTINGS)) === JSON.stringify(wanted)) return false;
  await admin.appendToStream(SETTINGS, jsonEvent({ type: 'update-default-acl', data: { ...wanted } }), {
    expectedRevision: 'any',
  });
  return true;
};

/** The right to read everything, which a worker needs and the default ACLs don't give. True: it was missing. */
export const allowReadingAll = async (admin: EventStoreDBClient, user: string): Promise<boolean> => {
  const { metadata } = await admin.getStreamMetadata('$all');
  const readers = metadata?.acl?.readRoles ?? [];
  if (readers.includes(user) && readers.includes(ADMINS)) return false;
  const acl = { ...metadata?.acl, readRoles: [...new Set([...readers, ADMINS, user])] };
  await admin.setStreamMetadata('$all', { ...metadata, acl });
  return true;
};

/** What the user turned out to be allowed; found out without writing anything. */
export interface Rights {
  readonly readsAll: boolean;
  readonly appends: boolean;
  /** These must be false. */
  readonly cutsStreams: boolean;
  readonly readsSettings: boolean;
}

/** No stream has so many events: what the server refuses for it, it would have let the user do. */
const NEVER = 1_000_000_000_000n;

/** Tries each right as the user. */
export const rightsOf = async (user: EventStoreDBClient): Promise<Rights> => {
  const event = jsonEvent({ type: 'aftercare.Tried', data: {} });
  return {
    readsAll: await allowed(async () => {
      await last(user.readAll({ maxCount: 1 }));
    }),
    appends: await allowed(() => user.appendToStream(META_STREAM, event, { expectedRevision: NEVER })),
    cutsStreams: await allowed(() => user.setStreamMetadata(META_STREAM, {}, { expectedRevision: NEVER })),
    readsSettings: await allowed(async () => {
      await last(user.readStream(SETTINGS, { maxCount: 1 }));
    }),
  };
};

const allowed = async (attempt: () => Promise<unknown>): Promise<boolean> => {
  try {
    await attempt();
    return true;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'not-allowed') return false;
    if (failure === 'wrong-revision' || failure === 'no-such-stream') return true;
    throw error;
  }
};

/** What the last event of a stream says; undefined where there is none. */
const lastData = async (client: EventStoreDBClient, stream: string): Promise<unknown> => {
  try {
    const end = { direction: 'backwards', fromRevision: 'end', maxCount: 1 } as const;
    return (await last(client.readStream(stream, end)))?.event?.data;
  } catch (error) {
    if (failureOf(error) !== 'no-such-stream') throw error;
    return undefined;
  }
};

/** Reads to the end: the client can't be disposed of after a read that was broken off. */
const last = async <T>(reading: AsyncIterable<T>): Promise<T | undefined> => {
  let seen: T | undefined;
  for await (const one of reading) seen = one;
  return seen;
};
