import { id, idOf, optional, text } from '@aftercare/domain';
import { customersPage, unitHistoryOf } from '@aftercare/projections';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery } from './define-query';
import { maskFields } from './masking';
import { given, pagingInput, pagingOf } from './paging';
import { CASE_READERS } from './roles';

export const lookUpQueries = [
  defineQuery('SearchCustomers', {
    method: 'POST',
    path: '/customers/search',
    tag: 'customers',
    model: 'customer_lookup',
    roles: ['agent', 'counter', 'supervisor', 'expert', 'crm', 'channel'],
    says: {
      zh: '按电话或姓名查找客户(个人信息不出现在地址中)',
      en: 'customers by phone or name, so that neither stands in an address',
    },
    input: { phone: optional(text(40)), name: optional(text(100)), ...pagingInput },
    example: { phone: '13800000000' },
    answer: async ({ reading, streams }, { input: { phone, name, limit, cursor } }) => {
      const page = await customersPage(
        reading.db,
        reading.blindIndex,
        given({ phone, name }),
        pagingOf(given({ limit, cursor })),
      );
      const customers = await Promise.all(
        page.rows.map(async ({ customer, ...known }) => {
          const opened = await streams.openAll((await streams.load(customer)).events);
          const fields = Object.assign({}, ...opened.map((event) => personalOf(event).fields)) as Record<
            string,
            unknown
          >;
          return { id: idOf(customer), ...known, personal: maskFields(fields) };
        }),
      );
      return { body: { customers, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('UnitHistory', {
    path: '/product-units/:id/history',
    tag: 'product-units',
    model: 'unit_history',
    roles: CASE_READERS,
    says: {
      zh: '产品服务履历:工单、维修,30 天内重复维修标红',
      en: "a unit's service history: tickets, repairs, a flag for repairs within 30 days",
    },
    input: { id: id() },
    answer: async ({ reading, clock }, { input }) => {
      const history = await unitHistoryOf(reading.db, input.id, { now: clock.now() });
      if (history.unit === null && history.ticketsTotal === 0) throw notFound();
      return { body: history };
    },
  }),
];
