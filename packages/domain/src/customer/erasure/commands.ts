import { code, defineCommand, oneOf, text, type Role } from '../../kernel/index';
import { channel } from '../../vocabulary';

const desk = ['agent', 'counter', 'supervisor', 'crm', 'manager'] as const satisfies readonly Role[];
/** Who approves what another one asked for. */
const judges = ['supervisor', 'manager'] as const satisfies readonly Role[];

export const erasureCommands = {
  RequestErasure: defineCommand('customer.RequestErasure', {
    kind: 'intent',
    roles: desk,
    says: { zh: '申请删除个人信息', en: 'ask for the erasure of a person' },
    data: {
      asker: oneOf(['customer', 'retention']),
      channel: channel(),
      openComplaints: oneOf(['wait', 'withdraw']),
    },
    example: { asker: 'customer', channel: 'phone', openComplaints: 'wait' },
  }),
  WithdrawErasureRequest: defineCommand('customer.WithdrawErasureRequest', {
    kind: 'intent',
    roles: desk,
    says: { zh: '撤回删除申请', en: 'withdraw the request for erasure' },
    data: { reason: code() },
    example: { reason: 'changed-mind' },
  }),
  RefuseErasure: defineCommand('customer.RefuseErasure', {
    kind: 'seen-state',
    roles: judges,
    says: { zh: '不批准删除', en: 'refuse the erasure' },
    data: { reason: text(500) },
    example: { reason: '法定保存期未满' },
  }),
  ApproveErasure: defineCommand('customer.ApproveErasure', {
    kind: 'seen-state',
    roles: judges,
    says: { zh: '批准删除(第二人)', en: 'approve the erasure, as a second person' },
    data: {},
    example: {},
  }),
  ReviewRetention: defineCommand('customer.ReviewRetention', {
    kind: 'intent',
    roles: ['system'],
    says: { zh: '复核保存期限', en: 'review whether the data has been kept long enough' },
    data: {},
    example: {},
    internal: true,
  }),
  CarryOutErasure: defineCommand('customer.CarryOutErasure', {
    kind: 'intent',
    roles: ['system'],
    says: { zh: '执行删除', en: 'carry out the erasure' },
    data: {},
    example: {},
    internal: true,
  }),
} as const;
