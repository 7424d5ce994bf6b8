/** Cases of the period and of the one before it by dimension (DEC-12). Parameters: from, to, before (first day of the period before). */
export const cases = (table: (fact: string) => string): string => `
WITH
  reported AS (
    SELECT ticketId, cycle, max((ifNull(toUnixTimestamp64Milli(faultAt), 0), 0, stream, toString(faultCode))) AS last,
      groupArray((stream, trace)) AS traces
    FROM ${table('trips')} FINAL
    WHERE faultCode != ''
    GROUP BY ticketId, cycle
  ),
  told AS (
    SELECT c.stream AS stream, c.cycle AS cycle, c.trace AS trace, r.traces AS traces, c.openedOn AS openedOn,
      c.openedOn >= {from:Date} AS current, c.type = 'repair' AS repair, c.closing = '' AS open,
      tupleElement(greatest(r.last, if(c.faultCode = '', (toInt64(0), 0, '', ''),
        (ifNull(toUnixTimestamp64Milli(c.faultAt), 0), 1, '', toString(c.faultCode)))), 4) AS fault,
      toString(c.model) AS model, toString(c.region) AS region, toString(c.category) AS category,
      toString(u.batch) AS batch
    FROM ${table('ticket_cycles')} AS c FINAL
    LEFT JOIN reported AS r ON r.ticketId = c.ticketId AND r.cycle = c.cycle
    LEFT JOIN (SELECT unitId, batch FROM ${table('units')} FINAL) AS u ON u.unitId = c.unitId AND c.unitId != ''
    WHERE c.openedOn >= {before:Date} AND c.openedOn < {to:Date}
  )`;
