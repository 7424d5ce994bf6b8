import { Type } from '@sinclair/typebox';
import { dateTime, defineCommand, id, oneOf, optional, text, type CommandsOf, type Role } from '../kernel/index';
import { POLICY_KINDS } from './events';
import { dispatchV1 } from './v1/rules';

const judges = ['supervisor', 'manager'] as const satisfies readonly Role[];
const draftId = '6d0f6f0a-0000-4000-8000-000000000001';

/** A JSON object whose shape belongs to the kind: the decider checks it and answers with pointers into it. */
const body = () => Type.Unsafe<Readonly<Record<string, unknown>>>(Type.Object({}, { additionalProperties: true }));

export const policyCommands = {
  DraftPolicy: defineCommand('policy.DraftPolicy', {
    kind: 'intent',
    roles: judges,
    says: { zh: '起草规则', en: 'draft a policy version' },
    data: { kind: oneOf(POLICY_KINDS), effectiveFrom: dateTime(), body: body(), reason: text(1_000) },
    example: {
      kind: 'dispatch',
      effectiveFrom: '2026-12-01T00:00:00+08:00',
      body: { ...dispatchV1, engineerCapacity: 8 },
      reason: '旺季提高工程师在手工单上限',
    },
  }),
  ApprovePolicy: defineCommand('policy.ApprovePolicy', {
    kind: 'seen-state',
    roles: judges,
    says: { zh: '复核通过规则草案', en: 'approve a draft as a second person' },
    data: { draftId: id() },
    example: { draftId },
  }),
  RejectPolicy: defineCommand('policy.RejectPolicy', {
    kind: 'seen-state',
    roles: judges,
    says: { zh: '驳回规则草案', en: 'reject a draft' },
    data: { draftId: id(), reason: text(1_000) },
    example: { draftId, reason: '试算显示差异过大' },
  }),
  PublishPolicy: defineCommand('policy.PublishPolicy', {
    kind: 'seen-state',
    roles: judges,
    says: { zh: '发布规则', en: 'publish a draft as the next version' },
    data: { draftId: id(), effectiveFrom: optional(dateTime()) },
    example: { draftId, effectiveFrom: '2026-12-01T00:00:00+08:00' },
  }),
  InstallPolicies: defineCommand('policy.InstallPolicies', {
    kind: 'intent',
    roles: ['system'],
    internal: true,
    says: { zh: '安装内置规则第1版', en: 'install the shipped version 1' },
    data: { kind: oneOf(POLICY_KINDS) },
    example: { kind: 'dispatch' },
  }),
} as const;
export type PolicyCommand = CommandsOf<typeof policyCommands>;
