import {
  determineWarranty,
  id,
  idOf,
  instantAt,
  optional,
  uuid,
  warrantyStart,
  whole,
  type Instant,
  type ProductUnitEvent,
  type Recorded,
  type UnitFacts,
} from '@aftercare/domain';
import { unitHistoryOf } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { unitOnRecord } from '../facts/people-and-units';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { defineQuery } from './define-query';
import { given } from './paging';
import { CASE_READERS } from './roles';

/** One machine in a customer's hands. Nothing personal stands in its stream. */
export const productUnitQueries = [
  defineQuery('ProductUnit', {
    path: '/product-units/:id',
    tag: 'product-units',
    roles: CASE_READERS,
    says: { zh: '查看产品:资料、保修起始日与当前保修状态', en: 'one product unit: details, warranty start, cover now' },
    input: { id: uuid() },
    answer: async (platform, { input }) => {
      const { events, head } = await platform.streams.load(`product_unit-${input.id}`);
      if (head === 'none') throw notFound();
      const facts = (await unitOnRecord(platform.streams, input.id))!;
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
  defineQuery('UnitHistory', {
    path: '/product-units/:id/history',
    tag: 'product-units',
    model: 'unit_history',
    roles: CASE_READERS,
    says: {
      zh: '产品服务履历:工单、维修、三包计次,30 天内修过标红',
      en: "a unit's service history: tickets, repairs, those that count for 三包, a flag for repairs within 30 days",
    },
    input: { id: id(), limit: optional(whole(1, 200)) },
    answer: async (platform, { input: { id: unitId, limit } }) => {
      const now = platform.clock.now();
      const history = await unitHistoryOf(platform.reading.db, unitId, { now, ...given({ limit }) });
      if (history.unit === null && history.ticketsTotal === 0) throw notFound();
      const facts = await unitOnRecord(platform.streams, unitId);
      const { version, body } = await warrantyVersion(platform, facts, now);
      // Shown, not enforced: whether a rule is met also depends on dates and documents outside of this record.
      return { body: { ...history, statutory: { policyVersion: version, rules: body.statutory } } };
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

/** What the rule says for a case that would open now. */
const coverAt = async (platform: Platform, unit: UnitFacts, at: Instant) => {
  const { version, body } = await warrantyVersion(platform, unit, at);
  return { at, policyVersion: version, ...determineWarranty(body, unit, at, platform.config.zone) };
};

/** The version of the day on which the unit's warranty started; without a known start today's (DEC-20). */
const warrantyVersion = async ({ policies, config }: Platform, unit: UnitFacts | undefined, at: Instant) => {
  const today = await policies.inForce('warranty', at);
  const start = unit && warrantyStart(today.body, unit);
  return start ? policies.inForce('warranty', instantAt(start.startsOn, config.zone)) : today;
};
