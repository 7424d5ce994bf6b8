import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** What a sealed file belongs to; bound into every chunk, so that none can be moved to another file or place. */
export interface FilePlace {
  readonly lineageId: string;
  readonly stream: string;
}

/** A chunk was changed, moved, left out, or is missing at the end. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
}

export const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
const ALGORITHM = 'aes-256-gcm';

/** A file's own key; the salt is random per writing, so that no key and nonce meet two contents. */
export const fileKey = (subjectKey: Uint8Array, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', subjectKey, salt, 'aftercare attachment', 32));

/** Encrypts a content chunk by chunk; never more than two chunks in memory. */
export async function* sealChunks(
  content: AsyncIterable<Buffer>,
  key: Buffer,
  place: FilePlace,
): AsyncGenerator<Buffer> {
  let index = 0;
  let waiting: Buffer | undefined;
  for await (const chunk of inChunks(content)) {
    if (waiting) yield sealed(waiting, key, aad(place, index++, false));
    waiting = chunk;
  }
  yield sealed(waiting ?? Buffer.alloc(0), key, aad(place, index, true));
}

/** Decrypts what `sealChunks` wrote. Throws `DamagedFileError` at the first chunk that is not as it was written. */
export async function* openChunks(file: AsyncIterable<Buffer>, key: Buffer, place: FilePlace): AsyncGenerator<Buffer> {
  let index = 0;
  let waiting: Buffer | undefined;
  for await (const chunk of inChunks(file, SEALED_BYTES)) {
    if (waiting) yield opened(waiting, key, aad(place, index++, false));
    waiting = chunk;
  }
  if (!waiting) throw new DamagedFileError('the file is empty');
  yield opened(waiting, key, aad(place, index, true));
}

interface Bound {
  readonly index: number;
  readonly text: string;
}

/** The last chunk says that it is: without it a file could be cut off unseen. */
const aad = ({ lineageId, stream }: FilePlace, index: number, last: boolean): Bound => ({
  index,
  text: [lineageId, stream, index, last ? 'last' : 'more'].join('\n'),
});

const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
};

const sealed = (chunk: Buffer, key: Buffer, { index, text }: Bound): Buffer => {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(index));
  cipher.setAAD(Buffer.from(text));
  const body = cipher.update(chunk);
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
};

const opened = (chunk: Buffer, key: Buffer, { index, text }: Bound): Buffer => {
  if (chunk.length < TAG_BYTES) throw new DamagedFileError('the file ends in the middle of a chunk');
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(index), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(text));
  decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(chunk.subarray(0, -TAG_BYTES));
    decipher.final();
    return body;
  } catch {
    throw new DamagedFileError(`chunk ${index} is not as it was written`);
  }
};

/** The same bytes in pieces of one size; the last may be shorter. */
async function* inChunks(source: AsyncIterable<Buffer>, size = CHUNK_BYTES): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const part of source) {
    parts.push(part);
    held += part.length;
    if (held < size) continue;
    const whole = Buffer.concat(parts);
    let at = 0;
    for (; whole.length - at >= size; at += size) yield whole.subarray(at, at + size);
    parts = at < whole.length ? [whole.subarray(at)] : [];
    held = whole.length - at;
  }
  if (held > 0) yield Buffer.concat(parts);
}
