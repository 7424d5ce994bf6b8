import { complaintColumns } from '../counted/complaint-columns.sql';

/** Complaints, with whether they were found not to be so. */
export const cases = (table: (fact: string) => string): string => `
WITH cases AS (
  SELECT c.receivedOn AS cohort,
    multiIf(c.endedAt IS NULL, 'open', c.state = 'withdrawn', 'withdrawn', '') AS excluded,
    c.state = 'dismissed' AND ifNull(toUnixTimestamp64Milli(c.appealBy), 0) > {at:Int64} AS provisional,
    c.state = 'dismissed' AS dismissed, c.dismissalAppeals > 0 AS appealed,
    c.state = 'closed' AND c.dismissals > 0 AS overturned,${complaintColumns},
    c.stream AS stream, 0 AS place, c.trace AS trace
  FROM ${table('complaints')} AS c FINAL
)`;
