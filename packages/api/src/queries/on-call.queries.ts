import {
  ALERT_STATES,
  code,
  dateTime,
  instantOf,
  list,
  millisOf,
  oneOf,
  optional,
  stretchesOf,
  text,
  uuid,
  type Instant,
  type Role,
  type Shift,
  type Stretch,
} from '@aftercare/domain';
import { onCallAlerts, onCallAlertsPage, type OnCallAlertRow } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { rosterOf } from '../facts/on-call';
import { etagOf } from '../http/conditional';
import { invalid, notFound } from '../http/problem';
import { defineQuery } from './define-query';
import { given, pagingInput, pagingOf } from './paging';
import { mayRead, shownAlert, WAITING, whoseCalls } from './on-call-alert-view';
import { CASE_READERS } from './roles';
import { keptFrom } from './staff-withheld';

/** Everybody who may stand on it, and who answers for staff. */
const ROSTER_READERS = [...CASE_READERS, 'hr'] as const satisfies readonly Role[];

/** A list of calls is what is left to answer: without a word about states nothing else is in it. */
const STATE_WISH = {
  ...list(oneOf([...ALERT_STATES, 'all'] as const), ALERT_STATES.length + 1),
  description:
    'Only alerts in these states; `all`: in any state. Without it: those that wait for an answer (calling, ' +
    'nobody-on-call, unanswered).',
};

const DEFAULT_PAGE = 50;

/** 值班: the roster is read from its stream, so that it is right at once; the list of alerts from its read model. */
export const onCallQueries = [
  defineQuery('OnCallNow', {
    path: '/on-call-rosters/:site',
    tag: 'on-call-rosters',
    roles: ROSTER_READERS,
    says: {
      zh: '值班表:某一时刻谁值班(按呼叫顺序),以及下一班',
      en: 'who is on call at an instant, in the order in which they are called, and who comes next',
    },
    input: { site: code(), at: optional(dateTime()) },
    answer: async (platform, { input }) => {
      const { roster, revision, position } = await knownRoster(platform, input.site);
      const at = input.at === undefined ? platform.clock.now() : utc(input.at);
      const turns = stretchesOf(roster.shifts).flatMap(({ shift, people, inForce }) =>
        inForce.map((stretch) => ({ shift, people, ...stretch })),
      );
      const [next] = turns.filter(({ from }) => from > at).sort(byStart);
      const onCall = turns.find(({ from, until }) => from <= at && at < until) ?? null;
      return {
        body: { site: roster.site, zone: roster.zone, at, revision, onCall, next: next ?? null },
        etag: etagOf(revision),
        position,
      };
    },
  }),
  defineQuery('OnCallPlan', {
    path: '/on-call-rosters/:site/shifts',
    tag: 'on-call-rosters',
    roles: ROSTER_READERS,
    says: {
      zh: '值班安排:一段时间内的班次,附实际生效的时段(换班后以后安排的为准),逐页查看',
      en: 'the shifts of a period with when each is in force (later plans go before), page by page',
    },
    input: { site: code(), from: optional(dateTime()), until: optional(dateTime()), ...pagingInput },
    answer: async (platform, { input }) => {
      const { roster, revision, position } = await knownRoster(platform, input.site);
      const from = input.from === undefined ? platform.clock.now() : utc(input.from);
      const until = input.until === undefined ? undefined : utc(input.until);
      if (until !== undefined && until <= from)
        throw invalid([{ pointer: '/until', message: 'Expected a point after /from' }]);
      const shifts = stretchesOf(roster.shifts)
        .filter((shift) => shift.until > from && (until === undefined || shift.from < until))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const page = pageBehind(shifts, input.cursor, input.limit ?? DEFAULT_PAGE);
      return {
        body: { site: roster.site, zone: roster.zone, revision, ...page },
        etag: etagOf(revision),
        position,
      };
    },
  }),
  defineQuery('OnCallAlerts', {
    path: '/on-call-alerts',
    tag: 'on-call-alerts',
    model: 'on_call_alerts',
    roles: CASE_READERS,
    says: {
      zh: '值班呼叫:按应答期限排列,无人值班、无人应答的在前;不在班的工程师和网点只看到呼叫过本人的',
      en: 'on-call alerts by the time to acknowledge, those that nobody answered first; engineers and outlets who are not on call see their own calls',
    },
    input: {
      state: optional(STATE_WISH),
      site: optional(code()),
      person: optional({ ...text(64), description: 'Called for it or answered it; `me`: whoever asks.' }),
      ...pagingInput,
    },
    answer: async (platform, { input, actor }) => {
      const { state = WAITING, site, limit, cursor } = input;
      const states = state.filter((one) => one !== 'all');
      const filter = given({
        states: states.length < state.length ? undefined : states,
        ...(await whoseCalls(platform, { person: input.person, site }, actor)),
        notConcerning: keptFrom(actor),
      });
      const page = await onCallAlertsPage(platform.reading.db, filter, pagingOf(given({ limit, cursor })));
      const now = platform.clock.now();
      return {
        body: {
          alerts: page.rows.map((row) => shownAlert(row, actor.role, now)),
          ...(page.next === undefined ? {} : { next: page.next }),
        },
      };
    },
  }),
  defineQuery('OnCallAlert', {
    path: '/on-call-alerts/:id',
    tag: 'on-call-alerts',
    roles: CASE_READERS,
    says: { zh: '查看值班呼叫:原因、呼叫过谁、谁应答', en: 'one alert: why, who was called, who answered' },
    input: { id: uuid() },
    answer: async (platform, { input, actor }) => {
      const { events, head } = await platform.streams.load(`on_call_alert-${input.id}`);
      const { projector } = onCallAlerts;
      const row = events.reduce<OnCallAlertRow | null>(
        (known, event) => projector.evolve(known, event, event.stream),
        null,
      );
      if (head === 'none' || !row || !(await mayRead(platform, row, actor))) throw notFound();
      return {
        body: { ...shownAlert(row, actor.role, platform.clock.now()), revision: head.revision },
        etag: etagOf(head.revision),
        position: events.at(-1)!.position,
      };
    },
  }),
];

/** 404 for a site without a roster. */
const knownRoster = async ({ streams }: Platform, site: string) => {
  const { roster, stream } = await rosterOf(streams, site);
  if (roster.status === 'none' || stream.head === 'none') throw notFound();
  return { roster, revision: stream.head.revision, position: stream.events.at(-1)!.position };
};

const utc = (instant: string): Instant => instantOf(millisOf(instant));

const byStart = (a: Stretch, b: Stretch): number => (a.from < b.from ? -1 : 1);

/** Where a shift stands in the plan; two may begin together. */
const placeOf = ({ from, shift }: Shift): string => `${from} ${shift}`;

const pageBehind = <S extends Shift>(shifts: readonly S[], cursor: string | undefined, limit: number) => {
  const after = cursor === undefined ? '' : placeIn(cursor);
  const rest = shifts.filter((shift) => placeOf(shift) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { shifts: page, ...(last && rest.length > limit ? { next: cursorAt(placeOf(last)) } : {}) };
};

const cursorAt = (place: string): string => Buffer.from(place).toString('base64url');

const placeIn = (cursor: string): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (cursorAt(place) !== cursor || !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z [\w-]+$/.test(place))
    throw invalid([{ pointer: '/cursor', message: 'Expected the next of an answer to the same question' }]);
  return place;
};
