import { type RecordedEvent } from '@aftercare/domain';
import { NO_CODE, UNKNOWN, type Figures } from '../metric';
import { compare, dayIn, lastCode, periodOf, readStory, type Case, type Story } from '../naive/read-story';
import { tripOf, type Trip } from '../naive/visits';
import { type MetricParameters } from '../parameters';
import { type EXCLUSIONS, figuresOf, type Counts } from './shape';

const DAY = 24 * 60 * 60 * 1000;

interface Entry {
  readonly of: Case;
  readonly trips: readonly Trip[];
  readonly code: string;
  readonly group: string;
}

interface Job {
  readonly entries: Entry[];
  byBuyer: number;
}

/** DEC-11 case by case, as one would do it by hand. */
export const fold = (events: readonly RecordedEvent[], parameters: MetricParameters, at: number): Figures => {
  const story = readStory(events);
  const jobs = jobsOf(entriesOf(story), parameters);
  const rows = new Map<string, { labels: Record<string, string>; counts: Counts }>();
  for (const job of jobs) {
    const told = tellOf(job, parameters, at);
    if (told.cohort < parameters.from || told.cohort >= parameters.to) continue;
    const labels = {
      period: periodOf(told.cohort, parameters.granularity, parameters.from),
      ...Object.fromEntries(parameters.dimensions.map((name) => [name, shown(name, told.dimensions[name] ?? '')])),
    };
    const key = JSON.stringify(labels);
    const row = rows.get(key) ?? { labels, counts: nothing };
    rows.set(key, { labels, counts: add(row.counts, told, job.byBuyer) });
  }
  const sorted = [...rows.values()].sort((a, b) =>
    ['period', ...parameters.dimensions].reduce(
      (order, name) => order || compare(a.labels[name] ?? '', b.labels[name] ?? ''),
      0,
    ),
  );
  return figuresOf(sorted);
};

const shown = (name: string, value: string): string => (value === '' ? (name === 'fault' ? NO_CODE : UNKNOWN) : value);

const entriesOf = (story: Story): readonly Entry[] => {
  const trips = story.orders.map(tripOf);
  return story.cases
    .map((of) => {
      const code = lastCode(story, of);
      const mine = trips.filter(
        ({ order }) => order.plan.data.ticketId === of.ticket.id && order.plan.data.cycle === of.cycle,
      );
      return { of, code, group: story.groupOf.get(code) ?? '', trips: mine };
    })
    .sort(
      (a, b) =>
        compare(a.of.openedAt, b.of.openedAt) || compare(a.of.ticket.id, b.of.ticket.id) || a.of.cycle - b.of.cycle,
    );
};

/** Takes the cases as they came and puts each into the job that it repeats, or makes it a job of its own. */
const jobsOf = (entries: readonly Entry[], parameters: MetricParameters): readonly Job[] => {
  const jobs: Job[] = [];
  for (const entry of entries) {
    const candidates = jobs
      .filter((job) => job.entries.some((member) => meets(entry, member, parameters)))
      .map((job) => ({ job, completed: lastCompletion(job, Date.parse(entry.of.openedAt)) }))
      .filter(({ completed }) => completed !== undefined);
    candidates.sort((a, b) => (a.completed ?? 0) - (b.completed ?? 0));
    const last = candidates.at(-1);
    const opened = Date.parse(entry.of.openedAt);
    if (last?.completed !== undefined && canRepeat(entry) && opened - last.completed <= parameters.windowDays * DAY) {
      if (!last.job.entries.some((member) => meetsSurely(entry, member))) last.job.byBuyer += 1;
      last.job.entries.push(entry);
    } else if (entry.of.type === 'repair') jobs.push({ entries: [entry], byBuyer: 0 });
  }
  return jobs;
};

const meetsSurely = (later: Entry, earlier: Entry): boolean =>
  later.of.ticket.id === earlier.of.ticket.id ||
  later.of.links.includes(earlier.of.ticket.id) ||
  (later.of.ticket.unitId !== '' && later.of.ticket.unitId === earlier.of.ticket.unitId);

