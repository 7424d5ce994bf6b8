import { HOUR, instantOf, millisOf, MINUTE, type Instant } from '../kernel/index';
import { addOnCalendar, openings, type DayCalendar } from './calendar';
import { addDays, localDateOf } from './local-time';
import type { HolidayNotice, OfficeHours, ServiceLevelPolicy } from './service-level-body';

/** DEC-01 `office`: the working hours of a site, statutory holidays and make-up working days taken into account. */
export interface OfficeCalendar extends DayCalendar {
  readonly name: 'office';
  /** How long an ordinary working day is, milliseconds: what "1 day" means on this calendar. */
  readonly dayMillis: number;
  /** A local day of a year whose holidays aren't published (or not known here): taken for a plain day of the week. */
  isProvisional(date: string): boolean;
}

type Hours = ReturnType<DayCalendar['hoursOn']>;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const hoursOf = (windows: OfficeHours['workingDay']): Hours =>
  windows.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }));

/** 1 is Monday. */
const weekdayOf = (date: string): number => new Date(millisOf(`${date}T00:00:00.000Z`)).getUTCDay() || 7;

/** Prepares a site's hours and the holidays known; keep the result, its windows are cached by it. */
export const officeCalendar = (hours: OfficeHours, notices: readonly HolidayNotice[]): OfficeCalendar => {
  const workingDay = hoursOf(hours.workingDay);
  const week = new Map([1, 2, 3, 4, 5].map((day): [number, Hours] => [day, workingDay]));
  for (const { weekday, windows } of hours.week) week.set(weekday, hoursOf(windows));
  const special = hours.observesHolidays ? specialDays(notices, workingDay) : new Map<string, Hours>();
  const published = new Set(notices.map(({ year }) => String(year)));
  return {
    name: 'office',
    dayMillis: workingDay.reduce((sum, { from, to }) => sum + (to - from), 0) * MINUTE,
    hoursOn: (date) => special.get(date) ?? week.get(weekdayOf(date)) ?? [],
    isProvisional: (date) => hours.observesHolidays && !published.has(date.slice(0, 4)),
  };
};

const specialDays = (notices: readonly HolidayNotice[], workingDay: Hours): Map<string, Hours> => {
  const days = new Map<string, Hours>();
  for (const { off, worked } of notices) {
    for (const { from, to } of off) for (let day = from; day <= to; day = addDays(day, 1)) days.set(day, []);
    for (const day of worked) days.set(day, workingDay);
  }
  return days;
};

const prepared = new WeakMap<ServiceLevelPolicy, Map<string, OfficeCalendar>>();

/** The calendar of a site under a version of the policy. Prepared once per body: pass the body as it was parsed. */
export const officeOf = (body: ServiceLevelPolicy, site: string): OfficeCalendar => {
  const known = prepared.get(body) ?? new Map<string, OfficeCalendar>();
  prepared.set(body, known);
  const own = body.sites.find((one) => one.site === site);
  const key = own ? site : '';
  const found = known.get(key) ?? officeCalendar(own ?? body.hours, body.holidays);
  known.set(key, found);
  return found;
};

/** The instant at which `days` whole working days have been worked since `start`. */
export const addWorkingDays = (start: Instant, days: number, office: OfficeCalendar, zone: string): Instant =>
  addOnCalendar(start, days * office.dayMillis, office, zone);

/** Whether anything between two instants rests on holidays that aren't published. */
export const isProvisionalBetween = (from: Instant, to: Instant, office: OfficeCalendar, zone: string): boolean => {
  const last = Number(localDateOf(to, zone).slice(0, 4));
  for (let year = Number(localDateOf(from, zone).slice(0, 4)); year <= last; year += 1)
    if (office.isProvisional(`${year}-01-01`)) return true;
  return false;
};

/** When the first working day that contains `at`, or begins after it, opens and closes; `after` counts days on from it. */
export const workingDayOf = (
  at: Instant,
  office: OfficeCalendar,
  zone: string,
  after = 0,
): { readonly opens: Instant; readonly closes: Instant } => {
  const from = millisOf(at);
  let left = after;
  for (const day of openings(at, office, zone)) {
    const first = day[0];
    const last = day.at(-1);
    if (!first || !last || last.close <= from) continue;
    if (left === 0) return { opens: instantOf(first.open), closes: instantOf(last.close) };
    left -= 1;
  }
  throw new Error('an office without working days');
};

/** DEC-08, SLA-08: software that needs a test environment: tested that working day, solved 24 h after it opened. */
export const softwareTestDue = (
  reportedAt: Instant,
  office: OfficeCalendar,
  zone: string,
): { readonly testedBy: Instant; readonly solvedBy: Instant } => {
  const { opens, closes } = workingDayOf(reportedAt, office, zone);
  return { testedBy: closes, solvedBy: instantOf(millisOf(opens) + 24 * HOUR) };
};
