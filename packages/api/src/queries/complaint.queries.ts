import {
  complaintCategoryLabels,
  complaintStateLabels,
  controlPointLabels,
  dateTime,
  flag,
  id,
  idOf,
  instantOf,
  label,
  list,
  localDate,
  millisOf,
  oneOf,
  optional,
  type part,
  partyLabels,
  responsibilityLabels,
  ROLES,
  severity,
  severityLabels,
  text,
  uuid,
  type ComplaintCategory,
  type ComplaintStatus,
  type Party,
  type ResponsibilityStatus,
  type Text,
} from '@aftercare/domain';
import {
  COMPLAINT_COUNTS,
  complaintCounts,
  complaintQueuePage,
  PROMISE_KINDS,
  promisesDuePage,
  type ComplaintQueueFilter,
  type ComplaintQueueRow,
} from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { etagOf } from '../http/conditional';
import { complaintFile } from './complaint-file';
import { complaintView, controlPointsOf, loadComplaint } from './complaint-view';
import { defineQuery } from './define-query';
import { given, pagingInput, pagingOf } from './paging';
import { COMPLAINT_READERS } from './roles';
import { shownIntake } from './shown-intake';
import { keptFrom, shownAbout, withoutNames } from './staff-withheld';

const STATES = Object.keys(complaintStateLabels) as ComplaintStatus[];
const CATEGORIES = Object.keys(complaintCategoryLabels) as ComplaintCategory[];
const PARTIES = Object.keys(partyLabels) as Party[];
const RESPONSIBILITY = Object.keys(responsibilityLabels) as ResponsibilityStatus[];

/** Promises name customers and tickets, which are none of HR's business. */
const PROMISE_READERS = COMPLAINT_READERS.filter((role) => role !== 'hr');

/** What lists and counts of complaints can be narrowed to. */
const narrowing = {
  state: optional(list(oneOf(STATES), STATES.length)),
  open: optional(flag()),
  severity: optional(severity()),
  safety: optional(flag()),
  category: optional(oneOf(CATEGORIES)),
  model: optional(label()),
  unitId: optional(id()),
  ticketId: optional(uuid()),
  handler: optional(id()),
  unhandled: optional(flag()),
  region: optional(text(6)),
  site: optional(label()),
  customerId: optional(uuid()),
  number: optional(text(20)),
  paused: optional(flag()),
  responsibility: optional(oneOf(RESPONSIBILITY)),
  party: optional(oneOf(PARTIES)),
  late: optional(flag()),
  dueBefore: optional(dateTime()),
  receivedFrom: optional(localDate()),
  receivedTo: optional(localDate()),
};

type Narrowing = ReturnType<typeof part<typeof narrowing>>['static'];

const filterOf = (
  input: Narrowing,
  { clock }: Pick<Platform, 'clock'>,
  actor: Parameters<typeof keptFrom>[0],
): ComplaintQueueFilter => {
  const { state, customerId, late, dueBefore, ...rest } = input;
  const until = late === true ? clock.now() : dueBefore && instantOf(millisOf(dueBefore));
  return given({
    ...rest,
    states: state,
    customer: customerId && `customer-${customerId}`,
    dueBefore: until,
    notConcerning: keptFrom(actor),
  });
};

