/** The roles of requirements §26. `channel` is a machine that submits for customers; `system` is a process manager. */
export const ROLES = [
  'agent',
  'counter',
  'expert',
  'supervisor',
  'engineer',
  'outlet',
  'warehouse',
  'finance',
  'purchasing',
  'marketing',
  'quality',
  'developer-lead',
  'crm',
  'manager',
  'analyst',
  'hr',
  'auditor',
  'operator',
  'customer',
  'channel',
  'system',
] as const;

export type Role = (typeof ROLES)[number];

/** Who acts: `id` is an opaque staff, customer or process id, never a name. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
  /** The subject for whom the actor speaks: a `channel` submits on behalf of a customer. */
  readonly onBehalfOf?: string;
}
