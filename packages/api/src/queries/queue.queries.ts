import {
  DAY,
  flag,
  id,
  idOf,
  instantAt,
  label,
  list,
  localDate,
  localDateOf,
  oneOf,
  optional,
  plus,
  priority,
  region,
  ROLES,
  text,
  ticketStateLabels,
  ticketType,
  uuid,
  type Instant,
  type TicketStatus,
} from '@aftercare/domain';
import {
  callListPage,
  engineerJobs,
  fieldConflictsPage,
  rankingFor,
  ticketCountsByState,
  ticketQueuePage,
  unassignedPage,
  unitHistoryOf,
  type TicketQueueRow,
  type ViewsDb,
} from '@aftercare/projections';
import { recusedFrom } from '../facts/recused';
import { notFound } from '../http/problem';
import { defineQuery } from './define-query';
import { given, pagingInput, pagingOf } from './paging';
import { DISPATCHERS, QUEUE_READERS } from './roles';
import { withShownIntake } from './shown-intake';

const STATES = Object.keys(ticketStateLabels) as TicketStatus[];

/** A queue is what is left to do: without a word about states only open tickets are listed. */
const STATE_WISH = {
  ...list(oneOf([...STATES, 'all'] as const), STATES.length + 1),
  description:
    'Only tickets in these states; `all`: in any state. Without it: open tickets, that is all but completed, ' +
    'closed-unresolved, cancelled and merged ones; with `number` in any state, since a number names one ticket.',
};

const statesOf = (wish: readonly (TicketStatus | 'all')[] | undefined, number: string | undefined) => {
  if (wish === undefined) return number === undefined ? { open: true } : {};
  const states = wish.filter((state) => state !== 'all');
  return states.length < wish.length ? {} : { states };
};

