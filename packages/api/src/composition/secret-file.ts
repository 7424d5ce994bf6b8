import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A secret file is there but holds no key. The message names the file, never its content. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

/** 32 random bytes in a file that only its owner reads; made when there is none. */
export const secretFile = (path: string): Uint8Array => {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    // 'wx': another process may make one at this moment; its key must not be overwritten.
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new SecretFileError(`${path} must hold 32 bytes as 64 hexadecimal digits`);
  return Buffer.from(text, 'hex');
};
