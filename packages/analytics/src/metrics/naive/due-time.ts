import {
  elapsedOf,
  instantOf,
  officeOf,
  policiesV1,
  type ClockTime,
  type PolicyBody,
  type PolicyEvent,
  type Recorded,
  type RecordedEvent,
} from '@aftercare/domain';
import { type Run } from './control-point-runs';

const DAY = 24 * 60 * 60 * 1000;
const LONGEST_DAYS = 400;

interface Level {
  readonly version: number;
  readonly body: PolicyBody<'service-level'>;
}

/** The service levels in force at an instant, looked up among all that were ever published. */
export const publishedLevels = (events: readonly RecordedEvent[]): ((at: string) => Level) => {
  const published: (Level & { readonly effectiveFrom: string })[] = [];
  for (const event of events as readonly Recorded<PolicyEvent>[])
    if (event.type === 'policy.PolicyPublished' && event.data.kind === 'service-level')
      published.push({
        version: event.data.version,
        effectiveFrom: event.data.effectiveFrom,
        body: JSON.parse(event.data.body) as PolicyBody<'service-level'>,
      });
  return (at) => {
    const past = published.filter((level) => level.effectiveFrom <= at);
    past.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
    return past.at(-1) ?? policiesV1['service-level'];
  };
};

/**
 * When a run was due: the first instant by which it had run as long as allowed, found by trying days and then halving the
 * last one. Nothing: it stands still before that.
 */
export const dueAt = (
  run: Run,
  body: PolicyBody<'service-level'>,
  { zone, site }: { readonly zone: string; readonly site: string },
): { readonly at: number | undefined; readonly calendar: string } => {
  const limit = body.bySeverity.find(({ severity }) => severity === run.severity)?.limits[run.point];
  if (!limit) throw new Error('no such severity');
  const always = limit.unit !== 'day' || run.severity === 'urgent' || run.safety;
  const office = officeOf(body, site);
  const unit = { minute: 60_000, hour: 3_600_000, day: always ? DAY : office.dayMillis }[limit.unit];
  const time: ClockTime = { calendar: always ? 'always' : office, zone };
  const calendar = always ? 'always' : 'office';
  const end = run.end?.at;
  // A pause that outlasts the run ends with it.
  const pauses = run.pauses
    .filter(({ from }) => end === undefined || from < end)
    .map(({ from, to }) => {
      const until = end !== undefined && (to === undefined || to > end) ? end : to;
      return until === undefined ? { from } : { from, to: until };
    });
  const ran = (at: number): number => elapsedOf({ startedAt: run.startedAt, pauses }, time, instantOf(at));
  const allowed = limit.amount * unit;
  const start = Date.parse(run.startedAt);
  let before = start;
  for (let days = 1; ran(before + DAY) < allowed; days += 1) {
    before += DAY;
    if (days > LONGEST_DAYS) return { at: undefined, calendar };
  }
  let after = before + DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (ran(middle) < allowed) before = middle;
    else after = middle;
  }
  return { at: after, calendar };
};
