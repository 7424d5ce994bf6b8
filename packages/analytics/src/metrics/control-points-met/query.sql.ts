/** Runs of control points, each with the complaint that it belongs to. */
export const cases = (table: (fact: string) => string): string => `
WITH cases AS (
  SELECT p.startedOn AS cohort,
    p.dueAt IS NOT NULL AND ifNull(toUnixTimestamp64Milli(p.endedAt), {at:Int64}) > toUnixTimestamp64Milli(assumeNotNull(p.dueAt)) AS late,
    multiIf(p.how = 'stopped' AND NOT late, 'stopped', p.how = '' AND NOT late, 'running', '') AS excluded,
    p.how = '' AS provisional,
    p.how = 'met' AND NOT late AS inTime, p.missRecordedAt IS NOT NULL AS missRecorded,
    toString(p.point) AS point, toString(p.severity) AS severity, toString(p.round) AS round,
    toString(p.policyVersion) AS policyVersion, toString(p.calendar) AS calendar,
    toString(c.category) AS category, toString(c.model) AS model, toString(c.region) AS region,
    p.stream AS stream, p.run AS place, p.trace AS trace
  FROM ${table('control_points')} AS p FINAL
  INNER JOIN (SELECT stream, category, model, region FROM ${table('complaints')} FINAL) AS c ON c.stream = p.stream
)`;
