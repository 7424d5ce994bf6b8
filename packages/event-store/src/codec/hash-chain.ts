import { hash } from 'node:crypto';
import type { EncodedEvent, Head } from '../port/event-store';

/** `prev` of the first event of a stream. */
export const GENESIS = '0'.repeat(64);

/** `,"hash":"<64 hex>"` and the closing brace: how every stored metadata text ends. */
const HASH_MEMBER = ',"hash":"';
const TAIL_LENGTH = HASH_MEMBER.length + 64 + 2;

/** SHA-256 of a text's UTF-8 bytes, hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/**
 * The chain of format "aftercare/1" (architecture §4). Digests are nested, so that an export can withhold a payload and
 * still be verified. `metadata` is the text without its `hash` member.
 */
export const hashOf = (event: Omit<EncodedEvent, 'metadata'>, metadata: string, prev: string): string =>
  sha256(
    `aftercare/1\n${prev}\n${event.stream}\n${event.revision}\n${event.eventId}\n${event.type}\n` +
      `${sha256(event.data)}\n${sha256(metadata)}`,
  );

/** Metadata as stored: `hash` as its last member. */
export const withHash = (metadata: string, value: string): string => `${metadata.slice(0, -1)}${HASH_MEMBER}${value}"}`;

/** The hash that stands at the end of a stored metadata text; undefined when it does not end so. */
export const storedHash = (metadata: string): string | undefined => {
  const at = metadata.length - TAIL_LENGTH;
  return at > 0 && metadata.startsWith(HASH_MEMBER, at) && metadata.endsWith('"}')
    ? metadata.slice(at + HASH_MEMBER.length, -2)
    : undefined;
};

/** The bytes that were digested: the stored metadata with the hash member cut out. */
export const withoutHash = (metadata: string): string => `${metadata.slice(0, -TAIL_LENGTH)}}`;

/**
 * A top-level text member of canonical metadata, by name, without parsing. Quotes inside strings are escaped, so the
 * pattern can't stand inside one. From the end, where these members stand.
 */
export const memberOf = (metadata: string, name: 'prev' | 'recordedAt'): string | undefined => {
  const pattern = `"${name}":"`;
  const at = metadata.lastIndexOf(pattern);
  if (at < 0) return undefined;
  const from = at + pattern.length;
  const to = metadata.indexOf('"', from);
  return to < 0 ? undefined : metadata.slice(from, to);
};

/** The head that an event makes of its stream. */
export const headAfter = (event: Pick<EncodedEvent, 'revision' | 'metadata'>): Head => ({
  revision: event.revision,
  hash: storedHash(event.metadata) ?? '',
  recordedAt: memberOf(event.metadata, 'recordedAt') ?? '',
});
