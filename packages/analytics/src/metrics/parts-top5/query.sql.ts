/** Part uses of the period, each with whether its order has ended (DEC-13). Parameters: from, to. */
export const uses = (table: (fact: string) => string): string => `
WITH
  uses AS (
    SELECT u.stream AS stream, u.trace AS trace, u.usedOn AS usedOn, toString(u.partNo) AS partNo, u.fitted AS fitted,
      u.quantity AS quantity, toString(u.unit) AS unit, toString(u.currency) AS currency, u.unitCost AS unitCost,
      toString(u.charge) AS charge, toString(u.model) AS model, toString(u.category) AS category,
      toString(u.region) AS region, toString(u.engineer) AS engineer, toString(u.outlet) AS outlet,
      t.completedAt IS NULL AND t.cancelledAt IS NULL AS open
    FROM ${table('part_uses')} AS u FINAL
    LEFT JOIN (SELECT stream, completedAt, cancelledAt FROM ${table('trips')} FINAL) AS t ON t.stream = u.stream
    WHERE u.usedOn >= {from:Date} AND u.usedOn < {to:Date}
  )`;

/** Ranks within (labels, measure, charge); \`labels\` are columns that \`shown\` defines. */
export const ranked = (shown: string, labels: readonly string[]): string => `
SELECT * FROM (
  SELECT *, toUInt32(rank() OVER (PARTITION BY ${[...labels, 'by', 'measure', 'charge'].join(', ')} ORDER BY value DESC)) AS place
  FROM (
    SELECT ${shown}, charge, partNo, m.1 AS by, m.2 AS measure, sum(m.3) AS value, toUInt32(count()) AS counted
    FROM uses
    ARRAY JOIN [('quantity', unit, toInt128(quantity)), ('cost', currency, toInt128(quantity) * unitCost)] AS m
    GROUP BY ${[...labels, 'by', 'measure', 'charge', 'partNo'].join(', ')}
  )
  WHERE value > 0
)
WHERE place <= 5`;
