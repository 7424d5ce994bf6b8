import { idOf, oneOf, optional, uuid, type CustomerEvent, type Recorded, type RecordedEvent } from '@aftercare/domain';
import { erasureRequestsPage } from '@aftercare/projections';
import { notFound } from '../http/problem';
import { defineQuery } from '../queries/define-query';
import { given, pagingInput, pagingOf } from '../queries/paging';

const READERS = ['crm', 'supervisor', 'manager', 'auditor'] as const;

export const erasureQueries = [
  defineQuery('ErasureRequests', {
    path: '/erasure-requests',
    tag: 'customers',
    model: 'erasure_requests',
    // Opaque names only, so that who runs the service may see what waits as well.
    roles: [...READERS, 'operator'],
    says: {
      zh: '处理中的删除申请:待第二人审批的、已批准待执行的,及由谁提出(本人或保存期满)',
      en: 'erasures under way: what waits for the approval of a second person, what for its time, and who asked',
    },
    input: {
      status: optional(oneOf(['requested', 'approved'])),
      asker: optional(oneOf(['customer', 'retention'])),
      ...pagingInput,
    },
    answer: async ({ reading }, { input: { status, asker, limit, cursor } }) => {
      const page = await erasureRequestsPage(reading.db, given({ status, asker }), pagingOf(given({ limit, cursor })));
      const requests = page.rows.map(({ customer, ...row }) => ({ customerId: idOf(customer), ...row }));
      return { body: { requests, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('ErasureCertificate', {
    path: '/customers/:id/erasure-certificate',
    tag: 'customers',
    roles: READERS,
    says: {
      zh: '删除证明:谁申请、谁批准、何时删除、删除前的导出,及存证事件的哈希',
      en: 'the certificate of an erasure: who asked, who approved, when the key went, exports made before, the hash of the event',
    },
    input: { id: uuid() },
    answer: async ({ streams, stores }, { input: { id } }) => {
      const stream = `customer-${id}`;
      const events = (await streams.load(stream)).events as readonly Recorded<CustomerEvent>[];
      const erased = events.find(isErasure);
      if (!erased) throw notFound();
      const { requestId, subjects, exports, findings } = erased.data;
      const ofRequest = (event: Recorded<CustomerEvent>) =>
        'requestId' in event.data && event.data.requestId === requestId;
      const states = await Promise.all(subjects.map((subject) => stores.keys.find(subject)));
      return {
        body: {
          certificate: erased.eventId,
          customer: stream,
          steps: events.filter(ofRequest).map(stepOf),
          erasedAt: erased.metadata.recordedAt,
          // The key store's own answer at this moment, not what the event hoped for.
          subjects: subjects.map((subject, index) => ({ subject, keyDestroyed: states[index] === 'erased' })),
          exportsBefore: exports,
          warrantyUntil: findings.warrantyUntil ?? null,
          event: { stream, revision: erased.revision, hash: erased.metadata.hash },
          kept: 'events, chain, numbers and figures; nothing in them names the person',
        },
      };
    },
  }),
];

const isErasure = (
  event: Recorded<CustomerEvent>,
): event is Extract<Recorded<CustomerEvent>, { readonly type: 'customer.CustomerErased' }> =>
  event.type === 'customer.CustomerErased';

const stepOf = ({ type, metadata }: RecordedEvent) => ({
  step: type,
  at: metadata.recordedAt,
  by: { id: metadata.actor.id, role: metadata.actor.role },
});
