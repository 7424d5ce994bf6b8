import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MasterKeyError } from './master-key-error';

export interface MasterKeySource {
  /** The key itself, hex or base64, as an environment variable holds it; goes before the file. */
  readonly value?: string;
  readonly file?: string;
  /** Makes the file, readable by its owner only, when there is none. */
  readonly generate?: boolean;
}

/** The 32 bytes that every subject key is wrapped with. Throws `MasterKeyError`, which never repeats the key. */
export const loadMasterKey = ({ value, file, generate }: MasterKeySource): Uint8Array => {
  if (value !== undefined && value !== '') return parseKey(value, 'the value given');
  if (file === undefined) throw new MasterKeyError('NO_MASTER_KEY', 'neither a master key nor a file for it was given');
  if (!existsSync(file)) {
    if (!generate) throw new MasterKeyError('NO_MASTER_KEY', `there is no master key at ${file}`);
    mkdirSync(dirname(file), { recursive: true });
    // 'wx': if another process makes one at this moment, its key must not be overwritten.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  return parseKey(readFileSync(file, 'utf8'), file);
};

const parseKey = (text: string, from: string): Uint8Array => {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length !== 32 || !/^[A-Za-z0-9+/]+={0,2}$/.test(trimmed))
    throw new MasterKeyError('MALFORMED_MASTER_KEY', `${from}: a master key is 32 bytes as hex or base64`);
  return key;
};
