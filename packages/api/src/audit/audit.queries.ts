import {
  aggregateOf,
  dateTime,
  id,
  idOf,
  list,
  oneOf,
  optional,
  ROLES,
  text,
  uuid,
  type Actor,
  type Role,
} from '@aftercare/domain';
import { UnknownPositionError } from '@aftercare/event-store';
import type { Platform } from '../composition/platform';
import { invalid, notFound } from '../http/problem';
import { defineQuery } from '../queries/define-query';
import { CASE_READERS, COMPLAINT_READERS } from '../queries/roles';
import { loadComplaint } from '../queries/complaint-view';
import { given, pagingInput } from '../queries/paging';
import { changesShown } from '../queries/staff-withheld';
import { cutInput, cutOf, notInFuture, utc } from './cut';
import { differenceOf, pointOf } from './diff';
import { historyOf } from './history';
import { matterOf, type Reach } from './matter';
import { streamOfNumber } from './number';
import { searchLog, searchStream, type Wanted } from './search';

/** Who may look through the whole store. */
const AUDITORS = ['auditor', 'manager'] as const satisfies readonly Role[];

/** The auditor's desk: everything here is read from the streams, and answers while read models and ClickHouse are down. */
interface Desk {
  readonly name: string;
  readonly path: string;
  readonly tag: string;
  readonly roles: readonly Role[];
  readonly zh: string;
  readonly en: string;
  readonly reach: Reach;
  /** The stream behind the id, in the actor's scope; throws 404. */
  readonly stream: (platform: Platform, id: string, actor: Actor) => Promise<string>;
}

const inScope =
  (aggregate: string): Desk['stream'] =>
  async ({ scope }, id, actor) => {
    const stream = `${aggregate}-${id}`;
    await scope.mustSee(actor, stream);
    return stream;
  };

/** A case is named by its complaint or, without one, by its ticket. Whoever one of its complaints is about has no such case. */
const caseStream: Desk['stream'] = async (platform, id, actor) => {
  for (const stream of [`complaint-${id}`, `ticket-${id}`]) {
    // A server has streams of its own, which begin with a dollar.
    if (!/^[a-z][a-z_]*-[\w-]+$/.test(stream) || (await platform.streams.load(stream)).head === 'none') continue;
    for (const one of await matterOf(platform.streams, stream, { reach: 'case', cut: {} }))
      if (aggregateOf(one.stream) === 'complaint') await complaintStream(platform, idOf(one.stream), actor);
    return stream;
  }
  throw notFound();
};

/** Nobody reads about themselves. */
const complaintStream: Desk['stream'] = async (platform, id, actor) => {
  await loadComplaint(platform, id, actor);
  return inScope('complaint')(platform, id, actor);
};

const DESKS: readonly Desk[] = [
  {
    name: 'Ticket',
    path: '/tickets/:id',
    tag: 'tickets',
    roles: CASE_READERS,
    zh: '工单及其派工单',
    en: 'a ticket with its work orders',
    reach: 'jobs',
    stream: inScope('ticket'),
  },
  {
    name: 'Complaint',
    path: '/complaints/:id',
    tag: 'complaints',
    roles: COMPLAINT_READERS,
    zh: '投诉',
    en: 'a complaint',
    reach: 'alone',
    stream: complaintStream,
  },
  {
    name: 'Case',
    path: '/cases/:id',
    tag: 'audit',
    roles: COMPLAINT_READERS,
    zh: '案件(投诉及其关联的工单、派工单)',
    en: 'a case: the complaint (or ticket) with every ticket, work order and complaint linked to it',
    reach: 'case',
    stream: caseStream,
  },
];

const historyQuery = ({ name, path, tag, roles, zh, en, reach, stream }: Desk) =>
  defineQuery(`${name}History`, {
    path: `${path}/history`,
    tag,
    roles,
    says: {
      zh: `${zh}的全部历史:谁、以何角色、为何、三个时间、由什么引起,以及当时的状态与有效策略;可按时点查看`,
      en: `${en}, its whole history: who, in which role, why, three times, cause, the state and the policies then; at any point in time`,
    },
    input: { id: uuid(), ...cutInput },
    answer: async (platform, { input, actor }) => ({
      body: await historyOf(platform, await stream(platform, input.id, actor), {
        reach,
        cut: notInFuture(cutOf(input), platform.clock.now()),
        reader: actor.role,
      }),
    }),
  });

const diffQuery = ({ name, path, tag, roles, zh, en, reach, stream }: Desk) =>
  defineQuery(`${name}Diff`, {
    path: `${path}/diff`,
    tag,
    roles,
    says: {
      zh: `${zh}在两个时点(时间或版本号)之间的变化:逐字段,附造成变化的事件`,
      en: `${en}: what changed between two points, instants or revisions, by field, with the events that did it`,
    },
    input: { id: uuid(), from: text(40), to: text(40) },
    answer: async (platform, { input, actor }) => {
      const difference = await differenceOf(platform, await stream(platform, input.id, actor), {
        from: pointOf(input.from, 'from', platform.clock.now()),
        to: pointOf(input.to, 'to', platform.clock.now()),
        reach,
      });
      return { body: { ...difference, changes: changesShown(difference.changes, actor.role) } };
    },
  });

const DEFAULT_PAGE = 50;

