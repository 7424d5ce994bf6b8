import { NO_CODE, UNKNOWN, type Selector } from './metric';
import { type Granularity } from './parameters';

/** SQL of the period that a day belongs to: its first day, as text. Weeks begin on Monday. */
export const periodSql = (day: string, granularity: Granularity): string => {
  switch (granularity) {
    case 'total':
      return 'toString({from:Date})';
    case 'day':
      return `toString(${day})`;
    case 'week':
      return `toString(toMonday(${day}))`;
    case 'month':
      return `toString(toStartOfMonth(${day}))`;
  }
};

/** SQL of a dimension as shown. Only names that the parameters let through reach this. */
export const shownSql = (name: string): string =>
  `if(${name} = '', '${name === 'fault' ? NO_CODE : UNKNOWN}', toString(${name}))`;

/** SQL that picks what a selector names, among `known` columns, with the parameters for it. */
export const pickSql = (
  selector: Selector,
  known: Readonly<Record<string, string>>,
): { readonly where: string; readonly parameters: Readonly<Record<string, string>> } => {
  const names = Object.keys(selector).filter((name) => name in known);
  return {
    where: names.map((name) => ` AND ${known[name] ?? ''} = {pick_${name}:String}`).join(''),
    parameters: Object.fromEntries(names.map((name) => [`pick_${name}`, selector[name] ?? ''])),
  };
};
