import {
  DAY,
  dateTime,
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
import type { Platform } from '../composition/platform';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery, type Question } from './define-query';
import { maskFields } from './masking';

/** Duty and absences that ended longer ago are only shown when asked for with `since`. */
const SHOWN_BACK = 31 * DAY;

const oneInput = { id: uuid(), since: optional(dateTime()) };

/** Engineers and outlets: who can be sent where. Name and phone of an engineer are masked (SEC-01). */
export const peopleQueries = [
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
    roles: ['supervisor', 'manager', 'auditor', 'outlet'],
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
  let profile: object = {};
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
