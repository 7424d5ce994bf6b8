import { type Fact } from '../facts';
import { type Database } from './database';

/** One step of the schema. A step that was released is never edited: the next version of a fact is a new table. */
interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * Newer versions of a row replace older ones, so that feeding events twice changes nothing. chDB does not sync to disk
 * by default: without both settings a checkpoint could outlive the rows that it stands for (architecture §9).
 */
const createTable = (fact: Fact): Migration => ({
  id: `create ${fact.table}`,
  sql: `CREATE TABLE IF NOT EXISTS ${fact.table} (
  ${Object.entries(fact.columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(',\n  ')}
) ENGINE = ReplacingMergeTree(version)
ORDER BY (${fact.key.join(', ')})
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
});

/** So many inserts a table remembers by their token. An insert that is sent again comes within seconds. */
const TOKENS_REMEMBERED = 1_000;

/**
 * A table that is not replicated forgets tokens unless it is told to keep some. Not for the engine in process: without a
 * token it would go by the rows' contents, and leave out rows that are fed again because they were lost.
 */
const rememberTokens = (fact: Fact): Migration => ({
  id: `remember inserts of ${fact.table}`,
  sql: `ALTER TABLE ${fact.table} MODIFY SETTING non_replicated_deduplication_window = ${String(TOKENS_REMEMBERED)}`,
});

/**
 * What a step may look like. ClickHouse has no transaction or lock around a step and its mark, so two processes that
 * start at once may both take one: each form here may be taken by any number of them at the same time.
 */
export const HARMLESS_TWICE: readonly RegExp[] = [
  /^CREATE TABLE IF NOT EXISTS \w+ \(/,
  /^ALTER TABLE \w+ MODIFY SETTING \w+ = \w+$/,
  /^ALTER TABLE \w+ ADD COLUMN IF NOT EXISTS /,
];

/** The steps for these facts, in order. */
export const stepsFor = (facts: readonly Fact[], remembersInserts: boolean): readonly Migration[] =>
  facts.flatMap((fact) => (remembersInserts ? [createTable(fact), rememberTokens(fact)] : [createTable(fact)]));

/** Brings the schema up to date; may run any number of times, at once too. Returns the ids of the steps taken now. */
export const migrate = async (database: Database, facts: readonly Fact[]): Promise<readonly string[]> => {
  await database.command(
    `CREATE TABLE IF NOT EXISTS analytics_migrations (id String, taken DateTime DEFAULT now())
     ENGINE = ReplacingMergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const rows = await database.query<{ id: string }>('SELECT DISTINCT id FROM analytics_migrations');
  const taken = new Set(rows.map((row) => row.id));
  const due = stepsFor(facts, database.remembersInserts).filter((step) => !taken.has(step.id));
  for (const step of due) {
    await database.command(step.sql);
    await database.insert('analytics_migrations', [{ id: step.id }]);
  }
  return due.map((step) => step.id);
};
