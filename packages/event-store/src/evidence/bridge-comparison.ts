import { headsDigest } from '../copy/bridge';
import type { EventStore, StoreMeta } from '../port/event-store';
import type { Bridge, BridgeHead, Standing } from '../port/movable-store';
import type { VerifyState } from '../verify/verify';
import { wrongSignature } from './bridge-signature';
import type { Finding } from './finding';
import type { KeyEntry } from './ledger';

/** A bridge of the store, and what was found of it. */
export interface BridgeEvidence {
  readonly bridge: Bridge;
  /** The side of the bridge on which this store is. */
  readonly side: 'from' | 'to';
  /** False: an earlier part of the check, put away since, has passed its place. */
  readonly compared: boolean;
}

interface Standpoint {
  readonly bridge: Bridge;
  readonly side: 'from' | 'to';
  compared: boolean;
}

/** Holds the bridges of a store against its ledger's keys and, while somebody else walks through it, against its events. */
export class BridgeComparison {
  readonly #bridges: readonly Standpoint[];
  #bad: Finding | undefined;

  constructor(
    { filledFrom, movedTo }: Standing,
    private readonly state: VerifyState,
  ) {
    this.#bridges = [
      ...(filledFrom ? [{ bridge: filledFrom, side: 'to' as const, compared: false }] : []),
      ...(movedTo ? [{ bridge: movedTo, side: 'from' as const, compared: false }] : []),
    ];
  }

  get found(): readonly BridgeEvidence[] {
    return this.#bridges.map((one) => ({ ...one }));
  }

  /** What is wrong with the bridges themselves, before anything is read. */
  early(meta: StoreMeta, keys: readonly KeyEntry[]): Finding | undefined {
    for (const { bridge, side } of this.#bridges) {
      const wrong = mistaken(bridge, side, meta) ?? wrongSignature(bridge, keys);
      if (wrong !== undefined) return { code: 'BRIDGE_ALTERED', message: `${named(bridge)} does not hold: ${wrong}` };
    }
    return undefined;
  }

  /** The same store; its pages end where a bridge was made, so that the heads are looked at exactly there. */
  watch(store: Pick<EventStore, 'readAll'>): Pick<EventStore, 'readAll'> {
    return {
      readAll: async (options) => {
        this.#compare();
        const next = Math.min(...this.#bridges.map((one) => this.#left(one)).filter((left) => left > 0));
        return store.readAll(next < (options?.limit ?? Infinity) ? { ...options, limit: next } : options);
      },
    };
  }

  /** Also the bridges that lie at the end of the store, or beyond what is left of it; the first that doesn't agree. */
  end(): Finding | undefined {
    this.#compare();
    const beyond = this.#bridges.find((one) => this.#left(one) > 0);
    if (this.#bad || !beyond) return this.#bad;
    const { bridge, side } = beyond;
    return {
      code: 'BRIDGE_DIFFERS',
      message: `${named(bridge)} speaks of ${bridge[side].events} events, the store holds ${this.state.events}: events were deleted`,
    };
  }

  #left({ bridge, side }: Standpoint): number {
    return bridge[side].events - this.state.events;
  }

  #compare(): void {
    for (const one of this.#bridges) {
      if (one.compared || this.#left(one) !== 0 || this.#bad) continue;
      one.compared = true;
      const { bridge, side } = one;
      if (!isAt(bridge[side], this.state))
        this.#bad = {
          code: 'BRIDGE_DIFFERS',
          message: `${named(bridge)} was made over something else than the first ${bridge[side].events} events of the store`,
        };
    }
  }
}

const isAt = ({ streams, headsDigest: digest }: BridgeHead, { links }: VerifyState): boolean =>
  links.size === streams && headsDigest(links) === digest;

const named = ({ from, to, at }: Bridge): string =>
  `the bridge of ${at} from store ${from.storeId} to store ${to.storeId}`;

/** Both sides stand for the same events, and this store is one of them. */
const mistaken = (
  { format, lineageId, ...sides }: Bridge,
  side: 'from' | 'to',
  { storeId, lineageId: own }: StoreMeta,
): string | undefined => {
  const { from, to } = sides;
  if (format !== 'aftercare/bridge/1') return 'it is of another form';
  if (lineageId !== own) return 'it belongs to another lineage of events';
  if (sides[side].storeId !== storeId) return 'it names another store than this one';
  if (from.events !== to.events || from.streams !== to.streams || from.headsDigest !== to.headsDigest)
    return 'it names different events on its two sides';
  return undefined;
};
