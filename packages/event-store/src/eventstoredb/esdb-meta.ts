import { randomUUID } from 'node:crypto';
import type { StoreMeta } from '../port/event-store';
import { StoreFailedError } from '../port/event-store';
import { StoreRefusedError } from '../port/store-refused';
import { appendError, failureOf } from './esdb-errors';
import type { EsdbLink, IncomingEvent } from './esdb-link';
import { drain } from './esdb-buffer';
import { dataText, META_STREAM } from './esdb-record';

const FORMAT_VERSION = 1;

/** What a new store is to be; what an existing one is checked against. */
export interface MetaWish {
  readonly lineageId?: string;
  readonly simulated: boolean;
  /** True: nothing is made. */
  readonly existing?: boolean;
}

/**
 * What the store says of itself, in a stream of its own that is begun with "no stream expected": of two starters one
 * writes, and both read what that one wrote. Throws `StoreRefusedError` where it does not fit.
 */
export const prepareMeta = async (link: EsdbLink, wish: MetaWish): Promise<StoreMeta> => {
  const known = await readMeta(link);
  if (known) return admitted(known, wish);
  if (wish.existing) throw new StoreRefusedError('NOT_FOUND', 'this EventStoreDB holds no store of ours');
  const meta: StoreMeta = {
    storeId: randomUUID(),
    lineageId: wish.lineageId ?? randomUUID(),
    formatVersion: FORMAT_VERSION,
    simulated: wish.simulated,
  };
  try {
    await link.append(
      META_STREAM,
      [
        {
          // By chance: with an id of its own making the other starter's text would be acknowledged as ours.
          id: randomUUID(),
          type: 'aftercare.StoreMade',
          contentType: 'application/json',
          data: { ...meta },
          metadata: new Uint8Array(Buffer.from('{}')),
        },
      ],
      'no_stream',
    );
  } catch (error) {
    if (failureOf(error) !== 'wrong-revision' && failureOf(error) !== 'transient') throw appendError(error);
  }
  const made = await readMeta(link);
  if (!made) throw new StoreFailedError('EventStoreDB took no description of the store: is it up and writable?');
  return admitted(made, wish);
};

/** Undefined where no store was made yet. */
const readMeta = async (link: EsdbLink): Promise<StoreMeta | undefined> => {
  let first: IncomingEvent | undefined;
  try {
    await drain(link.readStream(META_STREAM, { from: 'start', count: 1 }), (event) => {
      first = event;
      return true;
    });
  } catch (error) {
    if (failureOf(error) !== 'no-such-stream') throw error;
  }
  return first && metaFrom(JSON.parse(dataText(first)));
};

const metaFrom = (data: unknown): StoreMeta => {
  const { storeId, lineageId, formatVersion, simulated } = (data ?? {}) as Partial<Record<keyof StoreMeta, unknown>>;
  if (
    typeof storeId !== 'string' ||
    typeof lineageId !== 'string' ||
    typeof formatVersion !== 'number' ||
    typeof simulated !== 'boolean'
  )
    throw new StoreRefusedError('UNKNOWN_FORMAT', `${META_STREAM} does not describe a store`);
  return { storeId, lineageId, formatVersion, simulated };
};

const admitted = (meta: StoreMeta, wish: MetaWish): StoreMeta => {
  if (meta.formatVersion !== FORMAT_VERSION)
    throw new StoreRefusedError(
      'UNKNOWN_FORMAT',
      `the store has format ${meta.formatVersion}, this program knows ${FORMAT_VERSION}: use the version that wrote it`,
    );
  if (meta.simulated !== wish.simulated)
    throw new StoreRefusedError(
      'SIMULATED',
      meta.simulated
        ? 'the store was written under a simulated clock: it holds a demonstration, not business'
        : 'the store holds real business: a simulated clock must not write to it',
    );
  if (wish.lineageId !== undefined && wish.lineageId !== meta.lineageId)
    throw new StoreRefusedError('OTHER_LINEAGE', 'the store belongs to another lineage of events');
  return meta;
};
