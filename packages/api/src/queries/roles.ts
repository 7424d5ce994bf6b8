import type { Role } from '@aftercare/domain';

/** Staff who work with cases. */
export const CASE_READERS = [
  'agent',
  'counter',
  'expert',
  'supervisor',
  'engineer',
  'outlet',
  'warehouse',
  'developer-lead',
  'crm',
  'quality',
  'manager',
  'auditor',
] as const satisfies readonly Role[];

/** Those who work on complaints or answer for them; not who may be complained about. */
export const COMPLAINT_READERS = [
  'agent',
  'counter',
  'expert',
  'supervisor',
  'crm',
  'quality',
  'manager',
  'hr',
  'auditor',
] as const satisfies readonly Role[];

/** Lists over the whole company: not for those who see their own jobs only. */
export const QUEUE_READERS = [
  'agent',
  'counter',
  'expert',
  'supervisor',
  'warehouse',
  'developer-lead',
  'crm',
  'quality',
  'manager',
  'auditor',
] as const satisfies readonly Role[];

export const DISPATCHERS = ['supervisor', 'manager', 'auditor'] as const satisfies readonly Role[];
export const FIGURE_READERS = [
  'supervisor',
  'quality',
  'manager',
  'analyst',
  'marketing',
  'purchasing',
  'auditor',
] as const satisfies readonly Role[];
export const EVERYBODY = [
  ...CASE_READERS,
  'finance',
  'purchasing',
  'marketing',
  'analyst',
  'hr',
  'operator',
] as const satisfies readonly Role[];
