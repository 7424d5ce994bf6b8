import { between, MINUTE, type Instant } from '../kernel/index';
import type { WorkMark } from './state';

/**
 * Repair time 维修时长 of one trip in whole minutes, rounded: [WorkStarted, WorkCompleted] less suspensions, by occurredAt
 * whatever the order of recording (DEC-14). Marks after `completedAt` don't count; without a start it is 0.
 */
export const workMinutes = (marks: readonly WorkMark[], completedAt: Instant): number => {
  const inTime = marks
    .filter((mark) => mark.at <= completedAt)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let millis = 0;
  let started = false;
  let runningSince: Instant | undefined;
  for (const { at, mark } of inTime) {
    if (mark === 'suspend') {
      if (runningSince !== undefined) millis += between(runningSince, at);
      runningSince = undefined;
    } else if (mark === 'start' ? !started : started) {
      started = true;
      runningSince ??= at;
    }
  }
  if (runningSince !== undefined) millis += between(runningSince, completedAt);
  return Math.round(millis / MINUTE);
};
