import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewsUnderTest, type ViewsUnderTest } from '../testing/views-under-test';
import { migrateViews, type Views } from './index';

describe('views of an earlier release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  let database: ViewsUnderTest;
  let views: Views;
  beforeEach(async () => {
    database = viewsUnderTest(folder);
    views = await database.open();
  });
  afterEach(async () => {
    await views.close();
    await database.drop();
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

    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name).filter((name) => name.startsWith('ticket_progress'))).toEqual([]);
    expect(await db.selectFrom('read_models').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('checkpoints').selectAll().execute()).toEqual([]);
  });
});
