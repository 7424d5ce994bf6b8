import {
  DAY,
  dateTime,
  flag,
  id,
  idOf,
  instantOf,
  millisOf,
  optional,
  plus,
  uuid,
  type EngineerEvent,
  type Instant,
  type OutletEvent,
  type Recorded,
  type RecordedEvent,
} from '@aftercare/domain';
import { peoplePage } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery, type Question } from './define-query';
import { maskFields } from './masking';
import { given, pagingInput, pagingOf } from './paging';

/** Duty and absences that ended longer ago are only shown when asked for with `since`. */
const SHOWN_BACK = 31 * DAY;

const oneInput = { id: uuid(), since: optional(dateTime()) };

/** Engineers and outlets: who can be sent where. Name and phone of an engineer are masked (SEC-01). */
export const peopleQueries = [
  defineQuery('Engineers', {
    path: '/engineers',
    tag: 'engineers',
    model: 'dispatch_candidates',
    roles: ['supervisor', 'agent', 'manager', 'hr', 'auditor'],
    says: {
      zh: '工程师列表:技能、品类、区域、上限、在手工单(姓名电话已脱敏)',
      en: 'engineers: skills, categories, regions, capacity, open jobs, name masked',
    },
    input: { active: optional(flag()), outletId: optional(id()), ...pagingInput },
    answer: async (platform, { input: { active, outletId, limit, cursor } }) => ({
      body: await listed(platform, { kind: 'engineer', ...given({ active, outletId }) }, given({ limit, cursor })),
    }),
  }),
  defineQuery('Outlets', {
    path: '/outlets',
    tag: 'outlets',
    model: 'dispatch_candidates',
    roles: ['supervisor', 'agent', 'manager', 'hr', 'auditor'],
    says: {
      zh: '服务网点列表:技能、品类、区域、上限、在手工单(电话地址已脱敏)',
      en: 'outlets: skills, categories, regions, capacity, open jobs, phone and address masked',
    },
    input: { active: optional(flag()), ...pagingInput },
    answer: async (platform, { input: { active, limit, cursor } }) => ({
      body: await listed(platform, { kind: 'outlet', ...given({ active }) }, given({ limit, cursor })),
    }),
  }),
  defineQuery('Engineer', {
    path: '/engineers/:id',
    tag: 'engineers',
    roles: ['supervisor', 'manager', 'hr', 'auditor', 'engineer'],
    says: {
      zh: '查看工程师:资料、排班、缺勤(姓名电话已脱敏)',
      en: 'one engineer: profile, duty, absences, name masked',
    },
    input: oneInput,
    answer: async (platform, question) => {
      const { events, revision, personal } = await person(platform, `engineer-${question.input.id}`, question);
      const known = events as readonly Recorded<EngineerEvent>[];
      return {
        body: {
          ...profileIn(known),
          ...dutyIn(known, sinceOf(question.input.since, platform.clock.now())),
          personal,
          revision,
        },
        etag: etagOf(revision),
        position: events.at(-1)!.position,
      };
    },
  }),
  defineQuery('Outlet', {
    path: '/outlets/:id',
    tag: 'outlets',
    roles: ['supervisor', 'agent', 'manager', 'hr', 'auditor', 'outlet'],
    says: { zh: '查看服务网点(电话地址已脱敏)', en: 'one outlet: profile, phone and address masked' },
    input: { id: uuid() },
    answer: async (platform, question) => {
      const { events, revision, personal } = await person(platform, `outlet-${question.input.id}`, question);
      return {
        body: { ...profileIn(events as readonly Recorded<OutletEvent>[]), personal, revision },
        etag: etagOf(revision),
        position: events.at(-1)!.position,
      };
    },
  }),
];

/** A page of the read model; what it doesn't keep, names above all, is read from the streams of the page. */
const listed = async (
  platform: Platform,
  filter: Parameters<typeof peoplePage>[1],
  paging: Parameters<typeof pagingOf>[0],
) => {
  const { rows, next } = await peoplePage(platform.reading.db, filter, pagingOf(paging));
  const people = await Promise.all(
    rows.map(async (row) => {
      const { events } = await platform.streams.load(`${filter.kind}-${row.id}`);
      const { name } = profileIn(events as readonly Recorded<EngineerEvent | OutletEvent>[]);
      const personal = maskedIn(await platform.streams.openAll(events));
      return { ...row, ...(name === undefined ? {} : { name }), personal };
    }),
  );
  return { [`${filter.kind}s`]: people, ...(next === undefined ? {} : { next }) };
};

/** The stream with its masked personal fields; 404 when there is none, or it is not the asker's own. */
const person = async ({ streams, scope }: Platform, stream: string, { actor }: Pick<Question<unknown>, 'actor'>) => {
  await scope.mustSee(actor, stream);
  const { events, head } = await streams.load(stream);
  if (head === 'none') throw notFound();
  return { events, revision: head.revision, personal: maskedIn(await streams.openAll(events)) };
};

const maskedIn = (opened: readonly RecordedEvent[]) =>
  maskFields(Object.assign({}, ...opened.map((event) => personalOf(event).fields)) as Record<string, unknown>);

const profileIn = (events: readonly Recorded<EngineerEvent | OutletEvent>[]) => {
  const first = events[0]!;
  // The name of an outlet is no person's; that of an engineer is, and stands in `personal`.
  let profile: Readonly<Record<string, unknown>> & { readonly name?: string } = {};
  let active = true;
  let reason: string | undefined;
  for (const { type, data } of events) {
    switch (type) {
      case 'engineer.EngineerRegistered':
      case 'engineer.EngineerProfileChanged':
      case 'outlet.OutletRegistered':
      case 'outlet.OutletProfileChanged':
        // A profile is replaced whole: a missing outletId says that there is none any more.
        profile = data;
        break;
      case 'engineer.EngineerDeactivated':
      case 'outlet.OutletDeactivated':
        active = false;
        reason = data.reason;
        break;
      case 'engineer.EngineerReactivated':
      case 'outlet.OutletReactivated':
        active = true;
        reason = undefined;
        break;
      default:
        // Duty and absences are no part of the profile.
        break;
    }
  }
  return {
    ...profile,
    id: idOf(first.stream),
    active,
    ...(reason === undefined ? {} : { inactiveFor: reason }),
    registeredAt: first.metadata.recordedAt,
    changedAt: events.at(-1)!.metadata.recordedAt,
  };
};

interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Rosters and absences that end after `since`; a new plan replaces whatever was planned for its stretch of time. */
const dutyIn = (events: readonly Recorded<EngineerEvent>[], since: Instant) => {
  let shifts: readonly Stretch[] = [];
  const planned: Stretch[] = [];
  const absences: (Stretch & { readonly reason: string })[] = [];
  for (const { type, data } of events) {
    if (type === 'engineer.AbsenceRecorded') absences.push(data);
    if (type !== 'engineer.DutyPlanned') continue;
    const { from, to } = data;
    planned.push({ from, to });
    shifts = [...shifts.filter((shift) => shift.from < from || shift.from >= to), ...data.shifts];
  }
  return {
    duty: {
      since,
      planned: recent(planned, since),
      shifts: recent(shifts, since),
    },
    absences: recent(absences, since),
  };
};

const recent = <S extends Stretch>(stretches: readonly S[], since: Instant): readonly S[] =>
  stretches.filter(({ to }) => to >= since).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

const sinceOf = (since: string | undefined, now: Instant): Instant =>
  since === undefined ? plus(now, -SHOWN_BACK) : instantOf(millisOf(since));
