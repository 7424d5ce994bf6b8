import {
  fold,
  onCallRosterDecider,
  shiftAt,
  type OnCallFacts,
  type OnCallRoster,
  type OnCallRosterEvent,
  type Recorded,
} from '@aftercare/domain';
import type { LoadedStream } from '@aftercare/event-store';
import { onCallRosterStream } from '../composition/stream-names';
import type { Streams } from '../streams/streams';
import type { Gather } from './fact-gatherer';

interface RosterRead {
  readonly roster: OnCallRoster;
  readonly stream: LoadedStream;
}

/** The roster of a site from its stream, `status: 'none'` for a site without one. Calls are rare: nothing is kept. */
export const rosterOf = async (streams: Pick<Streams, 'load'>, site: string): Promise<RosterRead> => {
  const stream = await streams.load(onCallRosterStream(site));
  return { roster: fold(onCallRosterDecider, stream.events as readonly Recorded<OnCallRosterEvent>[]), stream };
};

/** Who is on call at the moment of the attempt, at the site that the command or the alert names. */
export const onCallFacts =
  (streams: Pick<Streams, 'load'>, data: Readonly<Record<string, unknown>>): Gather =>
  async ({ state, now }): Promise<OnCallFacts> => {
    const site = data['site'] ?? (state as { readonly site?: unknown } | null)?.site;
    if (typeof site !== 'string') return {};
    const { roster, stream } = await rosterOf(streams, site);
    if (stream.head === 'none' || roster.status === 'none') return {};
    return { rosterRevision: stream.head.revision, onCall: shiftAt(roster.shifts, now) };
  };
