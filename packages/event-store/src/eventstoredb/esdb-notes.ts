import { randomUUID } from 'node:crypto';
import { StoreFailedError } from '../port/event-store';
import type { StoreNote } from '../port/movable-store';
import { drain } from './esdb-buffer';
import { appendError, failureOf } from './esdb-errors';
import type { EsdbLink, IncomingEvent } from './esdb-link';
import { dataText, META_STREAM } from './esdb-record';
import { patiently } from './esdb-retries';

const NOTED = 'aftercare.StoreNoted';

/** What happened to the store as a whole, in order: it stands behind the store's own description. */
export const readNotes = async (link: Pick<EsdbLink, 'readStream'>): Promise<readonly StoreNote[]> =>
  (await stored(link)).filter(({ type }) => type === NOTED).map((event) => JSON.parse(dataText(event)) as StoreNote);

/** Adds a note behind all that are there; of two writers one is refused. */
export const addNote = async (link: Pick<EsdbLink, 'readStream' | 'append'>, note: StoreNote): Promise<void> => {
  const last = (await stored(link)).at(-1);
  if (last === undefined) throw new StoreFailedError('EventStoreDB holds no store any more');
  // A copy as JSON: the client takes plain values.
  const data = JSON.parse(JSON.stringify(note)) as Record<string, unknown>;
  try {
    await link.append(
      META_STREAM,
      [{ id: randomUUID(), type: NOTED, contentType: 'application/json', data, metadata: new Uint8Array([123, 125]) }],
      last.revision,
    );
  } catch (error) {
    if (failureOf(error) === 'wrong-revision')
      throw new StoreFailedError('another process noted something of this store at the same moment', { cause: error });
    throw appendError(error);
  }
};

const stored = (link: Pick<EsdbLink, 'readStream'>): Promise<readonly IncomingEvent[]> =>
  patiently(async () => {
    const events: IncomingEvent[] = [];
    await drain(link.readStream(META_STREAM, { from: 'start', count: 1_000 }), (event) => {
      events.push(event);
      return true;
    });
    return events;
  });
