import type { Problem } from '../kernel/index';
import { problem, twice } from './body-problems';
import { addDays } from './local-time';
import type { HolidayNotice, OfficeHours, ServiceLevelPolicy } from './service-level-body';

/** Days; a slip in a year would otherwise close a site for ages. */
const LONGEST_RUN = 31;

/** What the shape of a service-level body can't say: hours that overlap, a week without work, a holiday that is worked. */
export const serviceLevelProblems = (body: ServiceLevelPolicy): readonly Problem[] => [
  ...twice('/bySeverity', body.bySeverity, ({ severity }) => severity),
  ...inHours('/hours', body.hours),
  ...twice('/sites', body.sites, ({ site }) => site),
  ...body.sites.flatMap((site, index) => inHours(`/sites/${index}`, site)),
  ...twice('/holidays', body.holidays, ({ year }) => String(year)),
  ...body.holidays.flatMap((notice, index) => inNotice(`/holidays/${index}`, notice)),
];

const inHours = (pointer: string, { workingDay, week }: OfficeHours): readonly Problem[] => [
  ...inWindows(`${pointer}/workingDay`, workingDay),
  ...week.flatMap(({ windows }, index) => inWindows(`${pointer}/week/${index}/windows`, windows)),
  ...twice(`${pointer}/week`, week, ({ weekday }) => String(weekday)),
  // A clock on such a calendar would never end.
  ...([1, 2, 3, 4, 5].every((day) => week.some(({ weekday, windows }) => weekday === day && windows.length === 0)) &&
  !week.some(({ windows }) => windows.length > 0)
    ? [problem(`${pointer}/week`, 'leaves no day of the week open')]
    : []),
];

const inWindows = (pointer: string, windows: OfficeHours['workingDay']): readonly Problem[] =>
  windows.flatMap(({ from, to }, index) => [
    ...(from < to ? [] : [problem(`${pointer}/${index}/to`, 'must be later than from')]),
    ...(from >= (windows[index - 1]?.to ?? '00:00')
      ? []
      : [problem(`${pointer}/${index}/from`, 'must not be earlier than the end of the window before')]),
  ]);

const inNotice = (pointer: string, { off, worked }: HolidayNotice): readonly Problem[] => [
  ...off.flatMap(({ from, to }, index) => [
    ...(from <= to ? [] : [problem(`${pointer}/off/${index}/to`, 'must not be earlier than from')]),
    ...(to <= addDays(from, LONGEST_RUN)
      ? []
      : [problem(`${pointer}/off/${index}/to`, 'ends more than a month later')]),
  ]),
  ...worked.flatMap((day, index) =>
    off.some(({ from, to }) => from <= day && day <= to)
      ? [problem(`${pointer}/worked/${index}`, 'is a day off in the same notice')]
      : [],
  ),
];
