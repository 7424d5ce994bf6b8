import {
  aggregateOf,
  controlPointReadings,
  idOf,
  trackControlPoints,
  type Actor,
  type ComplaintEvent,
  type ControlPointTrack,
  type Instant,
  type PolicyInForce,
  type Recorded,
  type RecordedEvent,
} from '@aftercare/domain';
import { anchorStream, type EventStore } from '@aftercare/event-store';
import type { AuditSources } from '../audit/history';
import { matterOf, type MatterStream } from '../audit/matter';
import { inOrderOfRecording } from '../audit/order';
import { notFound } from '../http/problem';
import { keptFrom } from '../queries/staff-withheld';
import { filedAttachments } from './attachments';
import type { CaseFileContents, Disclosure, FiledControlPoints, FiledStream } from './contents';
import { filedEvent, isOfStaff } from './filed-event';
import { LocalTime } from '../audit/local-time';

/** What a case file is read from: the streams alone, so that it can be made while read models are down. */
export interface CaseFileSources extends AuditSources {
  readonly store: Pick<EventStore, 'meta' | 'read'>;
}

/** What is asked for. */
export interface CaseFileWish {
  readonly askedBy: Actor;
  readonly reason: string;
  /** `sealed`: the sources can't open anything. */
  readonly disclosure: Disclosure;
}

/**
 * Gathers the file of a case (一键应诉): every event of the complaint or ticket and of all that is linked to it, and what
 * follows from them. Nothing is recorded and nothing leaves here.
 *
 * @param leading stream of the complaint or, without one, of the ticket
 * @throws 404 when there is no such stream, or when the asker is the person complained about
 */
export const caseFileContents = async (
  sources: CaseFileSources,
  leading: string,
  { askedBy, reason, disclosure }: CaseFileWish,
): Promise<CaseFileContents> => {
  const { streams, registry, clock } = sources;
  const matter = await matterOf(streams, leading, { reach: 'case', cut: {} });
  const filed = matter.map((one) => filedStream(sources, one));
  mustNotBeAbout(askedBy, filed);
  const opened = await streams.openAll(inOrderOfRecording(matter.flatMap(({ events }) => events)));
  const { zone = sources.config.zone } = matter[0].events[0]!.data as { readonly zone?: string };
  const time = new LocalTime(zone);
  const madeAt = clock.now();
  const anchor = await newestAnchor(sources.store);
  const names = new Map(filed.map(({ stream, name }) => [stream, name]));
  const attachments = filedAttachments(matter, names, disclosure);
  return {
    title: numberOf(matter[0].events[0]!) ?? idOf(leading),
    leading: filed[0]!,
    streams: filed,
    events: opened.map((event) => filedEvent(event, { registry, time, disclosure })),
    controlPoints: await controlPointsThen(sources, matter, { names, now: madeAt }),
    attachments,
    disclosed: disclosure === 'open' ? subjectsIn(opened, attachments) : [],
    disclosure,
    askedBy,
    reason,
    madeAt,
    zone,
    ...(anchor ? { anchor } : {}),
  };
};

const filedStream = ({ registry }: CaseFileSources, { stream, events }: MatterStream): FiledStream => {
  const registered = registry.aggregate(aggregateOf(stream));
  const decider = registered?.decider;
  const label = registered?.label.zh ?? aggregateOf(stream);
  return {
    stream,
    name: `${label} ${numberOf(events[0]!) ?? idOf(stream).slice(0, 8)}`,
    events: events.length,
    hash: events.at(-1)!.metadata.hash,
    state: decider && events.reduce<unknown>((state, event) => decider.evolve(state, event), decider.initial),
  };
};

/** The number that people know a ticket or complaint by; work orders have none. */
const numberOf = ({ data }: RecordedEvent): string | undefined => {
  const { number } = data as { readonly number?: unknown };
  return typeof number === 'string' && /^[A-Z0-9]{1,40}$/.test(number) ? number : undefined;
};

/** Nobody takes away a file about themselves, whichever complaint of the case names them. */
const mustNotBeAbout = (askedBy: Actor, streams: readonly FiledStream[]): void => {
  const self = keptFrom(askedBy);
  const named = streams.map(
    ({ state }) => (state as { about?: { staff?: { id: string } } } | undefined)?.about?.staff?.id,
  );
  if (self !== undefined && named.includes(self)) throw notFound();
};

/** Those whose personal parts stand in the file as they were said, for the access log and for a later erasure (DEC-15). */
const subjectsIn = (
  opened: readonly RecordedEvent[],
  attachments: CaseFileContents['attachments'],
): readonly string[] => {
  const told = opened.flatMap(({ personal }) =>
    personal.flatMap((part) => ('fields' in part && !isOfStaff(part) ? [part.subject] : [])),
  );
  const seen = attachments.flatMap(({ embedded, subject }) => (embedded ? [subject] : []));
  return [...new Set([...told, ...seen])].sort();
};

/** DEC-02: each control point under the version in force when its clock started. */
const controlPointsThen = (
  { policies }: CaseFileSources,
  matter: readonly MatterStream[],
  { names, now }: { readonly names: ReadonlyMap<string, string>; readonly now: Instant },
): Promise<readonly FiledControlPoints[]> =>
  Promise.all(
    matter
      .filter(({ stream }) => aggregateOf(stream) === 'complaint')
      .map(async ({ stream, events }) => {
        const track = (events as readonly Recorded<ComplaintEvent>[]).reduce<ControlPointTrack | null>(
          (state, event) => trackControlPoints(state, event),
          null,
        );
        const levels = new Map<Instant, PolicyInForce<'service-level'>>();
        for (const { startedAt } of track?.clocks ?? [])
          levels.set(startedAt, await policies.inForce('service-level', startedAt));
        const readings = track ? controlPointReadings(track, (at) => levels.get(at)!, now) : [];
        return { streamName: names.get(stream)!, readings };
      }),
  );

const ANCHORS_BACK = 20;

/** The last anchor, read from the end of its stream: the ledger would be read whole. */
const newestAnchor = async (store: CaseFileSources['store']): Promise<CaseFileContents['anchor']> => {
  const stream = anchorStream(store.meta.lineageId);
  const { events } = await store.read(stream, { direction: 'backward', limit: ANCHORS_BACK });
  const newest = events.find(({ type }) => type === 'anchor.AnchorTaken');
  if (!newest) return undefined;
  const { number, time } = JSON.parse(newest.data) as { readonly number: number; readonly time: Instant };
  return { number, time };
};
