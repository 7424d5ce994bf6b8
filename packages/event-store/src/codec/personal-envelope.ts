import { createCipheriv, createDecipheriv, createHmac, hash, randomFillSync } from 'node:crypto';
import type { OpenPart, SealedPart } from '@aftercare/domain/kernel';
import { canonicalJson } from './canonical-json';

/** Where a personal part stands; bound into the ciphertext, so that an envelope can't be moved to another event. */
export interface EnvelopePlace {
  readonly lineageId: string;
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
}

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const COMMITMENT = Buffer.from('aftercare/1 key commitment\n');

const BLOCK = 64;
const HASH_BYTES = 32;
const UUID_LENGTH = 36;

// HMAC as it is defined, of two plain digests: an object of the crypto module for each event costs three times as much,
// and the collector of garbage more than that. Nothing is awaited between writing into them and hashing.
const inner = Buffer.alloc(BLOCK + UUID_LENGTH);
const outer = Buffer.alloc(BLOCK + HASH_BYTES);

/** The subject's key for one event: disclosing it opens that event and no other. HMAC-SHA-256 of the event's id. */
export const deriveEventKey = (subjectKey: Uint8Array, eventId: string): Buffer => {
  if (subjectKey.length > BLOCK || eventId.length !== UUID_LENGTH)
    return createHmac('sha256', subjectKey).update(eventId).digest();
  for (let at = 0; at < BLOCK; at += 1) {
    const byte = subjectKey[at] ?? 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  inner.write(eventId, BLOCK, 'latin1');
  outer.write(hash('sha256', inner, 'binary'), BLOCK, 'binary');
  // By way of text: a Buffer made by the crypto module costs twice the digest itself.
  const key = Buffer.from(hash('sha256', outer, 'binary'), 'binary');
  outer.fill(0);
  inner.fill(0);
  return key;
};

const committed = Buffer.concat([COMMITMENT, Buffer.alloc(HASH_BYTES)]);

const commitmentTo = (eventKey: Buffer): string => {
  committed.set(eventKey, COMMITMENT.length);
  const commitment = hash('sha256', committed, 'hex');
  committed.fill(0, COMMITMENT.length);
  return commitment;
};

const associatedData = (place: EnvelopePlace): Buffer =>
  Buffer.from([place.lineageId, place.stream, place.eventId, place.type, place.version].join('\n'));

/** Encrypts one subject's fields of one event. Synchronous: it stands in the append path. */
export const seal = (part: OpenPart, subjectKey: Uint8Array, place: EnvelopePlace): SealedPart => {
  const key = deriveEventKey(subjectKey, place.eventId);
  const nonce = nextNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(associatedData(place));
  const body = cipher.update(canonicalJson(part.fields), 'utf8');
  cipher.final();
  return {
    subject: part.subject,
    nonce: nonce.toString('hex'),
    commitment: commitmentTo(key),
    ciphertext: Buffer.concat([body, cipher.getAuthTag()]).toString('base64'),
  };
};

/** Decrypts; throws when key, place or bytes are not those it was sealed with. */
export const open = (part: SealedPart, subjectKey: Uint8Array, place: EnvelopePlace): OpenPart => {
  const key = deriveEventKey(subjectKey, place.eventId);
  if (commitmentTo(key) !== part.commitment) throw new Error('the key is not the one committed to');
  const bytes = Buffer.from(part.ciphertext, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(part.nonce, 'hex'), { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = decipher.update(bytes.subarray(0, -TAG_BYTES));
  // Throws when anything was changed; there are no bytes left in it.
  decipher.final();
  return { subject: part.subject, fields: JSON.parse(opened.toString('utf8')) as Record<string, unknown> };
};

// A call to the system's generator costs as much as the encryption; one call serves many nonces, each used once.
const pool = Buffer.alloc(NONCE_BYTES * 256);
let used = pool.length;

const nextNonce = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const nonce = Buffer.from(pool.subarray(used, used + NONCE_BYTES));
  used += NONCE_BYTES;
  return nonce;
};
