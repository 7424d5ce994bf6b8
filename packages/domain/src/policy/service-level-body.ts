import { Type, type Static } from '@sinclair/typebox';
import { flag, label, list, localDate, oneOf, part, text, whole } from '../kernel/index';
import { severity } from '../vocabulary';

const timeOfDay = () => Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' });
/** Windows of a day, in order; none: closed. Two of them leave a lunch break. */
const windows = (minItems = 0) => list(part({ from: timeOfDay(), to: timeOfDay() }), 6, minItems);

const siteHours = {
  /** A working day, Monday to Friday and on make-up days. How long it is, is what "1 day" means. */
  workingDay: windows(1),
  /** Days of the week that differ: 1 is Monday, 7 is Sunday. Saturday and Sunday are closed unless they stand here. */
  week: list(part({ weekday: whole(1, 7), windows: windows() }), 7),
  /** False: a site that is open on statutory holidays, and has no make-up days. */
  observesHolidays: flag(),
};
/** DEC-01: working hours of a site on the clocks of its zone. */
export const officeHours = part(siteHours);
export type OfficeHours = Static<typeof officeHours>;

/** One yearly notice: days off and make-up working days, with the number it was published under. */
export const holidayNotice = part({
  year: whole(1949, 2999),
  source: text(200),
  off: list(part({ name: label(), from: localDate(), to: localDate() }), 40),
  worked: list(localDate(), 40),
});
export type HolidayNotice = Static<typeof holidayNotice>;

/** Minutes and hours run on `always`; days are working days of the site, or 24 h each on `always`. */
const limit = () => part({ amount: whole(1, 10_000), unit: oneOf(['minute', 'hour', 'day']) });
export type Limit = Static<ReturnType<typeof limit>>;

/**
 * SLA-09, DEC-03: how long each control point of a complaint may take, when to remind, and to whom a breach goes; and the
 * calendar these limits are counted on, so that one version says both.
 */
export const serviceLevelPolicy = part({
  bySeverity: list(
    part({
      severity: severity(),
      limits: part({
        acknowledge: limit(),
        responsibility: limit(),
        plan: limit(),
        execution: limit(),
        verdict: limit(),
      }),
      escalateTo: oneOf(['supervisor', 'quality', 'manager']),
    }),
    3,
    3,
  ),
  /** The reminder comes when this part of the time allowed has passed. */
  remindAtPercent: whole(1, 99),
  hours: officeHours,
  /** Sites whose hours differ. */
  sites: list(part({ site: label(), ...siteHours }), 300),
  holidays: list(holidayNotice, 100),
});
export type ServiceLevelPolicy = Static<typeof serviceLevelPolicy>;
