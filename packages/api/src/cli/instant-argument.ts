import type { Instant } from '@aftercare/domain';
import { utc } from '../audit/cut';
import { CliError } from './cli-error';

/** An instant typed on the command line, with its offset. Throws `CliError` naming the option. */
export const instantArgument = (text: string, option: string): Instant => {
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new CliError(`${option} takes an instant with its offset, like 2026-10-01T16:00:00+08:00`);
  return utc(text);
};

/** The same, if it doesn't lie ahead: what will be known tomorrow is known to nobody. Throws `CliError`. */
export const notAhead = (instant: Instant, option: string, now: Instant): Instant => {
  if (instant > now) throw new CliError(`${option} must not lie in the future`);
  return instant;
};
