import { HttpPerson } from './http-person';
import type { PlayedQuarter } from './play-quarter';

type Json = Readonly<Record<string, unknown>>;

/** What the demo shows; `--json` prints exactly this. */
export interface Tour {
  readonly period: { readonly from: string; readonly to: string };
  readonly counts: Json;
  readonly queue: readonly Json[];
  readonly trail: { readonly ticket: Json; readonly entries: readonly Json[] };
  /** Complaints: how many by state, the queue by time to breach, and the history of one. */
  readonly complaints: {
    readonly counts: readonly Json[];
    readonly queue: readonly Json[];
    readonly trail: { readonly complaint: Json; readonly entries: readonly Json[] };
  };
  /** Who is on call when the quarter is over, and whom its hazards and urgent complaints called. */
  readonly onCall: { readonly roster: Json; readonly alerts: readonly Json[] };
  readonly metrics: readonly Json[];
}

/** Local days of the quarter, as the figures are asked for: `to` is the first day after it. */
export const PERIOD = { from: '2026-07-01', to: '2026-10-01' } as const;
const OPEN = [
  'awaiting-review',
  'pending-dispatch',
  'in-progress',
  'awaiting-consent',
  'pending-confirmation',
  'confirmed',
]
  .map((state) => `state=${state}`)
  .join('&');
const METRICS = [
  'first-time-fix-rate',
  'failure-hotspots',
  'parts-top5',
  'complaint-volume',
  'second-handling-rate',
  'dismissed-share',
  'control-points-met',
  'kept-promise-rate',
] as const;

/** Looks around over the public HTTP API, as a supervisor and an analyst would. */
export const takeTour = async (played: PlayedQuarter): Promise<Tour> => {
  const keys = { next: 0 };
  const supervisor = new HttpPerson(played.address, await played.token('supervisor'), 'staff-supervisor-1', keys);
  const analyst = new HttpPerson(played.address, await played.token('analyst'), 'staff-analyst-1', keys);
  const queue = (await supervisor.get(`/tickets?${OPEN}&limit=12&counts=true`)).body;
  const told = await storyWorthTelling(supervisor);
  const history = (await supervisor.get(`/tickets/${told.id}/history`)).body;
  const metrics: Json[] = [];
  for (const metric of METRICS) {
    metrics.push((await analyst.get(`/analytics/${metric}?from=${PERIOD.from}&to=${PERIOD.to}`)).body);
  }
  return {
    period: PERIOD,
    counts: queue['counts'] as Json,
    queue: queue['tickets'] as readonly Json[],
    trail: { ticket: told.view, entries: history['entries'] as readonly Json[] },
    complaints: await complaintsOf(supervisor),
    onCall: await onCallOf(supervisor),
    metrics,
  };
};

const onCallOf = async (supervisor: HttpPerson): Promise<Tour['onCall']> => {
  const roster = (await supervisor.get(`/on-call-rosters/main?at=${PERIOD.to}T00:00:00Z`)).body;
  const alerts = (await supervisor.get('/on-call-alerts?state=all&limit=200')).body['alerts'] as readonly Json[];
  return { roster, alerts };
};

const complaintsOf = async (supervisor: HttpPerson): Promise<Tour['complaints']> => {
  const queue = (await supervisor.get('/complaints?open=true&limit=12')).body;
  const ended = (await supervisor.get('/complaints?state=closed&limit=100')).body;
  const counts = (await supervisor.get('/complaint-counts?by=state')).body;
  const all = ended['complaints'] as readonly Json[];
  // The one that went the longest way: dissatisfied twice, escalated, and answered with a final position.
  const told = all.find((complaint) => complaint['outcome'] === 'final-position') ?? all[0];
  if (!told) throw new Error('the quarter left no closed complaint');
  const history = (await supervisor.get(`/complaints/${String(told['id'])}/history`)).body;
  return {
    counts: counts['counts'] as readonly Json[],
    queue: queue['complaints'] as readonly Json[],
    trail: { complaint: told, entries: history['entries'] as readonly Json[] },
  };
};

/** A completed repair that the customer rejected once: it has every kind of entry. */
const storyWorthTelling = async (supervisor: HttpPerson): Promise<{ readonly id: string; readonly view: Json }> => {
  let cursor = '';
  let fallback: string | undefined;
  for (;;) {
    const page = (await supervisor.get(`/tickets?state=completed&type=repair&limit=100${cursor}`)).body;
    for (const item of page['tickets'] as readonly { readonly id: string }[]) {
      fallback ??= item.id;
      const view = (await supervisor.get(`/tickets/${item.id}`)).body;
      if ((view['rejections'] as number | undefined) ?? 0) return { id: item.id, view };
    }
    const next = page['next'] as string | undefined;
    if (next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  if (fallback === undefined) throw new Error('the quarter left no completed repair');
  return { id: fallback, view: (await supervisor.get(`/tickets/${fallback}`)).body };
};
