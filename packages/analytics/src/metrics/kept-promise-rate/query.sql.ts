/** Promises, each with what became of it. */
export const cases = (table: (fact: string) => string): string => `
WITH cases AS (
  SELECT p.dueOn AS cohort,
    toUnixTimestamp64Milli(p.dueAt) AS due, ifNull(toUnixTimestamp64Milli(p.endedAt), 0) AS ended,
    multiIf(p.how = 'void', 'void', p.how = '' AND due >= {at:Int64}, 'not-due', '') AS excluded,
    p.how = '' AS provisional,
    p.how = 'kept' AND ended <= due AS kept, p.how = 'kept' AND ended > due AS late, p.moved > 0 AS moved,
    toString(p.kind) AS kind, toString(p.matter) AS matter, toString(p.region) AS region,
    p.stream AS stream, p.promise AS place, p.trace AS trace
  FROM ${table('promises')} AS p FINAL
)`;
