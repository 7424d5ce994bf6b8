import { code, defineCommand, flag, oneOf, optional, region, text, type CommandsOf, type Role } from '../kernel/index';
import { tier } from '../vocabulary';
import { erasureCommands } from './erasure/commands';

const desk = ['agent', 'counter', 'supervisor', 'crm'] as const satisfies readonly Role[];

const contact = {
  phone: optional(text(40)),
  email: optional(text(200)),
  wechat: optional(text(100)),
  address: optional(text(300)),
};

export const customerCommands = {
  RegisterCustomer: defineCommand('customer.RegisterCustomer', {
    kind: 'creates',
    roles: [...desk, 'channel'],
    says: { zh: '登记客户', en: 'register a customer' },
    data: { name: text(100), ...contact, region: optional(region()), tier: optional(tier()) },
    example: { name: '张三', phone: '13800000000', region: '310104' },
  }),
  CorrectCustomerContact: defineCommand('customer.CorrectCustomerContact', {
    kind: 'intent',
    roles: [...desk, 'channel'],
    says: { zh: '更正客户联系方式', en: "correct a customer's contact" },
    data: { name: optional(text(100)), ...contact, region: optional(region()) },
    example: { phone: '13800000001' },
  }),
  ChangeCustomerTier: defineCommand('customer.ChangeCustomerTier', {
    kind: 'seen-state',
    roles: ['supervisor', 'manager', 'crm'],
    says: { zh: '变更客户等级', en: "change a customer's tier" },
    data: { tier: tier(), reason: code() },
    example: { tier: 'vip', reason: 'key-account' },
  }),
  RecordConsent: defineCommand('customer.RecordConsent', {
    kind: 'intent',
    roles: [...desk, 'channel', 'customer'],
    says: { zh: '记录客户授权', en: 'record a consent or its withdrawal' },
    data: { purpose: oneOf(['service', 'follow-up', 'survey', 'marketing', 'data-handover']), given: flag() },
    example: { purpose: 'follow-up', given: true },
  }),
  ...erasureCommands,
} as const;
export type CustomerCommand = CommandsOf<typeof customerCommands>;
