import type { ChainLink } from '../codec/chain-link';
import { GENESIS, memberOf, storedHash } from '../codec/hash-chain';
import { eventIdOf } from '../codec/uuid-v5';
import { MAX_APPEND_EVENTS } from '../adapter/limits';
import type { StoredEvent } from '../port/event-store';
import type { BadEvent } from '../verify/verify';
import type { Finding, FindingCode } from './finding';
import { oneByteRepair, type Repair } from './one-byte-repair';

/**
 * What was done to an event that broke its stream's chain, as far as the bytes themselves tell: whether it belongs to
 * another stream or another place, whether one is missing before it, or which byte of it was changed.
 */
export const diagnose = async (
  bad: BadEvent,
  page: readonly StoredEvent[],
  links: ReadonlyMap<string, ChainLink>,
): Promise<Finding> => {
  const event = page.find(({ position }) => position === bad.position);
  const at = `${bad.stream} revision ${bad.revision} (event ${bad.eventId})`;
  const found = (code: FindingCode, what: string): Finding => ({ code, at: bad, message: `${at}: ${what}` });
  if (!event) return found('CHAIN_BROKEN', bad.reason);
  // What EventStoreDB leaves at the end of a stream that it was told to delete for ever.
  if (event.type === '$streamDeleted')
    return found('STREAM_DELETED', 'the server was told to delete the whole stream, and marks it with this');
  if (isOfAnotherStream(event))
    return found('MOVED', 'its id was not made for this stream: it was moved here from another one');
  const link = links.get(event.stream);
  const due = link === undefined ? 0 : link.revision + 1;
  const swapped = swappedWith(event, due, page);
  if (swapped) return found('SWAPPED', `it was swapped with the event ${swapped.eventId} that stands behind it`);
  if (event.revision > due)
    return found('EVENT_DELETED', `revision ${due} is missing before it: an event was deleted from the middle`);
  const repair = await oneByteRepair(event, link?.hash ?? GENESIS);
  if (repair) return found(codeOf(repair), wordsOf(repair));
  return found(bad.reason.includes('hashed') ? 'BYTES_ALTERED' : 'CHAIN_BROKEN', bad.reason);
};

/** An event's id follows from its command, its stream and its place in the append: it can't be carried elsewhere. */
const isOfAnotherStream = ({ stream, eventId, metadata }: StoredEvent): boolean => {
  const commandId = /"commandId":"([^"]+)"/.exec(metadata)?.[1];
  if (commandId === undefined) return false;
  for (let index = 0; index < MAX_APPEND_EVENTS; index += 1)
    if (eventIdOf(commandId, stream, index) === eventId) return false;
  return true;
};

/** An event further back in the same stream that this one names as its predecessor, or that is due before it. */
const swappedWith = (event: StoredEvent, due: number, page: readonly StoredEvent[]): StoredEvent | undefined => {
  const prev = memberOf(event.metadata, 'prev');
  return page.find(
    ({ stream, revision, metadata, position }) =>
      stream === event.stream &&
      position > event.position &&
      (storedHash(metadata) === prev || (event.revision > due && revision === due)),
  );
};

const codeOf = ({ part, member }: Repair): FindingCode => {
  if (part === 'payload') return member === 'ciphertext' ? 'CIPHERTEXT_ALTERED' : 'PAYLOAD_ALTERED';
  return member?.endsWith('At') ? 'TIME_ALTERED' : 'METADATA_ALTERED';
};

const wordsOf = ({ part, member, at, was, is }: Repair): string => {
  const where = part === 'payload' && member === 'ciphertext' ? 'its encrypted personal part' : `its ${part}`;
  const inside = member === undefined || member === 'ciphertext' ? '' : `, in ${member}`;
  return `one byte of ${where} was changed: byte ${at}${inside}, was ${was} and is ${is}`;
};
