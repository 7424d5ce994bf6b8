/**
 * Jobs and their repeats (DEC-11), one row per job, as CTEs that end in `jobs`.
 * Parameters: windowMs, at (ms), sameGroup (0/1).
 *
 * A case joins the job that was completed last before it, so cases are taken in order of opening; that can't be said
 * in set algebra. Cases that could possibly meet (same ticket, link, unit, customer and model) are first gathered into
 * clusters, and each small cluster is then folded in order.
 */
export const jobs = (table: (fact: string) => string): string => `
WITH RECURSIVE
  case_trips AS (
    SELECT ticketId, cycle,
      arraySort(groupArrayIf((ifNull(toUnixTimestamp64Milli(arrivedAt), 0), stream, toString(outcome),
        ifNull(arrivedOn, toDate(0)), toString(engineer), toString(outlet)), access = 1)) AS visits,
      groupArrayIf(ifNull(toUnixTimestamp64Milli(completedAt), 0),
        completedAt IS NOT NULL AND outcome != 'no-access') AS done,
      groupArray((toUnixTimestamp64Milli(plannedAt), visitsPlanned)) AS plans,
      groupArrayIf((ifNull(toUnixTimestamp64Milli(faultAt), 0), 0, stream, toString(faultCode)), faultCode != '') AS faults,
      groupArray((stream, trace)) AS traces
    FROM ${table('trips')} FINAL
    GROUP BY ticketId, cycle
  ),
  cases_without_group AS (
    SELECT
      concat(c.ticketId, ':', toString(c.cycle)) AS id,
      c.ticketId AS ticket,
      c.cycle AS cycle,
      c.unitId AS unit,
      if(c.customer != '' AND c.model != '', concat(c.customer, '|', toString(c.model)), '') AS buyer,
      c.repeatOf AS links,
      toUnixTimestamp64Milli(c.openedAt) AS opened,
      c.openedOn AS openedOn,
      toString(c.model) AS model, toString(c.category) AS category, toString(c.region) AS region,
      toString(c.route) AS route, toString(c.closing) AS closing, toString(c.closingReason) AS closingReason,
      c.rejections AS rejections,
      t.visits AS visits, t.done AS done, t.plans AS plans,
      arrayPushBack(t.traces, (c.stream, c.trace)) AS traces,
      tupleElement(arraySort(arrayConcat(t.faults, if(c.faultCode = '', [],
        [(ifNull(toUnixTimestamp64Milli(c.faultAt), 0), 1, '', toString(c.faultCode))])))[-1], 4) AS fault,
      c.type = 'repair' AS repair,
      c.type NOT IN ('enquiry', 'installation', 'parts-missing')
        AND c.route NOT IN ('parts-shipment', 'installation')
        AND NOT (c.closing IN ('cancelled', 'merged') AND empty(t.visits)) AS repeatable
    FROM ${table('ticket_cycles')} AS c FINAL
    LEFT JOIN case_trips AS t ON t.ticketId = c.ticketId AND t.cycle = c.cycle
  ),
  cases AS (
    SELECT n.*, g.faultGroup AS faultGroup FROM cases_without_group AS n
    LEFT JOIN (SELECT code, toString(faultGroup) AS faultGroup FROM ${table('fault_groups')} FINAL) AS g ON g.code = n.fault
  ),
  own AS (
    SELECT concat(ticketId, ':', toString(cycle)) AS id, toUnixTimestamp64Milli(openedAt) AS opened, ticketId AS ticket,
      cycle, unitId = '' AS unitless,
      arrayConcat([concat('t', ticketId)], if(unitId = '', [], [concat('u', unitId)]),
        if(customer = '' OR model = '', [], [concat('b', customer, '|', toString(model))])) AS owns,
      arrayConcat(owns, arrayMap(link -> concat('t', link), repeatOf)) AS meets
    FROM ${table('ticket_cycles')} FINAL
  ),
  handles AS (SELECT id, arrayJoin(meets) AS handle FROM own),
  spread AS (
    SELECT id, id AS cluster, toUInt32(0) AS round, toUInt8(1) AS moved FROM own
    UNION ALL
    SELECT id, lowest AS cluster, toUInt32(round + 1) AS round, toUInt8(lowest != before) AS moved
    FROM (
      SELECT s.id AS id, any(s.cluster) AS before, any(s.round) AS round, min(m.lowest) AS lowest,
        max(max(s.moved)) OVER () AS unsettled
      FROM spread AS s
      INNER JOIN handles AS h ON h.id = s.id
      INNER JOIN (
        SELECT h2.handle AS handle, min(s2.cluster) AS lowest
        FROM spread AS s2 INNER JOIN handles AS h2 ON h2.id = s2.id GROUP BY h2.handle
      ) AS m ON m.handle = h.handle
      GROUP BY s.id
    )
    WHERE unsettled = 1
  ),
  placed AS (
    SELECT o.id AS id, o.owns AS owns, o.meets AS meets, o.unitless AS unitless, k.cluster AS cluster,
      toUInt32(row_number() OVER (PARTITION BY k.cluster ORDER BY o.opened, o.ticket, o.cycle)) AS place
    FROM own AS o INNER JOIN (SELECT id, argMax(cluster, round) AS cluster FROM spread GROUP BY id) AS k ON k.id = o.id
  ),
  meetings AS (
    SELECT later.id AS id, groupUniqArray(earlier.place) AS places,
      groupUniqArrayIf(earlier.place, NOT startsWith(earlier.handle, 'b')) AS strong
    FROM (SELECT id, place, unitless, arrayJoin(meets) AS handle FROM placed) AS later
    INNER JOIN (SELECT id, place, unitless, arrayJoin(owns) AS handle FROM placed) AS earlier ON earlier.handle = later.handle
    WHERE earlier.place < later.place
      AND (NOT startsWith(earlier.handle, 'b') OR earlier.unitless OR later.unitless)
    GROUP BY later.id
  ),
  lines AS (
    SELECT p.cluster AS cluster,
      arraySort(groupArray((p.place, c.id, c.opened, c.done, c.repair, c.repeatable, m.places, m.strong, c.faultGroup))) AS line,
      arrayMap(x -> x.1, line) AS places,
      line.9 AS groups,
      arrayMap(x -> arrayFilter(place -> {sameGroup:UInt8} = 0 OR (x.9 != '' AND groups[place] = x.9), x.7), line) AS met,
      arraySort(arrayConcat(
        arrayMap((x, near) -> ((x.3, 1, x.1, 0), x.1, toInt64(0), x.5, x.6, near), line, met),
        arrayFlatten(arrayMap(x -> arrayMap(d -> (
            (greatest(d, x.3), if(d > x.3, 0, 1), x.1, 1), x.1, d, x.5, x.6, emptyArrayUInt32()), x.4), line)))) AS moments
    FROM placed AS p
    INNER JOIN cases AS c ON c.id = p.id
    LEFT JOIN meetings AS m ON m.id = p.id
    GROUP BY p.cluster
  ),
  joined AS (
    SELECT line, places, tupleElement(arrayFold((acc, x) -> if(x.1.4 = 1,
        (acc.1, arrayMap((last, place) -> if(place = acc.1[x.2], greatest(last, x.3), last), acc.2, arrayEnumerate(acc.2))),
        (arrayPushBack(acc.1, arrayMap(best -> multiIf(
            x.5 AND best.1 > 0 AND x.1.1 - best.1 <= {windowMs:Int64}, best.2, x.4, x.2, toUInt32(0)),
          [arraySort(arrayPushBack(
            arrayMap(place -> (acc.2[acc.1[place]], acc.1[place]), arrayFilter(place -> acc.1[place] != 0, x.6)),
            (toInt64(0), toUInt32(0))))[-1]])[1]),
         arrayPushBack(acc.2, toInt64(0)))),
      moments, (emptyArrayUInt32(), emptyArrayInt64())), 1) AS roots
    FROM lines
  ),
  members AS (
    SELECT line[place].2 AS id, line[root].2 AS job, root != place AS repeats,
      root != place AND NOT has(arrayMap(strong -> roots[strong], line[place].8), root) AS byBuyer
    FROM joined ARRAY JOIN places AS place, roots AS root
    WHERE root != 0
  ),
  gathered AS (
    SELECT m.job AS job,
      countIf(m.repeats) AS repeats,
      countIf(m.byBuyer) AS repeatsByBuyer,
      sum(c.rejections) AS rejections,
      arraySort(arrayFlatten(groupArray(c.visits))) AS visits,
      arrayMax(arrayConcat([toInt64(0)], arrayFlatten(groupArray(c.done)))) AS lastDone,
      arrayFlatten(groupArray(c.plans)) AS plans,
      arrayFlatten(groupArray(c.traces)) AS traces,
      anyIf((c.openedOn, c.model, c.category, c.region, c.fault, c.route, c.closing, c.closingReason), NOT m.repeats) AS root
    FROM members AS m INNER JOIN cases AS c ON c.id = m.id
    GROUP BY m.job
  ),
  jobs AS (
    SELECT job, repeats, repeatsByBuyer, traces,
      if(empty(visits), root.1, visits[1].4) AS cohort,
      multiIf(
        root.7 = 'cancelled' AND root.8 = 'by-customer', 'cancelled',
        (root.7 = 'unresolved' AND root.8 = 'quote-declined') OR visits[1].3 = 'customer-declined', 'quote-declined',
        root.6 = 'depot' OR visits[1].3 = 'taken-to-depot', 'depot',
        empty(visits), 'no-visit',
        arrayExists(p -> p.2 > 1 AND p.1 < visits[1].1, plans), 'multi-visit-planned',
        '') AS excluded,
      length(visits) = 1 AND visits[1].3 = 'fixed' AND rejections = 0 AND repeats = 0 AS fixed,
      lastDone = 0 OR lastDone + {windowMs:Int64} > {at:Int64} AS provisional,
      root.2 AS model, root.3 AS category, root.4 AS region, root.5 AS fault,
      visits[1].5 AS engineer, visits[1].6 AS outlet
    FROM gathered
  )`;
