import { Type } from '@sinclair/typebox';
import { defineEvent, id, instant, oneOf, optional, text, whole, type EventsOf } from '../kernel/index';

export const POLICY_KINDS = [
  'type',
  'safety',
  'priority',
  'route',
  'dispatch',
  'warranty',
  'silence',
  'closing',
  'catalogue',
  'service-level',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** The body as JSON text: its shape belongs to its kind (policy/<kind>.ts) and is checked before publishing. */
const body = () => Type.String({ format: 'text', minLength: 2, maxLength: 200_000 });

/** Stream `policy-<uuidv5(kind)>`, one per kind. */
export const policyEvents = {
  PolicyDrafted: defineEvent('policy.PolicyDrafted', {
    says: { zh: '起草规则', en: 'a policy version was drafted' },
    data: { kind: oneOf(POLICY_KINDS), draftId: id(), effectiveFrom: instant(), body: body(), reason: text(1_000) },
  }),
  PolicyApproved: defineEvent('policy.PolicyApproved', {
    says: { zh: '复核规则', en: 'a draft was approved by a second person' },
    data: { kind: oneOf(POLICY_KINDS), draftId: id() },
  }),
  PolicyRejected: defineEvent('policy.PolicyRejected', {
    says: { zh: '驳回规则草案', en: 'a draft was rejected' },
    data: { kind: oneOf(POLICY_KINDS), draftId: id(), reason: text(1_000) },
  }),
  PolicyPublished: defineEvent('policy.PolicyPublished', {
    says: { zh: '发布规则', en: 'a policy version was published' },
    data: {
      kind: oneOf(POLICY_KINDS),
      version: whole(1),
      effectiveFrom: instant(),
      body: body(),
      draftId: optional(id()),
      reason: text(1_000),
    },
  }),
} as const;
export type PolicyEvent = EventsOf<typeof policyEvents>;
