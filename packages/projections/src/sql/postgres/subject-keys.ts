import { setImmediate } from 'node:timers/promises';
import type { SubjectId } from '@aftercare/domain';
import {
  freshKey,
  KeyCache,
  keyCheckValue,
  mustBeUnder,
  unwrapKey,
  wrapKey,
  type Clock,
  type SubjectKeys,
  type WrappedKeyTable,
} from '@aftercare/event-store';
import { Kysely, sql } from 'kysely';
import { textOf } from '../dialect';
import { openPool, schemaOf, type PostgresOptions } from './connection';
import { postgresDialect } from './dialect';
import { makeSchema } from './make-schema';

export interface PostgresKeysOptions extends PostgresOptions {
  readonly masterKey: Uint8Array;
  readonly clock: Pick<Clock, 'now'>;
}

interface KeysSchema {
  readonly key_meta: { readonly only: number; readonly key_check: string };
  /** A tombstone is a row without a key: it is never replaced, so the subject never gets another one. */
  readonly subject_keys: { readonly subject: string; readonly wrapped: Buffer | null };
}

type Key = Uint8Array | 'erased';
type KeysDb = Kysely<KeysSchema>;

/**
 * Subject keys on a PostgreSQL server, for any number of processes: in the schema `<schema>_keys`, apart from the views,
 * so that the two can be dumped apart, or on another server altogether. Flushed before they are given out, also where the
 * server is set not to. Makes its tables; throws `MasterKeyError` WRONG_MASTER_KEY, and what the server says.
 *
 * What was erased stays in the server's write-ahead log and in copies of it until those are thrown away, wrapped by the
 * master key.
 */
export const openPostgresKeys = async (options: PostgresKeysOptions): Promise<SubjectKeys> => {
  const schema = `${schemaOf(options)}_keys`;
  const settings = { synchronous_commit: 'on', lock_timeout: 5_000, idle_in_transaction_session_timeout: 10_000 };
  const pool = openPool({ ...options, schema }, { name: 'aftercare-keys', connections: 4, settings });
  const db: KeysDb = new Kysely({ dialect: postgresDialect(pool) });
  try {
    await makeSchema(db, schema);
    await makeTables(db);
    await checkMasterKey(db, options.masterKey);
    return new PostgresKeys(db, options);
  } catch (error) {
    await db.destroy();
    throw error;
  }
};

