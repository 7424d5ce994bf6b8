import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sha256, storedHash, withoutHash } from '../codec/hash-chain';
import type { StoredEvent } from '../port/event-store';

/** One byte that, put back, makes an event what was hashed. */
export interface Repair {
  readonly part: 'payload' | 'metadata';
  /** From 0, in bytes. */
  readonly at: number;
  /** The JSON member that holds it. */
  readonly member?: string;
  readonly was: string;
  readonly is: string;
}

/** Trying a larger event takes more seconds than the answer is worth. */
const LARGEST = 4_096;
/** So many tries between two turns of others. */
const CHUNK = 4_000;

/**
 * Looks for the one byte that was changed: with 256 bits nothing else than the original fits the hash, so what is found
 * is what was there. Undefined when more than one byte differs or the event is large.
 *
 * @param prev hash of the event before it
 */
export const oneByteRepair = async (event: StoredEvent, prev: string): Promise<Repair | undefined> => {
  const stored = storedHash(event.metadata);
  if (stored === undefined) return undefined;
  const payload = Buffer.from(event.data);
  const metadata = Buffer.from(withoutHash(event.metadata));
  if (payload.length + metadata.length > LARGEST) return undefined;
  const head = `aftercare/1\n${prev}\n${event.stream}\n${event.revision}\n${event.eventId}\n${event.type}\n`;
  const payloadDigest = hash('sha256', payload, 'hex');
  const metadataDigest = hash('sha256', metadata, 'hex');
  return (
    (await tryBytes('payload', payload, (digest) => sha256(`${head}${digest}\n${metadataDigest}`) === stored)) ??
    (await tryBytes('metadata', metadata, (digest) => sha256(`${head}${payloadDigest}\n${digest}`) === stored))
  );
};

const tryBytes = async (
  part: Repair['part'],
  bytes: Buffer,
  fits: (digest: string) => boolean,
): Promise<Repair | undefined> => {
  let tries = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const is = bytes[at]!;
    for (let was = 0; was < 256; was += 1) {
      if (was === is) continue;
      bytes[at] = was;
      if (fits(hash('sha256', bytes, 'hex'))) {
        const member = memberAt(bytes.toString('utf8'), bytes.toString('utf8', 0, at).length);
        return { part, at, ...(member === undefined ? {} : { member }), was: shown(was), is: shown(is) };
      }
      tries += 1;
      if (tries % CHUNK === 0) await setImmediate();
    }
    bytes[at] = is;
  }
  return undefined;
};

const shown = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `0x${byte.toString(16).padStart(2, '0')}`;

/** The name of the member whose value stands at an offset of a JSON text. */
const memberAt = (text: string, at: number): string | undefined => {
  let name: string | undefined;
  for (const match of text.matchAll(/[{,]"([$\w]+)":/g)) {
    if (match.index >= at) return name;
    name = match[1];
  }
  return name;
};
