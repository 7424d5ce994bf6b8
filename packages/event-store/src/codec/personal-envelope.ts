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

/** The subject's key for one event: disclosing it opens that event and no other. */
export const deriveEventKey = (subjectKey: Uint8Array, eventId: string): Buffer =>
  // By way of text: a Buffer made by the crypto module costs twice the digest itself.
  Buffer.from(createHmac('sha256', subjectKey).update(eventId).digest('hex'), 'hex');

const commitmentTo = (eventKey: Buffer): string => hash('sha256', Buffer.concat([COMMITMENT, eventKey]), 'hex');

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
  const text = decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  return { subject: part.subject, fields: JSON.parse(text) as Record<string, unknown> };
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
