import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateViews, openSqliteViews, type Views } from './index';

describe('views of an earlier release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  let views: Views;
  beforeEach(() => {
    views = openSqliteViews(join(folder, 'views.db'));
  });
  afterEach(async () => {
    await views.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lose the table of a read model that is no more, with its view and its position', async () => {
    const db = views.write;
    await migrateViews(db);
    await sql`delete from schema_migrations where id = 3`.execute(db);
    await sql`create table ticket_progress_v1_g2 (key text primary key, doc text not null)`.execute(db);
    await sql`create view ticket_progress as select * from ticket_progress_v1_g2`.execute(db);
    const known = { name: 'ticket_progress', version: 1, generation: 2, table_name: 'ticket_progress_v1_g2' };
    await db.insertInto('read_models').values(known).execute();
    await db.insertInto('checkpoints').values({ consumer: known.table_name, position: 'x-1' }).execute();

    await migrateViews(db);

    const left = await sql`select name from sqlite_master where name like 'ticket_progress%'`.execute(db);
    expect(left.rows).toEqual([]);
    expect(await db.selectFrom('read_models').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('checkpoints').selectAll().execute()).toEqual([]);
  });
});
