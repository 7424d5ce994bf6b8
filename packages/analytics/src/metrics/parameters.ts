import { list, localDate, oneOf, optional, part, problemsIn, whole, type Problem } from '@aftercare/domain';

export const GRANULARITIES = ['total', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];
export const WINDOWS = [7, 14, 30] as const;
export const VARIANTS = ['any-fault', 'same-fault-group'] as const;

/** What a metric is asked for. Days are the site's; `to` is exclusive. */
export interface MetricParameters {
  readonly from: string;
  readonly to: string;
  readonly granularity: Granularity;
  readonly dimensions: readonly string[];
  readonly windowDays: number;
  readonly variant: (typeof VARIANTS)[number];
  /** Failure hotspots: flagged from this many cases on … */
  readonly flagCases: number;
  /** … and from this ratio to the preceding period on, in percent. */
  readonly flagPercent: number;
}

/** The question can't be answered as put; `problems` point into it. */
export class MetricRefusedError extends Error {
  override readonly name = 'MetricRefusedError';
  constructor(
    readonly code: 'METRIC.UNKNOWN' | 'METRIC.BAD_PARAMETERS',
    readonly problems: readonly Problem[],
  ) {
    super(`${code}: ${problems.map((problem) => `${problem.pointer} ${problem.message}`).join('; ')}`);
  }
}

/** What people read for the two refusals. */
export const metricMessages = {
  'METRIC.UNKNOWN': { zh: '没有这个指标', en: 'there is no such metric' },
  'METRIC.BAD_PARAMETERS': { zh: '指标参数有误', en: 'the metric was asked for with wrong parameters' },
} as const;

const DAY = 86_400_000;
const MAX_DAYS = 3 * 366;
/** Milliseconds of a calendar day, for arithmetic among days only. */
const dayMillis = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

/** `day` moved by a number of days. */
export const daysAfter = (day: string, days: number): string =>
  new Date(dayMillis(day) + days * DAY).toISOString().slice(0, 10);

/** Days from `from` to `to`. */
export const daysBetween = (from: string, to: string): number => (dayMillis(to) - dayMillis(from)) / DAY;

/** Checks what was asked for against a metric's dimensions and fills in the defaults. */
export const parametersFor =
  (dimensions: readonly string[], defaults: Partial<MetricParameters> = {}) =>
  (asked: Readonly<Record<string, unknown>>): MetricParameters => {
    const schema = part({
      from: localDate(),
      to: localDate(),
      granularity: optional(oneOf(GRANULARITIES)),
      dimensions: optional(list(oneOf(dimensions), dimensions.length)),
      windowDays: optional(whole(1, 365)),
      variant: optional(oneOf(VARIANTS)),
      flagCases: optional(whole(1)),
      flagPercent: optional(whole(100)),
    });
    const problems = [...problemsIn(schema, asked)];
    const given = { ...standard, ...defaults, ...asked } as MetricParameters;
    if (problems.length === 0) problems.push(...problemsBeyondShape(given));
    if (problems.length > 0) throw new MetricRefusedError('METRIC.BAD_PARAMETERS', problems);
    return { ...given, dimensions: [...new Set(given.dimensions)] };
  };

const standard = {
  granularity: 'total',
  dimensions: [],
  windowDays: 30,
  variant: 'any-fault',
  flagCases: 10,
  flagPercent: 150,
} as const;

const problemsBeyondShape = (given: MetricParameters): readonly Problem[] => {
  const days = daysBetween(given.from, given.to);
  if (days <= 0)
    return [{ pointer: '/to', message: 'must be later than from: it is the first day that is not counted' }];
  if (days > MAX_DAYS) return [{ pointer: '/to', message: 'at most three years at a time' }];
  if (!WINDOWS.some((window) => window === given.windowDays))
    return [{ pointer: '/windowDays', message: 'must be 7, 14 or 30' }];
  return [];
};
