/** What complaints can be told apart by, as columns of a row `c` of the complaints. */
export const complaintColumns = `
  toString(c.category) AS category, toString(c.severity) AS severity, toString(c.model) AS model,
  toString(c.responsible) AS responsibility, toString(c.productCategory) AS product, toString(c.region) AS region,
  toString(c.channel) AS channel,
  multiIf(c.state = 'closed', toString(c.outcome), c.state IN ('dismissed', 'withdrawn'), toString(c.state), 'open') AS outcome`;
