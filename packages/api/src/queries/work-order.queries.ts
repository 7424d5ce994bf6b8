import { idOf, uuid, workOrderStateLabels, type Text } from '@aftercare/domain';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery } from './define-query';
import { maskFields } from './masking';
import { CASE_READERS } from './roles';

export const workOrderQueries = [
  defineQuery('WorkOrder', {
    path: '/work-orders/:id',
    tag: 'work-orders',
    roles: CASE_READERS,
    says: { zh: '查看派工单', en: 'one work order as it stands now' },
    input: { id: uuid() },
    answer: async ({ streams, scope, registry }, { input, actor }) => {
      const stream = `work_order-${input.id}`;
      await scope.mustSee(actor, stream);
      const { events, head } = await streams.load(stream);
      if (head === 'none') throw notFound();
      const decider = registry.aggregate('work_order')!.decider;
      const state = events.reduce<unknown>((s, e) => decider.evolve(s, e), decider.initial) as {
        readonly status: string;
        readonly assignee?: unknown;
        readonly offer?: { readonly to: unknown };
      };
      const opened = await streams.openAll(events.filter(({ personal }) => personal.length > 0));
      const first = events[0]!;
      return {
        body: {
          ...(first.data as object),
          ...state,
          id: idOf(stream),
          ...(state.offer ? { assignee: state.offer.to } : {}),
          statusName: (workOrderStateLabels as Readonly<Record<string, Text>>)[state.status],
          revision: head.revision,
          plannedAt: first.metadata.recordedAt,
          changedAt: events.at(-1)!.metadata.recordedAt,
          personal: maskFields(
            Object.assign({}, ...opened.map((event) => personalOf(event).fields)) as Record<string, unknown>,
          ),
        },
        etag: etagOf(head.revision),
        position: events.at(-1)!.position,
      };
    },
  }),
];
