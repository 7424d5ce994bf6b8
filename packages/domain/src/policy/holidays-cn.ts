import { addDays } from './local-time';
import { HOLIDAY_NOTICES_CN } from './holiday-notices-cn';

/** The runs of statutory days off in China as published, in order: local days, both ends included. */
export const HOLIDAYS_CN = HOLIDAY_NOTICES_CN.flatMap(({ off }) => off);

const names = new Map<string, string>();
for (const { name, from, to } of HOLIDAYS_CN)
  for (let day = from; day <= to; day = addDays(day, 1)) names.set(day, name);

/**
 * The holiday that a local day belongs to; undefined on other days and in years not published: a wait that reaches into one
 * counts every day, so the customer may get less time than with the table brought up to date.
 */
export const holidayOn = (date: string): string | undefined => names.get(date);