const meets = (later: Entry, earlier: Entry, { variant }: MetricParameters): boolean => {
  if (variant === 'same-fault-group' && (later.group === '' || later.group !== earlier.group)) return false;
  if (meetsSurely(later, earlier)) return true;
  const [a, b] = [later.of.ticket, earlier.of.ticket];
  return (a.unitId === '' || b.unitId === '') && a.model !== '' && a.customer === b.customer && a.model === b.model;
};

const canRepeat = ({ of, trips }: Entry): boolean => {
  if (['enquiry', 'installation', 'parts-missing'].includes(of.type)) return false;
  if (['parts-shipment', 'installation'].includes(of.route)) return false;
  return of.closing !== 'cancelled' || trips.some((trip) => trip.access);
};

const completionsOf = (job: Job): readonly number[] =>
  job.entries.flatMap(({ trips }) =>
    trips.flatMap((trip) =>
      trip.completedAt !== undefined && trip.outcome !== 'no-access' ? [Date.parse(trip.completedAt)] : [],
    ),
  );

const lastCompletion = (job: Job, before: number): number | undefined => {
  const done = completionsOf(job).filter((completed) => completed <= before);
  return done.length === 0 ? undefined : Math.max(...done);
};

const tellOf = (job: Job, parameters: MetricParameters, at: number) => {
  const [root] = job.entries;
  if (!root) throw new Error('a job has a first case');
  const visits = job.entries
    .flatMap(({ trips }) => trips.filter((trip) => trip.access))
    .sort((a, b) => compare(a.arrivedAt ?? '', b.arrivedAt ?? '') || compare(a.order.stream, b.order.stream));
  const [first] = visits;
  const rejected = job.entries.some(({ of }) => of.rejections > 0);
  const done = completionsOf(job);
  return {
    cohort: first?.arrivedOn ?? dayIn(root.of.ticket.zone, root.of.openedAt),
    excluded: excludedBecause(job, root, first),
    fixed: visits.length === 1 && first?.outcome === 'fixed' && !rejected && job.entries.length === 1,
    provisional: done.length === 0 || Math.max(...done) + parameters.windowDays * DAY > at,
    dimensions: {
      model: root.of.ticket.model,
      category: root.of.ticket.category,
      region: root.of.ticket.region,
      fault: root.code,
      engineer: first?.engineer ?? '',
      outlet: first?.outlet ?? '',
    } as Readonly<Record<string, string>>,
  };
};

const excludedBecause = (job: Job, root: Entry, first: Trip | undefined): (typeof EXCLUSIONS)[number] | undefined => {
  if (root.of.closing === 'cancelled' && root.of.closingReason === 'by-customer') return 'cancelled';
  if (root.of.closingReason === 'quote-declined' || first?.outcome === 'customer-declined') return 'quote-declined';
  if (root.of.route === 'depot' || first?.outcome === 'taken-to-depot') return 'depot';
  if (!first) return 'no-visit';
  const arrived = first.arrivedAt ?? '';
  const planned = job.entries
    .flatMap(({ trips }) => trips)
    .some(({ order: { plan } }) => plan.data.visitsPlanned.n > 1 && plan.metadata.recordedAt < arrived);
  return planned ? 'multi-visit-planned' : undefined;
};

const nothing: Counts = { jobs: 0, fixed: 0, provisional: 0, repeatsByBuyer: 0, excluded: {} };

const add = (counts: Counts, told: ReturnType<typeof tellOf>, byBuyer: number): Counts =>
  told.excluded
    ? { ...counts, excluded: { ...counts.excluded, [told.excluded]: (counts.excluded[told.excluded] ?? 0) + 1 } }
    : {
        ...counts,
        jobs: counts.jobs + 1,
        fixed: counts.fixed + (told.fixed ? 1 : 0),
        provisional: counts.provisional + (told.provisional ? 1 : 0),
        repeatsByBuyer: counts.repeatsByBuyer + byBuyer,
      };
