import Database from 'better-sqlite3';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../testing/temporary-folder';
import { SimulatedClock } from '../clock/simulated-clock';
import { loadMasterKey } from './master-key';
import { openSqliteKeys } from './sqlite-keys';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const master = Buffer.alloc(32, 1);
const clock = new SimulatedClock();
let files = 0;
const newPath = () => join(folder.path, `keys-${(files += 1)}.db`);
const opened = (path = newPath(), masterKey: Uint8Array = master) => ({
  path,
  keys: openSqliteKeys({ path, masterKey, clock }),
});

describe('subject keys', () => {
  it('are made once, random and 32 bytes long, and are there after a restart', async () => {
    const { path, keys } = opened();
    const first = await keys.ensure(['customer-1', 'customer-2']);
    expect(first.get('customer-1')).toHaveLength(32);
    expect(first.get('customer-1')).not.toEqual(first.get('customer-2'));
    expect(await keys.ensure(['customer-1', 'customer-2'])).toEqual(first);
    await keys.close();
    const again = opened(path).keys;
    expect(await again.ensure(['customer-2', 'customer-1'])).toEqual(first);
    expect(await again.find('customer-1')).toEqual(first.get('customer-1'));
    expect(await again.find('customer-3')).toBeUndefined();
    await again.close();
  });

  it('are one for all who ask at once', async () => {
    const { keys } = opened();
    const asked = await Promise.all(Array.from({ length: 64 }, (_, n) => keys.ensure(['customer-0', `customer-${n}`])));
    expect(new Set(asked.map((found) => Buffer.from(found.get('customer-0') as Uint8Array).toString('hex'))).size).toBe(
      1,
    );
    expect(asked.every((found, n) => found.has(`customer-${n}`))).toBe(true);
    await keys.close();
  });

  it('rest only wrapped', async () => {
    const { path, keys } = opened();
    const key = (await keys.ensure(['customer-1'])).get('customer-1') as Uint8Array;
    await keys.close();
    expect(readFileSync(path).includes(Buffer.from(key))).toBe(false);
  });

  it('can’t be moved to another subject', async () => {
    const { path, keys } = opened();
    await keys.ensure(['customer-1', 'customer-2']);
    await keys.close();
    const db = new Database(path);
    db.exec("UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE subject = 'customer-1')");
    db.close();
    const again = opened(path).keys;
    await expect(again.find('customer-2')).rejects.toThrow();
    await again.close();
  });
});

describe('DEC-15 an erased key', () => {
  it('is a tombstone for ever, also for a subject that never had a key', async () => {
    const { path, keys } = opened();
    await keys.ensure(['customer-1']);
    await keys.erase('customer-1');
    await keys.erase('customer-9');
    const check = async (from: typeof keys) => {
      for (const subject of ['customer-1', 'customer-9']) {
        expect(await from.find(subject)).toBe('erased');
        expect((await from.ensure([subject])).get(subject)).toBe('erased');
      }
    };
    await check(keys);
    await keys.close();
    const again = opened(path).keys;
    await check(again);
    await again.close();
  });

  it('is gone from the files, not only from the table', async () => {
    const { path, keys } = opened();
    await keys.ensure(['customer-1']);
    const db = new Database(path, { readonly: true });
    const wrapped = db.prepare("SELECT wrapped FROM subject_keys WHERE subject = 'customer-1'").pluck().get() as Buffer;
    db.close();
    await keys.erase('customer-1');
    const files = [path, `${path}-wal`].map((file) => readFileSync(file));
    expect(files.some((bytes) => bytes.includes(wrapped))).toBe(false);
    await keys.close();
  });

  it('is forgotten within a minute where it was erased by another hand', async () => {
    const { path, keys } = opened();
    await keys.ensure(['customer-1']);
    const db = new Database(path);
    db.exec("UPDATE subject_keys SET wrapped = NULL WHERE subject = 'customer-1'");
    db.close();
    expect(await keys.find('customer-1')).toHaveLength(32);
    await clock.advance(60_000);
    expect(await keys.find('customer-1')).toBe('erased');
    await keys.close();
  });
});

describe('the master key', () => {
  it('must be the one that the keys were wrapped with: another is refused and changes nothing', async () => {
    const { path, keys } = opened();
    const made = await keys.ensure(['customer-1']);
    await keys.close();
    expect(() => opened(path, Buffer.alloc(32, 2))).toThrow(expect.objectContaining({ code: 'WRONG_MASTER_KEY' }));
    const again = opened(path).keys;
    expect(await again.ensure(['customer-1'])).toEqual(made);
    await again.close();
  });

  it('is read from a value or a file, as hex or base64', () => {
    const file = join(folder.path, 'master.key');
    writeFileSync(file, `${master.toString('base64')}\n`);
    expect(loadMasterKey({ file })).toEqual(master);
    expect(loadMasterKey({ value: Buffer.alloc(32, 3).toString('hex'), file })).toEqual(Buffer.alloc(32, 3));
  });

  it('is made only when asked for, readable by its owner alone', () => {
    const file = join(folder.path, 'deep', 'new.key');
    expect(() => loadMasterKey({ file })).toThrow(expect.objectContaining({ code: 'NO_MASTER_KEY' }));
    const made = loadMasterKey({ file, generate: true });
    expect(made).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadMasterKey({ file, generate: true })).toEqual(made);
  });

  it.each(['', 'short', 'z'.repeat(64), Buffer.alloc(31).toString('base64'), 'f'.repeat(63)])(
    'is refused when it is none: %j',
    (value) => {
      const file = join(folder.path, 'bad.key');
      writeFileSync(file, value);
      expect(() => loadMasterKey({ file })).toThrow(expect.objectContaining({ code: 'MALFORMED_MASTER_KEY' }));
    },
  );
});

describe('the key file', () => {
  it('has one writer', async () => {
    const { path, keys } = opened();
    expect(() => opened(path)).toThrow(expect.objectContaining({ code: 'LOCKED' }));
    await keys.close();
    await opened(path).keys.close();
  });

  it('is copied with its tombstones', async () => {
    const { keys } = opened();
    const made = await keys.ensure(['customer-1']);
    await keys.erase('customer-2');
    const copy = newPath();
    await keys.backup(copy);
    await keys.close();
    const restored = opened(copy).keys;
    expect(await restored.find('customer-1')).toEqual(made.get('customer-1'));
    expect(await restored.find('customer-2')).toBe('erased');
    await restored.close();
  });
});
