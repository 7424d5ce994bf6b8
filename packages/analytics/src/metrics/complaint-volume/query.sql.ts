import { complaintColumns } from '../counted/complaint-columns.sql';

/** Every complaint. */
export const cases = (table: (fact: string) => string): string => `
WITH cases AS (
  SELECT c.receivedOn AS cohort, '' AS excluded, c.endedAt IS NULL AS provisional,
    c.endedAt IS NULL AS open, c.safety = 1 AS safety, c.external = 1 AS external,
    c.responsibility = 'final' AS responsibilityFinal,${complaintColumns},
    c.stream AS stream, 0 AS place, c.trace AS trace
  FROM ${table('complaints')} AS c FINAL
)`;
