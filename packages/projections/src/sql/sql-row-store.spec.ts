import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointMovedError } from '../consumer/index';
import { viewsUnderTest, type ViewsUnderTest } from '../testing/views-under-test';
import { migrateViews, readModel, ReadModelTables, SqlRowStore, type Views } from './index';

interface Note {
  readonly text: string;
  readonly urgent: boolean;
}

const notes = readModel<Note>({
  projector: { name: 'notes', version: 1, types: [], key: () => undefined, evolve: () => null },
  columns: { urgent: { kind: 'flag', of: (row) => row.urgent } },
  indexes: [['urgent']],
});

describe('rows in SQL', () => {
  let folder: string;
  let database: ViewsUnderTest;
  let views: Views;
  let table: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
    database = viewsUnderTest(folder);
    views = await database.open();
    await migrateViews(views.write);
    table = (await new ReadModelTables(views.write).prepare(notes)).table;
  });
  afterEach(async () => {
    await views.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  const store = () => new SqlRowStore(views.write, notes, table);

  it('come back as they were saved, and go when they are null', async () => {
    const rows = store();
    await rows.save(
      new Map([
        ['a', { text: '[1]', urgent: true }],
        ['b', { text: '', urgent: false }],
      ]),
      'p1',
    );
    await rows.save(new Map([['b', null]]), 'p2');
    expect([...(await rows.load(['a', 'b', 'c']))]).toEqual([['a', { text: '[1]', urgent: true }]]);
  });

  it('are saved in one piece, however many they are', async () => {
    const many = new Map(Array.from({ length: 25_000 }, (_, n) => [`k${n}`, { text: 't', urgent: n % 2 === 0 }]));
    await store().save(many, 'p1');
    expect((await store().load([...many.keys()])).size).toBe(25_000);
  });

  it('refuse a writer whose picture of them is old, so that no event is folded twice', async () => {
    const [ours, theirs] = [store(), store()];
    await ours.save(new Map([['a', { text: 'first', urgent: false }]]), 'p1');
    await theirs.save(new Map([['a', { text: 'theirs', urgent: false }]]), 'p2');
    await expect(ours.save(new Map([['a', { text: 'ours', urgent: false }]]), 'p2')).rejects.toThrow(
      CheckpointMovedError,
    );
    expect((await ours.load(['a'])).get('a')).toEqual({ text: 'theirs', urgent: false });
  });

  it('refuse to fold again what was committed although the answer was lost on its way', async () => {
    const rows = store();
    await rows.position();
    const { write: db } = views;
    const transaction = db.transaction.bind(db);
    jest.spyOn(db, 'transaction').mockImplementationOnce(() => {
      const real = transaction();
      const execute = real.execute.bind(real);
      return Object.assign(real, {
        execute: (work: Parameters<typeof execute>[0]) =>
          execute(work).then(() => Promise.reject(new Error('connection lost'))),
      });
    });
    const page = new Map([['a', { text: 'once', urgent: false }]]);
    await expect(rows.save(page, 'p1')).rejects.toThrow('connection lost');
    await expect(rows.save(page, 'p1')).rejects.toThrow(CheckpointMovedError);
    expect(await rows.position()).toBe('p1');
    await rows.save(new Map(), 'p2');
  });
});
