import {
  idOf,
  POLICY_KINDS,
  aggregateOf,
  type Instant,
  type RecordedEvent,
  type Role,
  type Text,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import type { PolicyShelf } from '../facts/policies-in-force';
import type { Streams } from '../streams/streams';
import { EntryWriter, type HistoryEntry } from './history-entry';
import type { HistoryCut } from './cut';
import { matterOf, type MatterStream, type Reach } from './matter';
import { stateWordOf } from './state-words';
import { inOrderOfOccurrence, inOrderOfRecording, lateOnes } from './order';
import { shownToReader } from '../queries/staff-withheld';

/** A stream's state at the cut. */
export interface StreamThen {
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
  /** Folded by the domain from what was known; absent with occurredBy, whose order no state was ever folded in. */
  readonly state?: unknown;
}

/** The version of a policy that applied at the cut. */
export interface PolicyThen {
  readonly kind: string;
  readonly version: number;
  readonly effectiveFrom: Instant;
}

/** All that happened in one matter up to the cut. */
export interface History {
  readonly id: string;
  readonly number?: string;
  readonly status?: string;
  readonly statusName?: Text;
  /** The leading stream first. */
  readonly streams: readonly StreamThen[];
  /** The versions in force at the cut; without one, today's. */
  readonly policies: readonly PolicyThen[];
  readonly entries: readonly HistoryEntry[];
}

/** What a history is read from: the streams and the tables of the domain, no read model. */
export type AuditSources = Pick<Platform, 'registry' | 'clock'> & {
  /** Instants in sentences are told by the clocks of this zone. */
  readonly config: Pick<Platform['config'], 'zone'>;
  readonly streams: Pick<Streams, 'load' | 'openAll'>;
  readonly policies: Pick<PolicyShelf, 'inForce'>;
};

/**
 * The history of a matter from its streams alone: it answers while read models and ClickHouse are down. Personal fields
 * are masked, or marked as erased.
 *
 * @throws 404 when there is no such stream
 */
export const historyOf = async (
  sources: AuditSources,
  leading: string,
  wanted: { readonly reach: Reach; readonly cut: HistoryCut; readonly reader: Role },
): Promise<History> => {
  const { streams, registry } = sources;
  const { cut, reader } = wanted;
  const matter = await matterOf(streams, leading, wanted);
  const all = matter.flatMap(({ events }) => events);
  const ordered = cut.occurredBy === undefined ? inOrderOfRecording(all) : inOrderOfOccurrence(all);
  const late = cut.occurredBy === undefined ? undefined : lateOnes(ordered);
  const writer = new EntryWriter(registry, ordered, reader, sources.config.zone);
  const opened = await streams.openAll(ordered);
  const then = matter
    .flatMap((one) => stateThen(sources, one, cut))
    .map((one) => ('state' in one ? { ...one, state: shownToReader(one.state, reader) } : one));
  const status = (then[0]?.state as { status?: string } | undefined)?.status;
  const statusName = stateWordOf(leading, 'status', status);
  const number = (matter[0].events[0]?.data as { number?: string } | undefined)?.number;
  return {
    id: idOf(leading),
    ...(number === undefined ? {} : { number }),
    ...(status === undefined ? {} : { status }),
    ...(statusName === undefined ? {} : { statusName }),
    streams: then,
    policies: await policiesThen(sources, matter[0].events, cut),
    entries: opened.map((event) => {
      const entry = writer.entry(event);
      return late ? { ...entry, late: late.has(event.eventId) } : entry;
    }),
  };
};

const stateThen = ({ registry }: AuditSources, { stream, events }: MatterStream, cut: HistoryCut): StreamThen[] => {
  const last = events.at(-1);
  if (!last) return [];
  const decider = registry.aggregate(aggregateOf(stream))?.decider;
  const state: unknown =
    decider && cut.occurredBy === undefined
      ? events.reduce<unknown>((folded, event) => decider.evolve(folded, event), decider.initial)
      : undefined;
  return [{ stream, revision: last.revision, hash: last.metadata.hash, ...(state === undefined ? {} : { state }) }];
};

/** A policy takes effect only after it was recorded: what is in force at an instant was known at that instant. */
const policiesThen = async (
  { policies, clock }: AuditSources,
  leading: readonly RecordedEvent[],
  { asOf, asOfRevision, occurredBy }: HistoryCut,
): Promise<readonly PolicyThen[]> => {
  const atRevision = asOfRevision === undefined ? undefined : leading.at(-1)?.metadata.recordedAt;
  const at = [asOf, atRevision, occurredBy].filter((one) => one !== undefined).sort()[0] ?? clock.now();
  return Promise.all(
    POLICY_KINDS.map(async (kind) => {
      const { version, effectiveFrom } = await policies.inForce(kind, at);
      return { kind, version, effectiveFrom };
    }),
  );
};
