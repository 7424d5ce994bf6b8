import {
  code,
  idOf,
  list,
  optional,
  text,
  uuid,
  type CustomerEvent,
  type Recorded,
  type RecordedEvent,
} from '@aftercare/domain';
import { customersPage, ticketQueuePage } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { etagOf } from '../http/conditional';
import { invalid, notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { erasureIn, mustBeInUse } from '../erasure/erasure-view';
import { defineQuery } from './define-query';
import { maskFields } from './masking';
import { given, pagingInput, pagingOf } from './paging';

/** Who works with customers. Engineers and outlets see the contact of their own jobs, on the job. */
const CUSTOMER_READERS = ['agent', 'counter', 'expert', 'supervisor', 'crm', 'quality', 'manager', 'auditor'] as const;
/** Who has to reach a customer, and who checks that it was for a reason. */
const CUSTOMER_UNMASKERS = ['agent', 'counter', 'supervisor', 'crm', 'auditor'] as const;

const TICKETS_SHOWN = 5;
const FULL_PAGE = 200;

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
      const erasure = erasureIn(events);
      return {
        body: {
          ...customerView(events as readonly Recorded<CustomerEvent>[]),
          ...(erasure.status === 'none' ? {} : { erasure }),
          personal: erasure.status === 'none' ? maskFields(fields) : {},
          ...(erased ? { erased } : {}),
          revision,
        },
        etag: etagOf(revision),
        position: events.at(-1)!.position,
      };
    },
  }),
  defineQuery('SearchCustomers', {
    method: 'POST',
    path: '/customers/search',
    tag: 'customers',
    model: 'customer_lookup',
    // A machine that submits for customers has to find them too; what else they brought is not its business.
    roles: [...CUSTOMER_READERS, 'channel'],
    says: {
      zh: '按电话或姓名查找客户,附近期工单(个人信息不出现在地址中,结果已脱敏)',
      en: 'customers by phone or name with their recent tickets; neither stands in an address, the answer is masked',
    },
    input: { phone: optional(text(40)), name: optional(text(100)), ...pagingInput },
    example: { phone: '13800000000' },
    answer: async (platform, { input: { phone, name, limit, cursor }, actor }) => {
      if (phone === undefined && name === undefined)
        throw invalid(
          ['/phone', '/name'].map((pointer) => ({ pointer, message: 'one of phone and name is required' })),
        );
      const { reading, streams } = platform;
      const page = await customersPage(
        reading.db,
        reading.blindIndex,
        given({ phone, name }),
        pagingOf(given({ limit, cursor })),
      );
      const customers = await Promise.all(
        page.rows.map(async ({ customer, ...known }) => ({
          id: idOf(customer),
          ...known,
          personal: known.restricted
            ? {}
            : maskFields(contactIn(await streams.openAll((await streams.load(customer)).events)).fields),
          ...(actor.role === 'channel' ? {} : { tickets: await recentTickets(platform, customer) }),
        })),
      );
      return { body: { customers, ...(page.next === undefined ? {} : { next: page.next }) } };
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
      mustBeInUse(events, platform.registry);
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

/** The latest of a customer's tickets. The queue is in order of urgency, so that the latest are picked from a full page. */
const recentTickets = async ({ reading }: Platform, customer: string) => {
  const { rows } = await ticketQueuePage(reading.db, { customer }, { limit: FULL_PAGE });
  return [...rows]
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
    .slice(0, TICKETS_SHOWN)
    .map(({ ticket, number, state, type, priority, openedAt }) => ({
      id: idOf(ticket),
      number,
      state,
      type,
      priority,
      openedAt,
    }));
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
