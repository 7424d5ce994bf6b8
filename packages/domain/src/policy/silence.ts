import { HOUR, instantOf, millisOf, type Instant } from '../kernel/index';
import type { TicketType } from '../vocabulary';
import type { SilencePolicy } from './bodies';
import { holidayOn } from './holidays-cn';
import { addDays, instantAt, localDateOf } from './local-time';

/** What happens while a customer says nothing to a proposed resolution (DEC-05). */
export interface SilencePlan {
  /** In order of time; `onCallList`: from here on the ticket stands on its owner's call list. */
  readonly reminders: readonly { readonly at: Instant; readonly onCallList: boolean }[];
  readonly decideAt: Instant;
  readonly action: 'accept' | 'return-to-engineer';
}

/**
 * The instant `hours` later, statutory holidays of China in `zone` left out: a whole local day that is a holiday doesn't
 * count. 0 hours end at `since` itself.
 */
export const addHoursSkippingHolidays = (since: Instant, hours: number, zone: string): Instant => {
  let left = hours * HOUR;
  let from = millisOf(since);
  let date = localDateOf(since, zone);
  while (left > 0) {
    const nextDay = millisOf(instantAt(addDays(date, 1), zone));
    const room = holidayOn(date) ? 0 : nextDay - from;
    if (left <= room) return instantOf(from + left);
    left -= room;
    from = nextDay;
    date = addDays(date, 1);
  }
  return instantOf(from);
};

/**
 * When to remind, when to put a ticket on the call list and when silence decides. Whether silence may decide at all (never
 * for safety cases or a unit not handed back) is the ticket's rule, not this one's.
 *
 * @param input `since`: when the resolution was proposed; `zone`: the site's
 */
export const silencePlan = (
  body: SilencePolicy,
  input: { readonly type: TicketType; readonly since: Instant; readonly zone: string },
): SilencePlan => {
  const rule = body.byType.find(({ type }) => type === input.type) ?? body.standard;
  const after = (hours: number): Instant =>
    body.skipHolidays
      ? addHoursSkippingHolidays(input.since, hours, input.zone)
      : instantOf(millisOf(input.since) + hours * HOUR);
  return {
    reminders: [...new Set([...rule.remindAfterHours, rule.callListAfterHours])]
      .sort((a, b) => a - b)
      .filter((hours) => hours < rule.decideAfterHours)
      .map((hours) => ({ at: after(hours), onCallList: hours >= rule.callListAfterHours })),
    decideAt: after(rule.decideAfterHours),
    action: rule.action,
  };
};