/** Complaints: the queue, counts, the file and the clocks, and everything that was promised. */
export const complaintQueries = [
  defineQuery('ComplaintQueue', {
    path: '/complaints',
    tag: 'complaints',
    model: 'complaint_queue',
    roles: COMPLAINT_READERS,
    says: {
      zh: '客诉队列:按控制点到期时间排序,可筛选',
      en: 'the queue of complaints by time to breach of their control points; filters',
    },
    input: { ...narrowing, ...pagingInput },
    answer: async (platform, { input, actor }) => {
      const { limit, cursor, ...rest } = input;
      const filter = filterOf(rest, platform, actor);
      const page = await complaintQueuePage(platform.reading.db, filter, pagingOf(given({ limit, cursor })));
      const now = platform.clock.now();
      const complaints = await Promise.all(
        page.rows.map(async ({ track, intake, about, ...row }) => ({
          id: idOf(row.complaint),
          ...row,
          ...names(row),
          about: shownAbout(about, actor.role),
          late: row.due !== null && row.due.dueBy < now,
          missed: track.clocks.filter(({ missed }) => missed).map(({ point, round }) => ({ point, round })),
          personal: withoutNames(await shownIntake(platform, intake), actor.role),
        })),
      );
      return { body: { complaints, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
  defineQuery('ComplaintCounts', {
    path: '/complaint-counts',
    tag: 'complaints',
    model: 'complaint_queue',
    roles: COMPLAINT_READERS,
    says: {
      zh: '客诉数量:按型号、责任方、类别、等级等统计',
      en: 'how many complaints by model, responsible party, category, severity …',
    },
    input: { by: oneOf(COMPLAINT_COUNTS), ...narrowing },
    example: { by: 'model' },
    answer: async (platform, { input: { by, ...rest }, actor }) => {
      const counts = await complaintCounts(platform.reading.db, by, filterOf(rest, platform, actor));
      return { body: { by, counts: counts.map((row) => ({ ...row, name: COUNT_LABELS[by]?.[row.value ?? ''] })) } };
    },
  }),
  defineQuery('Complaint', {
    path: '/complaints/:id',
    tag: 'complaints',
    roles: COMPLAINT_READERS,
    says: { zh: '查看客诉', en: 'one complaint as it stands now' },
    input: { id: uuid() },
    answer: async (platform, { input, actor }) => {
      const loaded = await loadComplaint(platform, input.id, actor);
      return {
        body: complaintView(loaded, actor.role),
        etag: etagOf(loaded.revision),
        position: loaded.events.at(-1)!.position,
      };
    },
  }),
  defineQuery('ComplaintFile', {
    path: '/complaints/:id/file',
    tag: 'complaints',
    roles: COMPLAINT_READERS,
    says: {
      zh: '投诉档案:登记、证据、核查、责任、方案、执行、沟通、意见、结案、总结,附控制点',
      en: 'the complaint file by chapter, from registration to lessons, with its control points',
    },
    input: { id: uuid() },
    answer: async (platform, { input, actor }) => {
      const loaded = await loadComplaint(platform, input.id, actor);
      const levels = await levelsOf(platform);
      return {
        body: {
          ...complaintView(loaded, actor.role),
          controlPoints: controlPointsOf(loaded.events, levels, platform.clock.now()),
          chapters: await complaintFile(platform, loaded.events, actor.role),
        },
        etag: etagOf(loaded.revision),
        position: loaded.events.at(-1)!.position,
      };
    },
  }),
  defineQuery('ComplaintControlPoints', {
    path: '/complaints/:id/control-points',
    tag: 'complaints',
    roles: COMPLAINT_READERS,
    says: {
      zh: '客诉的五个控制点:按当时的规则,以及按现行规则',
      en: 'the control points of a complaint, as judged then and under the policy of today',
    },
    input: { id: uuid() },
    answer: async (platform, { input, actor }) => {
      const { events, revision } = await loadComplaint(platform, input.id, actor);
      const levels = await levelsOf(platform);
      return {
        body: { id: input.id, revision, ...controlPointsOf(events, levels, platform.clock.now()) },
        position: events.at(-1)!.position,
      };
    },
  }),
  defineQuery('PromisesDue', {
    path: '/promises-due',
    tag: 'complaints',
    model: 'promises_due',
    roles: PROMISE_READERS,
    says: {
      zh: '承诺墙:承诺、预约、预计时间、外部期限、方案节点,按到期时间排列,附责任人和催单次数',
      en: 'everything promised: commitments, appointments, expected times, external due dates, milestones, with owner and chasers',
    },
    input: {
      kind: optional(list(oneOf(PROMISE_KINDS), PROMISE_KINDS.length)),
      late: optional(flag()),
      dueBefore: optional(dateTime()),
      ownerRole: optional(oneOf(ROLES)),
      ownerPerson: optional(id()),
      region: optional(text(6)),
      complaintId: optional(uuid()),
      ticketId: optional(uuid()),
      ...pagingInput,
    },
    answer: async (platform, { input, actor }) => {
      const { kind, late, dueBefore, complaintId, ticketId, limit, cursor, ...rest } = input;
      const now = platform.clock.now();
      const filter = given({
        ...rest,
        kinds: kind,
        dueBefore: late === true ? now : dueBefore && instantOf(millisOf(dueBefore)),
        matter: complaintId ? `complaint-${complaintId}` : ticketId && `ticket-${ticketId}`,
        notConcerning: keptFrom(actor),
      });
      const page = await promisesDuePage(platform.reading.db, filter, pagingOf(given({ limit, cursor })));
      const promises = await Promise.all(
        page.rows.map(async ({ words, ...row }) => ({
          ...row,
          kindName: promiseLabels[row.kind],
          late: row.dueBy < now,
          personal: await shownIntake(platform, words),
        })),
      );
      return { body: { promises, ...(page.next === undefined ? {} : { next: page.next }) } };
    },
  }),
];

/** The versions of the service levels, read before they are looked up. */
const levelsOf = async ({ policies }: Platform) => {
  await policies.versions('service-level');
  return (at: string) => policies.lookup(at)['service-level'];
};

const names = (row: Pick<ComplaintQueueRow, 'state' | 'severity' | 'category' | 'due'>) => ({
  stateName: complaintStateLabels[row.state],
  severityName: severityLabels[row.severity],
  categoryName: complaintCategoryLabels[row.category],
  ...(row.due ? { duePointName: controlPointLabels[row.due.point] } : {}),
});

const promiseLabels: Readonly<Record<(typeof PROMISE_KINDS)[number], Text>> = {
  commitment: { zh: '承诺', en: 'commitment' },
  progress: { zh: '告知的预计时间', en: 'expected time told' },
  external: { zh: '外部机构期限', en: 'external due date' },
  appointment: { zh: '上门预约', en: 'appointment' },
  'due-date': { zh: '完成期限', en: 'due date of the job' },
  pause: { zh: '等待至', en: 'waiting until' },
  milestone: { zh: '方案节点', en: 'milestone of the plan' },
};

const COUNT_LABELS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  party: partyLabels,
  category: complaintCategoryLabels,
  severity: severityLabels,
  state: complaintStateLabels,
  responsibility: responsibilityLabels,
};
