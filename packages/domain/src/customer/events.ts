import { code, defineEvent, flag, oneOf, optional, region, text, type EventsOf } from '../kernel/index';
import { tier } from '../vocabulary';
import { erasureEvents } from './erasure/events';

const contact = {
  name: text(100),
  phone: optional(text(40)),
  email: optional(text(200)),
  wechat: optional(text(100)),
  address: optional(text(300)),
};
const correctedContact = {
  name: optional(text(100)),
  phone: optional(text(40)),
  email: optional(text(200)),
  wechat: optional(text(100)),
  address: optional(text(300)),
};

/** The subject of every personal part here is the stream itself, `customer-<uuid>`. */
export const customerEvents = {
  CustomerRegistered: defineEvent('customer.CustomerRegistered', {
    says: { zh: '登记客户', en: 'a customer was registered' },
    data: { tier: tier(), region: optional(region()) },
    personal: contact,
  }),
  CustomerContactCorrected: defineEvent('customer.CustomerContactCorrected', {
    says: { zh: '更正客户联系方式', en: "a customer's contact was corrected" },
    data: { region: optional(region()) },
    personal: correctedContact,
  }),
  CustomerTierChanged: defineEvent('customer.CustomerTierChanged', {
    says: { zh: '变更客户等级', en: "a customer's tier was changed" },
    data: { tier: tier(), reason: code() },
  }),
  ConsentRecorded: defineEvent('customer.ConsentRecorded', {
    says: { zh: '记录客户授权', en: 'consent was recorded' },
    data: { purpose: oneOf(['service', 'follow-up', 'survey', 'marketing', 'data-handover']), given: flag() },
  }),
  ...erasureEvents,
} as const;
export type CustomerEvent = EventsOf<typeof customerEvents>;
