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

/** Brings the schema up to date; may run any number of times. Returns the ids of the steps taken now. */
export const migrate = async (database: Database, facts: readonly Fact[]): Promise<readonly string[]> => {
  await database.command(
    `CREATE TABLE IF NOT EXISTS analytics_migrations (id String, taken DateTime DEFAULT now())
     ENGINE = ReplacingMergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const rows = await database.query<{ id: string }>('SELECT DISTINCT id FROM analytics_migrations');
  const taken = new Set(rows.map((row) => row.id));
  const due = facts.map(createTable).filter((step) => !taken.has(step.id));
  for (const step of due) {
    await database.command(step.sql);
    await database.insert('analytics_migrations', [{ id: step.id }]);
  }
  return due.map((step) => step.id);
};
