import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A subject's key as it rests: AES-256-GCM under the master key, bound to its subject. */
export const wrapKey = (key: Uint8Array, subject: string, master: Uint8Array): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, master, nonce);
  cipher.setAAD(Buffer.from(subject));
  const body = cipher.update(key);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
};

/** Throws when master key or subject are not those it was wrapped with. */
export const unwrapKey = (wrapped: Uint8Array, subject: string, master: Uint8Array): Buffer => {
  const decipher = createDecipheriv(ALGORITHM, master, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(subject));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
};

/** Tells one master key from another without giving either away; stored beside the wrapped keys. */
export const keyCheckValue = (master: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', master, '', 'aftercare/1 master key check', 16)).toString('hex');

/** A new subject key. */
export const freshKey = (): Buffer => randomBytes(32);
