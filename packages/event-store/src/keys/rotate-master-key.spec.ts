import { join } from 'node:path';
import { temporaryFolder } from '../../testing/temporary-folder';
import { SimulatedClock } from '../clock/simulated-clock';
import { rotateMasterKey, type WrappedKeyTable } from './rotate-master-key';
import { openSqliteKeyTable } from './sqlite-key-table';
import { openSqliteKeys } from './sqlite-keys';

const [from, to, other] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const clock = new SimulatedClock();
const SUBJECTS = Array.from({ length: 1_200 }, (_, n) => `customer-${n}`);

describe('changing the master key', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  let files = 0;

  const filled = async () => {
    const path = join(folder.path, `keys-${(files += 1)}.db`);
    const keys = openSqliteKeys({ path, masterKey: from, clock });
    const made = await keys.ensure(SUBJECTS);
    await keys.erase('customer-7');
    await keys.close();
    return { path, made };
  };
  const under = async (path: string, masterKey: Buffer) => {
    const keys = openSqliteKeys({ path, masterKey, clock });
    const found = new Map(await Promise.all(SUBJECTS.map(async (one) => [one, await keys.find(one)] as const)));
    await keys.close();
    return found;
  };
  const rotated = async (path: string, wrapper: (table: WrappedKeyTable) => WrappedKeyTable = (table) => table) => {
    const table = openSqliteKeyTable(path);
    const told: number[] = [];
    try {
      const onProgress = ({ done }: { done: number }) => told.push(done);
      return { rewrapped: await rotateMasterKey(wrapper(table), { from, to, onProgress }), told };
    } finally {
      await table.close();
    }
  };

  it('keeps every subject’s key, and a forgotten person forgotten', async () => {
    const { path, made } = await filled();
    expect(await rotated(path)).toEqual({ rewrapped: 1_199, told: [500, 1_000, 1_200] });
    expect(await under(path, to)).toEqual(new Map(made).set('customer-7', 'erased'));
    await expect(under(path, from)).rejects.toMatchObject({ code: 'WRONG_MASTER_KEY' });
    expect((await rotated(path)).rewrapped).toBe(0);
  });

  it('goes on where it was interrupted; until then neither key opens the store alone', async () => {
    const { path, made } = await filled();
    let pages = 0;
    const interrupted = (table: WrappedKeyTable): WrappedKeyTable => ({
      ...table,
      replace: (rows) => ((pages += 1) === 2 ? Promise.reject(new Error('power cut')) : table.replace(rows)),
    });
    await expect(rotated(path, interrupted)).rejects.toThrow('power cut');
    for (const key of [from, to]) await expect(under(path, key)).rejects.toMatchObject({ code: 'ROTATION_UNFINISHED' });
    expect((await rotated(path)).rewrapped).toBe(1_199 - 500);
    expect(await under(path, to)).toEqual(new Map(made).set('customer-7', 'erased'));
  });

  it('changes nothing when the keys are under another master key', async () => {
    const { path, made } = await filled();
    const table = openSqliteKeyTable(path);
    await expect(rotateMasterKey(table, { from: other, to })).rejects.toMatchObject({ code: 'WRONG_MASTER_KEY' });
    await table.close();
    expect(await under(path, from)).toEqual(new Map(made).set('customer-7', 'erased'));
  });

  it('is refused while a process uses the keys', async () => {
    const { path } = await filled();
    const keys = openSqliteKeys({ path, masterKey: from, clock });
    expect(() => openSqliteKeyTable(path)).toThrow(expect.objectContaining({ code: 'LOCKED' }));
    await keys.close();
  });
});
