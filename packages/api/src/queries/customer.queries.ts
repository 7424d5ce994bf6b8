import { code, idOf, list, text, uuid, type CustomerEvent, type Recorded, type RecordedEvent } from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery } from './define-query';
import { maskFields } from './masking';

/** Who works with customers. Engineers and outlets see the contact of their own jobs, on the job. */
const CUSTOMER_READERS = ['agent', 'counter', 'expert', 'supervisor', 'crm', 'quality', 'manager', 'auditor'] as const;
/** Who has to reach a customer, and who checks that it was for a reason. */
const CUSTOMER_UNMASKERS = ['agent', 'counter', 'supervisor', 'crm', 'auditor'] as const;

export const customerQueries = [
  defineQuery('Customer', {
    path: '/customers/:id',
    tag: 'customers',
    roles: CUSTOMER_READERS,
    says: {
      zh: '查看客户:等级、地区、授权(联系方式已脱敏)',
      en: 'one customer: tier, region, consents, contact masked',
    },
    input: { id: uuid() },
    answer: async (platform, { input: { id } }) => {
      const { events, revision } = await customerStream(platform, id);
      const { fields, erased } = contactIn(await platform.streams.openAll(events));
      return {
        body: {
          ...customerView(events as readonly Recorded<CustomerEvent>[]),
          personal: maskFields(fields),
          ...(erased ? { erased } : {}),
          revision,
        },
        etag: etagOf(revision),
        position: events.at(-1)!.position,
      };
    },
  }),
  defineQuery('UnmaskCustomer', {
    method: 'POST',
    path: '/customers/:id/unmask',
    tag: 'customers',
    roles: CUSTOMER_UNMASKERS,
    says: {
      zh: '查看客户未脱敏信息(需说明理由并登记)',
      en: "show a customer's fields unmasked, for a reason that is recorded first",
    },
    input: { id: uuid(), reason: text(500), fields: list(code(), 20, 1) },
    example: { reason: '回拨客户确认上门时间', fields: ['phone'] },
    answer: async (platform, { input: { id, reason, fields }, actor, requestId }) => {
      const { events } = await customerStream(platform, id);
      await platform.accessLog.record({ actor, subject: `customer-${id}`, fields, reason, requestId });
      const contact = contactIn(await platform.streams.openAll(events)).fields;
      const shown = fields.filter((field) => contact[field] !== undefined).map((field) => [field, contact[field]]);
      return { body: { customerId: id, fields: Object.fromEntries(shown) as Record<string, unknown> } };
    },
  }),
];

/** 404 when there is no such customer. */
const customerStream = async (
  { streams }: Platform,
  id: string,
): Promise<{ events: readonly RecordedEvent[]; revision: number }> => {
  const { events, head } = await streams.load(`customer-${id}`);
  if (head === 'none') throw notFound();
  return { events, revision: head.revision };
};

/** The contact as corrected last; `erased` when the customer was forgotten. */
const contactIn = (opened: readonly RecordedEvent[]) => {
  const parts = opened.map(personalOf);
  return {
    fields: Object.assign({}, ...parts.map(({ fields }) => fields)) as Readonly<Record<string, unknown>>,
    erased: parts.some(({ erased }) => erased),
  };
};

const customerView = (events: readonly Recorded<CustomerEvent>[]) => {
  const first = events[0]!;
  let tier = 'normal';
  let region: string | undefined;
  const consents = new Map<string, { readonly purpose: string; readonly given: boolean; readonly at: string }>();
  for (const { type, data, metadata } of events) {
    if (type === 'customer.CustomerRegistered' || type === 'customer.CustomerTierChanged') tier = data.tier;
    if ('region' in data && data.region !== undefined) region = data.region;
    if (type === 'customer.ConsentRecorded') consents.set(data.purpose, { ...data, at: metadata.occurredAt });
  }
  return {
    id: idOf(first.stream),
    tier,
    ...(region === undefined ? {} : { region }),
    consents: [...consents.values()],
    registeredAt: first.metadata.recordedAt,
    changedAt: events.at(-1)!.metadata.recordedAt,
  };
};