export const auditQueries = [
  ...DESKS.flatMap((desk) => [historyQuery(desk), diffQuery(desk)]),
  defineQuery('AuditEvents', {
    path: '/audit/events',
    tag: 'audit',
    roles: AUDITORS,
    says: {
      zh: '全库事件检索:按操作人、角色、时间、事件类型、对象、产品、编号;最新在前,逐页查看',
      en: 'events of the whole store by actor, role, time of recording, type, aggregate, unit, number; the latest first; a page may be short and still have a next one',
    },
    input: {
      actor: optional(id()),
      role: optional(oneOf(ROLES)),
      from: optional(dateTime()),
      to: optional(dateTime()),
      type: optional(list(text(100), 50)),
      aggregate: optional(text(40)),
      unit: optional(uuid()),
      number: optional(text(40)),
      stream: optional(text(80)),
      ...pagingInput,
    },
    answer: async (platform, { input, actor }) => {
      const { from, to, unit, number, stream, limit = DEFAULT_PAGE, cursor } = input;
      const wanted: Wanted = {
        ...given({ actor: input.actor, role: input.role, unit, types: typesOf(platform, input) }),
        ...(from === undefined ? {} : { from: utc(from) }),
        ...(to === undefined ? {} : { to: utc(to) }),
      };
      mustRunForward(wanted);
      const within = await streamMeant(platform, { stream, number });
      const page = { limit, reader: actor.role };
      return {
        body:
          within === undefined
            ? await throughTheLog(platform, wanted, { ...page, ...given({ cursor }) })
            : await searchStream(platform, within, wanted, { ...page, ...given({ cursor: revisionIn(cursor) }) }),
      };
    },
  }),
  defineQuery('AuditAccesses', {
    path: '/audit/accesses',
    tag: 'audit',
    roles: AUDITORS,
    says: {
      zh: '谁查看或导出过:某工单、投诉或客户的未脱敏查阅与导出记录',
      en: 'who has read or exported this: unmaskings and exports of a ticket, complaint or customer',
    },
    input: {
      number: optional(text(40)),
      stream: optional(text(80)),
      actor: optional(id()),
      from: optional(dateTime()),
      to: optional(dateTime()),
      ...pagingInput,
    },
    answer: async (platform, { input, actor }) => {
      const { number, stream, from, to, limit = DEFAULT_PAGE, cursor } = input;
      const subject = await streamMeant(platform, { stream, number });
      const wanted: Wanted = {
        types: accessTypes(platform),
        ...given({ actor: input.actor }),
        ...(subject === undefined ? {} : { shown: [subject] }),
        ...(from === undefined ? {} : { from: utc(from) }),
        ...(to === undefined ? {} : { to: utc(to) }),
      };
      mustRunForward(wanted);
      return { body: await throughTheLog(platform, wanted, { limit, reader: actor.role, ...given({ cursor }) }) };
    },
  }),
];

const knownNumber = async ({ stores }: Platform, number: string): Promise<string> => {
  const stream = await streamOfNumber(stores.store, number);
  if (stream === undefined)
    throw invalid([{ pointer: '/number', message: 'There is no ticket or complaint with this number' }]);
  return stream;
};

/** Types asked for by name, or all of an aggregate's; unknown names are refused, or a typing error would find nothing. */
const typesOf = (
  { registry }: Platform,
  { type, aggregate }: { readonly type?: readonly string[]; readonly aggregate?: string },
): readonly string[] | undefined => {
  const unknown = (type ?? []).findIndex((one) => registry.event(one) === undefined);
  if (unknown >= 0) throw invalid([{ pointer: `/type/${unknown}`, message: 'There is no such event type' }]);
  if (aggregate === undefined) return type;
  const registered = registry.aggregate(aggregate);
  if (!registered) throw invalid([{ pointer: '/aggregate', message: 'There is no such aggregate' }]);
  const own = Object.values(registered.events).map((event) => event.type);
  return type === undefined ? own : own.filter((one) => type.includes(one));
};

const accessTypes = ({ registry }: Platform): readonly string[] =>
  Object.values(registry.aggregate('access_log')!.events).map(({ type }) => type);

/** The stream that is asked about, by its name or its number; a name that nothing bears would find nothing. */
const streamMeant = async (
  platform: Platform,
  { stream, number }: { readonly stream: string | undefined; readonly number: string | undefined },
): Promise<string | undefined> => {
  if (stream === undefined) return number === undefined ? undefined : knownNumber(platform, number);
  // A server has streams of its own, which begin with a dollar.
  if (!/^[a-z][a-z_]*-[\w-]+$/.test(stream) || (await platform.streams.load(stream)).head === 'none')
    throw invalid([{ pointer: '/stream', message: 'There is no such stream' }]);
  return stream;
};

const mustRunForward = ({ from, to }: Wanted): void => {
  if (from !== undefined && to !== undefined && from > to)
    throw invalid([{ pointer: '/to', message: 'Expected a point after /from' }]);
};

const throughTheLog: typeof searchLog = (platform, wanted, page) =>
  searchLog(platform, wanted, page).catch((error: unknown) => {
    throw error instanceof UnknownPositionError ? wrongCursor() : error;
  });

const wrongCursor = () =>
  invalid([{ pointer: '/cursor', message: 'Expected the next of an answer to the same question' }]);

/** Within one stream the cursor is a revision. */
const revisionIn = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  if (/^\d{1,7}$/.test(cursor)) return Number(cursor);
  throw wrongCursor();
};
