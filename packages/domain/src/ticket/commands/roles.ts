/** Who stands at the desk and speaks with customers. */
export const DESK = ['agent', 'counter', 'supervisor'] as const;
/** Desk plus those who know the technique. */
export const TECHNICAL = ['agent', 'counter', 'expert', 'supervisor', 'engineer', 'outlet', 'developer-lead'] as const;
/** Who may take a ticket and work on it without a work order. */
export const HANDLERS = ['agent', 'counter', 'expert', 'warehouse', 'developer-lead', 'supervisor'] as const;
/** Everybody who meets the customer or the case and may write down what happened. */
export const CASE_STAFF = [...TECHNICAL, 'warehouse', 'crm'] as const;
/** Who may write down what a customer said about a result; the customer does it by the tracking link. */
export const VERDICT = ['agent', 'counter', 'expert', 'supervisor', 'crm', 'customer'] as const;
/** Only process managers. */
export const SYSTEM = ['system'] as const;
