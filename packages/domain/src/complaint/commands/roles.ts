/** Who stands at the desk, takes complaints in and speaks with complainants (CMP-01, CMP-02). */
export const DESK = ['agent', 'counter', 'crm', 'supervisor', 'manager'] as const;
/** Who may be the handler of a complaint, and investigates it (CMP-09, CMP-16). */
export const CASE = ['agent', 'crm', 'expert', 'quality', 'supervisor', 'manager'] as const;
/** Desk and case together: whoever may write down what happened. */
export const ANYBODY = ['agent', 'counter', 'crm', 'expert', 'quality', 'supervisor', 'manager'] as const;
/** Who confirms what another one proposed. */
export const JUDGES = ['quality', 'supervisor', 'manager'] as const;
/** Who assigns, escalates and dismisses. */
export const LEAD = ['supervisor', 'manager'] as const;
/** Only process managers. */
export const SYSTEM = ['system'] as const;
