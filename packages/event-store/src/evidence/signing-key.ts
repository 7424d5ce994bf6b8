import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256Bytes, type Digest } from './merkle';

/** The signing key is not there or can't be used; the message says what to do and repeats no secret. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

/** An Ed25519 key that signs. */
export interface SigningKey {
  /** SHA-256 of the public key in DER, hex: what people compare. */
  readonly keyId: Digest;
  /** SPKI in DER, base64. */
  readonly publicKey: string;
  /** Base64. */
  sign(statement: string): string;
}

/** Id of a public key given as SPKI in DER, base64. */
export const fingerprintOf = (publicKey: string): Digest => sha256Bytes(Buffer.from(publicKey, 'base64'));

/** Whether `signature` is the public key's over `statement`; false for a key or signature that is none. */
export const isSigned = (statement: string, signature: string, publicKey: string): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
};

/** A fresh key, kept nowhere: for tests and as the next key of a rotation. */
export const newSigningKey = (): SigningKey => signingKey(generateKeyPairSync('ed25519').privateKey);

const signingKey = (key: KeyObject): SigningKey => {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    keyId: fingerprintOf(publicKey),
    publicKey,
    sign: (statement) => sign(null, Buffer.from(statement), key).toString('base64'),
  };
};

/** Where the private key lies. One process uses it: the one that writes to the store. */
export interface KeyPlace {
  /** The key that signs now; undefined when none was ever made. Throws `SigningKeyError`. */
  current(): SigningKey | undefined;
  /** Makes a key and keeps it beside the current one. One that is there from an interrupted rotation is used. */
  prepareNext(): SigningKey;
  /** The prepared key; undefined when there is none. */
  next(): SigningKey | undefined;
  /** The prepared key becomes the current one; the old private key is gone. */
  promoteNext(): void;
}

/** The key in a file that only its owner can read. */
export const keyFile = (path: string): KeyPlace => {
  const nextPath = `${path}.next`;
  return {
    current: () => load(path),
    next: () => load(nextPath),
    prepareNext: () => {
      const prepared = load(nextPath);
      if (prepared) return prepared;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
      // 'wx': a key that another process makes at this moment must not be overwritten.
      writeFileSync(nextPath, pem, { mode: 0o600, flag: 'wx', flush: true });
      return load(nextPath)!;
    },
    promoteNext: () => renameSync(nextPath, path),
  };
};

/** A key for tests and for stores in memory: gone with the process. */
export const keyInMemory = (): KeyPlace => {
  let current: SigningKey | undefined;
  let next: SigningKey | undefined;
  return {
    current: () => current,
    next: () => next,
    prepareNext: () => (next ??= newSigningKey()),
    promoteNext: () => {
      current = next;
      next = undefined;
    },
  };
};

const load = (path: string): SigningKey | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    const key = createPrivateKey(readFileSync(path));
    if (key.asymmetricKeyType === 'ed25519') return signingKey(key);
  } catch {
    // Said below: the parser's message could quote the file.
  }
  throw new SigningKeyError(`${path} holds no Ed25519 private key in PEM`);
};
