import { complaintColumns } from '../counted/complaint-columns.sql';

/** Complaints, with whether their outcome was told and was not good enough. */
export const cases = (table: (fact: string) => string): string => `
WITH cases AS (
  SELECT c.receivedOn AS cohort, if(c.outcomesTold = 0, 'no-outcome-yet', '') AS excluded,
    c.endedAt IS NULL AND c.secondHandlings = 0 AS provisional,
    c.secondHandlings > 0 AS second, c.level > 0 AS escalated, c.reopenings > 0 AS reopened,${complaintColumns},
    c.stream AS stream, 0 AS place, c.trace AS trace
  FROM ${table('complaints')} AS c FINAL
)`;
