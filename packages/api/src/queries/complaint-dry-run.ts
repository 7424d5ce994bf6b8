import { setImmediate } from 'node:timers/promises';
import {
  controlPointReadings,
  idOf,
  trackControlPoints,
  type ComplaintEvent,
  type ControlPointReading,
  type ControlPointTrack,
  type Instant,
  type PolicyBody,
  type Recorded,
  type ServiceLevelLookup,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import type { Tally } from './dry-run-tally';

/** A complaint, how its control points stand by the versions of then, and how they would by the candidate. */
interface Judged {
  readonly complaintId: string;
  readonly number: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Which complaints since `from` would have been in time, or late, under other service levels. Each is looked at as it
 * stands now: what is still open and late counts as late.
 *
 * @returns false when there were more than could be looked at
 */
export const dryRunComplaints = async (
  platform: Platform,
  candidate: PolicyBody<'service-level'>,
  {
    from,
    to,
    tally,
    most,
  }: { readonly from: Instant; readonly to: Instant; readonly tally: Tally; readonly most: number },
): Promise<boolean> => {
  const { streams, policies } = platform;
  await policies.versions('service-level');
  const then: ServiceLevelLookup = (at) => policies.lookup(at)['service-level'];
  const wanted: ServiceLevelLookup = () => ({ version: 0, body: candidate });
  for await (const stream of streams.latest(['complaint.ComplaintRegistered'], from)) {
    if (tally.cases === most) return false;
    tally.count();
    const events = (await streams.load(stream)).events as readonly Recorded<ComplaintEvent>[];
    const track = events.reduce<ControlPointTrack | null>((state, event) => trackControlPoints(state, event), null);
    if (track) tally.judge(judged(events, track, { then, wanted, now: to }));
    // Commands of others must not wait for a dry run.
    await setImmediate();
  }
  return true;
};

const judged = (
  events: readonly Recorded<ComplaintEvent>[],
  track: ControlPointTrack,
  {
    then,
    wanted,
    now,
  }: { readonly then: ServiceLevelLookup; readonly wanted: ServiceLevelLookup; readonly now: Instant },
): Judged => ({
  complaintId: idOf(events[0]!.stream),
  number: (events[0]!.data as { number: string }).number,
  before: lateIn(controlPointReadings(track, then, now)),
  after: lateIn(controlPointReadings(track, wanted, now)),
});

/** `late: acknowledge, plan (round 2)`, or `in time`. */
const lateIn = (readings: readonly ControlPointReading[]): string => {
  const late = readings
    .filter((one) => one.late)
    .map(({ point, round }) => (round > 1 ? `${point} (round ${round})` : point));
  return late.length > 0 ? `late: ${late.join(', ')}` : 'in time';
};