const makeTables = (db: KeysDb): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' keys', 0))`.execute(transaction);
    const text = textOf(transaction);
    const { schema } = transaction;
    await schema
      .createTable('key_meta')
      .ifNotExists()
      .addColumn('only', 'integer', (column) => column.primaryKey().check(sql`"only" = 1`))
      .addColumn('key_check', text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('subject_keys')
      .ifNotExists()
      .addColumn('subject', text, (column) => column.primaryKey())
      .addColumn('wrapped', 'bytea')
      .execute();
  });

const checkMasterKey = async (db: KeysDb, masterKey: Uint8Array): Promise<void> => {
  const value = keyCheckValue(masterKey);
  await db
    .insertInto('key_meta')
    .values({ only: 1, key_check: value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const known = await db.selectFrom('key_meta').select('key_check').executeTakeFirstOrThrow();
  mustBeUnder(value, known.key_check, 'the key store');
};

/** The keys on the server for a change of the master key, while no process uses them. */
export const openPostgresKeyTable = (options: PostgresOptions): WrappedKeyTable => {
  const schema = `${schemaOf(options)}_keys`;
  const settings = { synchronous_commit: 'on', lock_timeout: 5_000 };
  const pool = openPool({ ...options, schema }, { name: 'aftercare-key-rotation', connections: 1, settings });
  const db: KeysDb = new Kysely({ dialect: postgresDialect(pool) });
  return {
    check: async () => (await db.selectFrom('key_meta').select('key_check').executeTakeFirst())?.key_check,
    setCheck: async (value) => void (await db.updateTable('key_meta').set({ key_check: value }).execute()),
    page: (after, limit) =>
      db
        .selectFrom('subject_keys')
        .selectAll()
        .where('subject', '>', after ?? '')
        .orderBy('subject')
        .limit(limit)
        .execute(),
    replace: (rows) =>
      db.transaction().execute(async (transaction) => {
        for (const { subject, wrapped } of rows)
          await transaction
            .updateTable('subject_keys')
            .set({ wrapped: wrapped && Buffer.from(wrapped) })
            .where('subject', '=', subject)
            .where('wrapped', 'is not', null)
            .execute();
      }),
    count: async () => {
      const { count } = await db
        .selectFrom('subject_keys')
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    sweep: async () => void (await sql`vacuum (full) subject_keys`.execute(db)),
    close: () => db.destroy(),
  };
};

class PostgresKeys implements SubjectKeys {
  readonly #cache: KeyCache;
  #sweeping: Promise<void> = Promise.resolve();
  #nextSweep: Promise<void> | undefined;
  readonly #finding = new Round<SubjectId>((subjects) => this.#read(subjects));
  readonly #making = new Round<SubjectId>((subjects) => this.#make(subjects));

  constructor(
    private readonly db: KeysDb,
    private readonly options: PostgresKeysOptions,
  ) {
    this.#cache = new KeyCache(options.clock);
  }

  async ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Key>> {
    const found = new Map<SubjectId, Key>();
    const missing: SubjectId[] = [];
    for (const subject of subjects) {
      const key = this.#cache.get(subject);
      if (key === undefined) missing.push(subject);
      else found.set(subject, key);
    }
    if (missing.length === 0) return found;
    // What is in the database counts, not what was made here: another process may have made one, or erased it.
    const made = await this.#making.with(missing);
    for (const subject of missing) found.set(subject, made.get(subject)!);
    return found;
  }

  async find(subject: SubjectId): Promise<Key | undefined> {
    return this.#cache.get(subject) ?? (await this.#finding.with([subject])).get(subject);
  }

  async erase(subject: SubjectId): Promise<void> {
    await this.db
      .insertInto('subject_keys')
      .values({ subject, wrapped: null })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet({ wrapped: null }))
      .execute();
    this.#cache.set(subject, 'erased');
    await this.#sweep();
  }

  async close(): Promise<void> {
    this.#cache.clear();
    await this.#sweeping;
    await this.db.destroy();
  }

  async #make(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Key>> {
    const known = await this.#read(subjects);
    // In one order everywhere: two processes that make the same keys in two orders would wait for each other.
    const missing = subjects.filter((subject) => !known.has(subject)).sort();
    if (missing.length === 0) return known;
    const { masterKey } = this.options;
    await this.db
      .insertInto('subject_keys')
      .values(missing.map((subject) => ({ subject, wrapped: wrapKey(freshKey(), subject, masterKey) })))
      .onConflict((conflict) => conflict.column('subject').doNothing())
      .execute();
    return new Map([...known, ...(await this.#read(missing))]);
  }

  async #read(subjects: readonly SubjectId[]): Promise<Map<SubjectId, Key>> {
    const rows = await this.db.selectFrom('subject_keys').selectAll().where('subject', 'in', subjects).execute();
    const keys = new Map<SubjectId, Key>();
    for (const { subject, wrapped } of rows) {
      const key = wrapped === null ? 'erased' : unwrapKey(wrapped, subject, this.options.masterKey);
      this.#cache.set(subject, key);
      keys.set(subject, key);
    }
    return keys;
  }

  /**
   * PostgreSQL leaves the old row where it is and marks it: the table is written anew without it. One sweep serves all
   * erased before it began. If the table is in use for too long, the next one does it.
   */
  #sweep(): Promise<void> {
    this.#nextSweep ??= this.#sweeping.then(async () => {
      this.#nextSweep = undefined;
      await sql`vacuum (full) subject_keys`.execute(this.db).catch(() => undefined);
    });
    this.#sweeping = this.#nextSweep;
    return this.#nextSweep;
  }
}

/** All that is asked for in one turn of the event loop goes to the server in one question. */
class Round<T> {
  #wanted = new Set<T>();
  #next: Promise<ReadonlyMap<T, Key>> | undefined;

  constructor(private readonly ask: (wanted: readonly T[]) => Promise<ReadonlyMap<T, Key>>) {}

  with(wanted: readonly T[]): Promise<ReadonlyMap<T, Key>> {
    for (const one of wanted) this.#wanted.add(one);
    return (this.#next ??= this.#begin());
  }

  async #begin(): Promise<ReadonlyMap<T, Key>> {
    await setImmediate();
    const wanted = [...this.#wanted];
    this.#wanted = new Set();
    this.#next = undefined;
    return this.ask(wanted);
  }
}