/** Work lists, from read models: `Aftercare-Min-Position` makes them show one's own last change. */
export const queueQueries = [
  defineQuery('TicketQueue', {
    path: '/tickets',
    tag: 'tickets',
    model: 'ticket_queue',
    roles: QUEUE_READERS,
    says: {
      zh: '工单队列:未结工单按安全、优先级、先后排序,可筛选(state=all 含已结),附各状态数量',
      en: 'the queue: open tickets (state=all: closed ones too); safety, priority, oldest first; filters, counts by state',
    },
    input: {
      state: optional(STATE_WISH),
      safety: optional(flag()),
      priority: optional(priority()),
      type: optional(ticketType()),
      ownerRole: optional(oneOf(ROLES)),
      ownerPerson: optional(id()),
      assignee: optional(id()),
      region: optional(text(6)),
      category: optional(label()),
      model: optional(label()),
      number: optional(text(20)),
      customerId: optional(uuid()),
      unitId: optional(id()),
      paused: optional(flag()),
      counts: optional(flag()),
      ...pagingInput,
    },
    answer: async (platform, { input }) => {
      const { db } = platform.reading;
      const { state, customerId, counts, limit, cursor, ...rest } = input;
      const filter = given({ ...rest, customer: customerId && `customer-${customerId}` });
      const page = await ticketQueuePage(
        db,
        { ...filter, ...statesOf(state, input.number) },
        pagingOf(given({ limit, cursor })),
      );
      const now = platform.clock.now();
      return {
        body: {
          tickets: await Promise.all(
            page.rows.map(async (row) => ({
              id: idOf(row.ticket),
              stateName: ticketStateLabels[row.state],
              ...(await withShownIntake(platform, row)),
              // A red flag: the unit was repaired within 30 days.
              repairedLately: await repairedLately(db, row, now),
            })),
          ),
          ...(page.next === undefined ? {} : { next: page.next }),
          ...(counts ? { counts: await ticketCountsByState(db, filter) } : {}),
        },
      };
    },
  }),
  defineQuery('Unassigned', {
    path: '/unassigned',
    tag: 'dispatch',
    model: 'unassigned',
    roles: DISPATCHERS,
    says: {
      zh: '待主管处理:原因、最佳人选及其他人被排除的原因',
      en: 'what waits for a supervisor: why, the best candidates, and why the others are ruled out',
    },
    input: { region: optional(region()), ...pagingInput },
    answer: async ({ reading, policies, clock, streams }, { input: { region: within, limit, cursor } }) => {
      const now = clock.now();
      const { body: policy } = await policies.inForce('dispatch', now);
      const page = await unassignedPage(reading.db, given({ region: within }), pagingOf(given({ limit, cursor })));
      const tickets = await Promise.all(
        page.rows.map(async (row) => {
          const recused = row.jobs.length === 0 ? [] : await recusedFrom(streams, idOf(row.ticket));
          const ranked = async (job: (typeof row.jobs)[number]) => ({
            ...job,
            ranking: await rankingFor(reading.db, job, { policy, now, recused }),
          });
          return { id: idOf(row.ticket), ...row, jobs: await Promise.all(row.jobs.map(ranked)) };
        }),
      );
      return { body: { tickets, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('EngineerJobs', {
    path: '/engineers/:id/jobs',
    tag: 'engineers',
    model: 'jobs',
    roles: ['engineer', 'outlet', 'supervisor', 'manager', 'auditor'],
    says: { zh: '工程师或网点的派工:未完成的,或某一天的', en: "an engineer's or outlet's jobs: all open, or of a day" },
    input: { id: id(), day: optional(localDate()), ...pagingInput },
    answer: async (platform, { input, actor }) => {
      const { id: person, day, limit, cursor } = input;
      if ((actor.role === 'engineer' || actor.role === 'outlet') && actor.id !== person) throw notFound();
      const show = day === undefined ? ('open' as const) : { within: dayOf(day, platform.config.zone) };
      const page = await engineerJobs(platform.reading.db, { person, show }, pagingOf(given({ limit, cursor })));
      const jobs = await Promise.all(
        page.rows.map(async ({ job, ticket }) => ({
          job,
          ticket: ticket && (await withShownIntake(platform, ticket)),
        })),
      );
      return { body: { jobs, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('FieldConflicts', {
    path: '/field-conflicts',
    tag: 'work-orders',
    model: 'field_conflicts',
    roles: DISPATCHERS,
    says: { zh: '现场记录与系统状态的冲突', en: 'facts from the field that contradict the state' },
    input: { workOrderId: optional(uuid()), ticketId: optional(uuid()), region: optional(text(6)), ...pagingInput },
    answer: async ({ reading }, { input: { workOrderId, ticketId, region: within, limit, cursor } }) => {
      const filter = given({
        workOrder: workOrderId && `work_order-${workOrderId}`,
        ticket: ticketId && `ticket-${ticketId}`,
        region: within,
      });
      const page = await fieldConflictsPage(reading.db, filter, pagingOf(given({ limit, cursor })));
      return { body: { conflicts: page.rows, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('CallList', {
    path: '/call-list',
    tag: 'tickets',
    model: 'call_list',
    roles: QUEUE_READERS,
    says: { zh: '待回访和待确认的电话清单', en: 'whom to call: confirmations and follow-ups that are due' },
    input: {
      callable: optional(flag()),
      ownerRole: optional(oneOf(ROLES)),
      ownerPerson: optional(id()),
      region: optional(text(6)),
      ...pagingInput,
    },
    answer: async ({ reading, clock }, { input: { limit, cursor, ...filter } }) => {
      const page = await callListPage(reading.db, clock.now(), given(filter), pagingOf(given({ limit, cursor })));
      const calls = page.rows.map((row) => ({ id: idOf(row.ticket), ...row }));
      return { body: { calls, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
];

/** EXE-11: the unit was repaired within 30 days, by another ticket than this one. */
const repairedLately = async (db: ViewsDb, { unitId, ticket }: TicketQueueRow, now: Instant): Promise<boolean> =>
  unitId !== null && (await unitHistoryOf(db, unitId, { now, apartFrom: idOf(ticket), limit: 1 })).repairedRecently;

/** A local day as instants; a day of 23 or 25 hours too. */
const dayOf = (day: string, zone: string) => {
  const from = instantAt(day, zone);
  const next = localDateOf(plus(from, DAY + DAY / 2), zone);
  return { from, to: instantAt(next, zone) };
};
