import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import type { Row } from '../../consumer/index';
import { writtenRow, type ReadModel } from '../read-model';

/** Name of the table in a build file. */
export const BUILT = 'built';

/**
 * A file of its own for a table that is being built: the live database is not touched until the copy. It is worth nothing
 * before it is finished, so it neither journals nor flushes.
 */
export class BuildFile {
  readonly #db: Database.Database;
  readonly #names: readonly string[];
  readonly #find: Database.Statement;
  readonly #write: Database.Statement;
  readonly #remove: Database.Statement;

  constructor(
    file: string,
    private readonly model: ReadModel,
  ) {
    removeBuildFile(file);
    this.#db = new Database(file);
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#names = ['key', 'doc', ...Object.keys(model.columns)];
    const columns = this.#names.map((name) => `"${name}"`);
    this.#db.exec(`create table ${BUILT} (${columns.join(', ')}, primary key ("key"))`);
    this.#find = this.#db.prepare(`select doc from ${BUILT} where "key" = ?`).pluck();
    this.#write = this.#db.prepare(
      `insert or replace into ${BUILT} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
    this.#remove = this.#db.prepare(`delete from ${BUILT} where "key" = ?`);
  }

  load(keys: readonly string[]): ReadonlyMap<string, Row> {
    const rows = new Map<string, Row>();
    for (const key of keys) {
      const doc = this.#find.get(key) as string | undefined;
      if (doc !== undefined) rows.set(key, JSON.parse(doc) as Row);
    }
    return rows;
  }

  write(rows: ReadonlyMap<string, Row | null>): void {
    this.#db.transaction(() => {
      for (const [key, row] of rows) {
        if (row === null) this.#remove.run(key);
        else {
          const written = writtenRow(this.model, key, row);
          this.#write.run(this.#names.map((name) => written[name]));
        }
      }
    })();
  }

  close(): void {
    this.#db.close();
  }
}

export const removeBuildFile = (file: string): void => {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
};
