import {
  determineWarranty,
  idOf,
  instantAt,
  uuid,
  warrantyStart,
  type Instant,
  type ProductUnitEvent,
  type Recorded,
  type UnitFacts,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { unitOnRecord } from '../facts/people-and-units';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { defineQuery } from './define-query';
import { CASE_READERS } from './roles';

/** One machine in a customer's hands. Nothing personal stands in its stream. */
export const productUnitQueries = [
  defineQuery('ProductUnit', {
    path: '/product-units/:id',
    tag: 'product-units',
    roles: CASE_READERS,
    says: { zh: '查看产品:资料、保修起始日与当前保修状态', en: 'one product unit: details, warranty start, cover now' },
    input: { id: uuid() },
    answer: async (platform, { input: { id } }) => {
      const { events, head } = await platform.streams.load(`product_unit-${id}`);
      if (head === 'none') throw notFound();
      const facts = (await unitOnRecord(platform.streams, id))!;
      return {
        body: {
          ...unitView(events as readonly Recorded<ProductUnitEvent>[]),
          ...facts,
          cover: await coverAt(platform, facts, platform.clock.now()),
          revision: head.revision,
        },
        etag: etagOf(head.revision),
        position: events.at(-1)!.position,
      };
    },
  }),
];

const unitView = (events: readonly Recorded<ProductUnitEvent>[]) => {
  const first = events[0]!;
  const started = events.flatMap(({ type, data, metadata }) =>
    type === 'product_unit.WarrantyStarted' ? [{ ...data, determinedAt: metadata.recordedAt }] : [],
  );
  const corrections = events.flatMap(({ type, data, metadata: { recordedAt, actor } }) =>
    type === 'product_unit.ProductUnitDetailsCorrected'
      ? [{ at: recordedAt, by: { id: actor.id, role: actor.role }, ...data }]
      : [],
  );
  const batch = events.flatMap(({ data }) => ('batch' in data && data.batch !== undefined ? [data.batch] : [])).at(-1);
  return {
    id: idOf(first.stream),
    ...(batch === undefined ? {} : { batch }),
    ...(started.length === 0 ? {} : { warrantyStart: started.at(-1) }),
    corrections,
    repairs: events.filter(({ type }) => type === 'product_unit.ProductUnitRepaired').length,
    registeredAt: first.metadata.recordedAt,
    changedAt: events.at(-1)!.metadata.recordedAt,
  };
};

/** What the rule says for a case that would open now, under the version of the day the warranty started (DEC-20). */
const coverAt = async ({ policies, config }: Platform, unit: UnitFacts, at: Instant) => {
  const today = await policies.inForce('warranty', at);
  const start = warrantyStart(today.body, unit);
  const { version, body } = start ? await policies.inForce('warranty', instantAt(start.startsOn, config.zone)) : today;
  return { at, policyVersion: version, ...determineWarranty(body, unit, at, config.zone) };
};
