import { later, millisOf, plus, type Instant } from '../kernel/index';
import type { EXCLUSIONS } from '../work-order/events';
import type { Candidate } from '../work-order/facts';
import type { DispatchPolicy } from './bodies';
import { elapsedOnCalendar } from './calendar';

export type Exclusion = (typeof EXCLUSIONS)[number];

/** What dispatch has to know of a job. */
export interface DispatchJob {
  /** A visit needs somebody who serves the region; remote work ignores where people are. */
  readonly kind: 'remote' | 'visit';
  readonly category: string;
  readonly skills: readonly string[];
  readonly region?: string;
  readonly requestedWindow?: { readonly from: Instant };
  /** Who declined, gave back or let lapse this work order. */
  readonly turnedDown: readonly { readonly by: Party; readonly why: 'declined-before' | 'lapsed-before' }[];
  /** Who is named in an open complaint about the matter and has to stay out of it, by id. */
  readonly recused?: readonly string[];
  /** Goes first when no filter rules it out: the engineer of the trip before, or of the work that was rejected. */
  readonly preferred?: Party;
}
export interface Party {
  readonly kind: 'engineer' | 'outlet';
  readonly id: string;
}

/** One candidate as judged: what the dispatch event records, so that the choice can be explained (DSP-07). */
export interface Judged extends Party {
  readonly openJobs: number;
  /** Common prefix of the job's region and the closest region served: 6 district, 4 city, 2 province, 0 none or remote. */
  readonly closeness: number;
  /** Why ruled out; empty: in the ranking. */
  readonly excluded: readonly Exclusion[];
}
export interface Ranking {
  /** Best first. */
  readonly ranked: readonly Judged[];
  /** Ruled out, by id. */
  readonly excluded: readonly Judged[];
}

/**
 * Dispatch v1 (DSP-02, DSP-04). Hard filters: active, on duty at the start of the requested window (none, or past: now), category,
 * skills, region, open jobs below the threshold, not turned down before, not named in an open complaint about it. Rank: preferred, fewest open jobs, closest
 * region, longest since the last dispatch (never comes first), id.
 *
 * @param zone IANA zone of the site: without a roster people are on duty 08:00–22:00 there
 */
export const rankCandidates = (
  policy: DispatchPolicy,
  job: DispatchJob,
  candidates: readonly Candidate[],
  { now, zone }: { readonly now: Instant; readonly zone: string },
): Ranking => {
  const at = job.requestedWindow ? later(now, job.requestedWindow.from) : now;
  const judged = candidates.map((candidate) => ({ candidate, judged: judge(policy, job, candidate, { at, zone }) }));
  const ranked = judged
    .filter(({ judged: { excluded } }) => excluded.length === 0)
    .sort(
      (a, b) =>
        Number(isSame(b.candidate, job.preferred)) - Number(isSame(a.candidate, job.preferred)) ||
        a.judged.openJobs - b.judged.openJobs ||
        b.judged.closeness - a.judged.closeness ||
        compare(a.candidate.lastDispatchedAt ?? '', b.candidate.lastDispatchedAt ?? '') ||
        compare(a.candidate.id, b.candidate.id),
    );
  return {
    ranked: ranked.map(({ judged: one }) => one),
    excluded: judged
      .map(({ judged: one }) => one)
      .filter(({ excluded }) => excluded.length > 0)
      .sort((a, b) => compare(a.id, b.id)),
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isSame = (one: Party, other?: Party): boolean => one.kind === other?.kind && one.id === other.id;

const judge = (
  policy: DispatchPolicy,
  job: DispatchJob,
  candidate: Candidate,
  when: { readonly at: Instant; readonly zone: string },
): Judged => {
  const closeness = job.kind === 'visit' ? closenessOf(job.region, candidate.regions) : 0;
  const outOfRegion = job.kind === 'visit' && closeness === undefined;
  const threshold =
    candidate.capacity ?? (candidate.kind === 'engineer' ? policy.engineerCapacity : policy.outletCapacity);
  const rules: readonly (readonly [Exclusion, boolean])[] = [
    ['inactive', !candidate.active],
    ['off-duty', !isOnDuty(candidate, when)],
    ['category', !candidate.categories.includes(job.category)],
    ['skill', !job.skills.every((skill) => candidate.skills.includes(skill))],
    ['region', outOfRegion],
    ['capacity', candidate.openJobs >= threshold],
    ['declined-before', hasTurnedDown(job, candidate, 'declined-before')],
    ['lapsed-before', hasTurnedDown(job, candidate, 'lapsed-before')],
    ['recused', job.recused?.includes(candidate.id) ?? false],
  ];
  return {
    kind: candidate.kind,
    id: candidate.id,
    openJobs: candidate.openJobs,
    closeness: closeness ?? 0,
    excluded: rules.filter(([, broken]) => broken).map(([rule]) => rule),
  };
};

const hasTurnedDown = (job: DispatchJob, candidate: Candidate, kind: 'declined-before' | 'lapsed-before'): boolean =>
  job.turnedDown.some(({ by, why }) => why === kind && isSame(candidate, by));

const isOnDuty = (candidate: Candidate, { at, zone }: { readonly at: Instant; readonly zone: string }): boolean => {
  if (candidate.absences.some((absence) => covers(absence, at))) return false;
  if (candidate.shifts) return candidate.shifts.some((shift) => covers(shift, at));
  return elapsedOnCalendar(at, plus(at, 1), 'reachable', zone) > 0;
};

const covers = ({ from, to }: { readonly from: string; readonly to: string }, at: Instant): boolean =>
  millisOf(from) <= millisOf(at) && millisOf(at) < millisOf(to);

/** Length of the longest region served that covers the job's: `3101` and `310100` both stand for the whole city. */
const closenessOf = (region: string | undefined, served: readonly string[]): number | undefined => {
  if (region === undefined) return undefined;
  const covering = served.map((code) => code.replace(/(00)+$/, '')).filter((code) => region.startsWith(code));
  if (covering.length === 0) return undefined;
  const longest = Math.max(...covering.map((code) => code.length));
  return longest - (longest % 2);
};
