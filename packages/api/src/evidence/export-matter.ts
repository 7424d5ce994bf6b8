import { aggregateOf, idOf, type Actor, type RecordedEvent } from '@aftercare/domain';
import { disclosedIn, exportProof, manifestStatement, type KeysAtHand } from '@aftercare/event-store';
import { matterOf } from '../audit/matter';
import { inOrderOfRecording } from '../audit/order';
import { erasureIn, mustBeInUse } from '../erasure/erasure-view';
import type { ExportContents, ExportSources } from './export-contents';
import { exportZip } from './export-zip';
import { historyPage } from './history-page';
import { MatterRecord } from './matter-record';

/** What is asked for. */
export interface ExportWish {
  readonly actor: Actor;
  readonly requestId: string;
  readonly reason: string;
  /** Subjects whose personal parts can be opened with the file; `all` stands for everybody but staff (DEC-09). */
  readonly disclose: readonly string[];
  /** Leaves payloads with closed personal parts out, ciphertext included. */
  readonly withholdPersonal: boolean;
}

/** An export on its way out. */
export interface Export {
  readonly fileName: string;
  readonly zip: NodeJS.ReadableStream;
}

/**
 * Exports all streams of a matter as one ZIP that proves itself. It anchors first, so that all of it is proven, and records
 * in the access log before the first byte leaves. Throws 404 for no such matter, 409 for a named person who asked to be
 * forgotten, 503 when it can't be recorded, `UndecodableEventError` when the chain is broken: what does not verify is not
 * exported as if it did.
 */
export const exportMatter = async (sources: ExportSources, leading: string, wish: ExportWish): Promise<Export> => {
  const contents = await contentsOf(sources, leading, wish);
  const { actor, requestId, reason } = wish;
  await sources.accessLog.recordExport({
    actor,
    requestId,
    reason,
    subject: leading,
    disclosed: contents.disclosed,
    withheld: contents.disclosure.withholdPersonal,
    streams: contents.proof.heads.length,
    events: contents.history.length,
    anchor: contents.proof.anchor,
  });
  const zip = await exportZip(contents, {
    page: historyPage(contents, sources),
    sign: (manifest) => sources.anchoring.anchors.sign((keyId) => manifestStatement(keyId, manifest)),
  });
  return { fileName: `aftercare-${contents.title}.zip`, zip };
};

const contentsOf = async (sources: ExportSources, leading: string, wish: ExportWish): Promise<ExportContents> => {
  const { stores, codec, clock, anchoring } = sources;
  const record = new MatterRecord(stores.store, codec);
  const matter = await matterOf(record, leading, { reach: 'case', cut: {} });
  await anchoring.take();
  // What others add meanwhile is not covered, and not exported.
  const proven = (await anchoring.anchors.proofs(matter.map(({ stream }) => stream)))!;
  const kept = await Promise.all(proven.heads.map(({ stream, revision }) => record.upTo(stream, revision)));
  const history = inOrderOfRecording(kept.flatMap(({ events }) => events));
  const restricted = await restrictedAmong(sources, history, wish.disclose);
  const keys = await keysOf(sources, subjectsIn(history).filter(opensFor(wish.disclose, restricted)));
  const disclosure = { keys, withholdPersonal: wish.withholdPersonal };
  return {
    title: titleOf(leading, matter[0].events[0]),
    leading,
    madeAt: clock.now(),
    kept,
    proof: exportProof(proven, await anchoring.anchors.entriesFrom(proven.anchor.number)),
    history,
    disclosure,
    disclosed: [...new Set(history.flatMap((event) => disclosedIn(event, disclosure)))].sort(),
  };
};

const subjectsIn = (events: readonly RecordedEvent[]): readonly string[] => [
  ...new Set(events.flatMap(({ personal }) => personal.map(({ subject }) => subject))),
];

/** Fetched once: an event that is written twice, as a line and on the page, waits for nobody. */
const keysOf = async ({ stores }: ExportSources, subjects: readonly string[]): Promise<KeysAtHand> => {
  const keys = new Map<string, Uint8Array | 'erased'>();
  for (const subject of subjects) {
    const key = await stores.keys.find(subject);
    if (key !== undefined) keys.set(subject, key);
  }
  return keys;
};

const STAFF = ['staff', 'engineer', 'outlet'];

const opensFor =
  (disclose: readonly string[], restricted: ReadonlySet<string>) =>
  (subject: string): boolean =>
    !restricted.has(subject) &&
    (disclose.includes(subject) || (disclose.includes('all') && !STAFF.includes(aggregateOf(subject))));

/** Customers who asked to be forgotten (DEC-15): they stay sealed under `all`, and throw 409 when they are named. */
const restrictedAmong = async (
  { streams, registry }: ExportSources,
  events: readonly RecordedEvent[],
  disclose: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (disclose.length === 0) return new Set();
  const restricted = new Set<string>();
  for (const subject of subjectsIn(events)) {
    if (aggregateOf(subject) !== 'customer') continue;
    const { events: customer } = await streams.load(subject);
    if (disclose.includes(subject)) mustBeInUse(customer, registry);
    if (erasureIn(customer).status !== 'none') restricted.add(subject);
  }
  return restricted;
};

/** In a file's name and in titles: the number that people know it by. */
const titleOf = (leading: string, first: RecordedEvent | undefined): string => {
  const { number } = (first?.data ?? {}) as { number?: unknown };
  return typeof number === 'string' && /^[A-Z0-9]{1,40}$/.test(number) ? number : idOf(leading);
};
