import {
  aggregateOf,
  alertCauseLabels,
  alertStateLabels,
  closedForLabels,
  idOf,
  shiftAt,
  type Actor,
  type AlertStatus,
  type Instant,
  type Role,
} from '@aftercare/domain';
import type { OnCallAlertRow } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { rosterOf } from '../facts/on-call';
import { keptFrom, seesStaffNamed } from './staff-withheld';

/** They see the alerts that they were called for, or answered; all of a site's while they stand on its roster. */
const SEES_OWN_CALLS: readonly Role[] = ['engineer', 'outlet'];

/** Somebody still has to answer. */
export const WAITING: readonly AlertStatus[] = ['calling', 'nobody-on-call', 'unanswered'];

/** Whether they stand on the roster now: they may answer before their turn, and see what for. */
const isOnCall = async ({ streams, clock }: Platform, site: string, { id }: Actor): Promise<boolean> => {
  const { roster } = await rosterOf(streams, site);
  return roster.status === 'open' && (shiftAt(roster.shifts, clock.now())?.people.includes(id) ?? false);
};

/** Whose calls are listed, and of which site; undefined: anybody's, of any. */
export const whoseCalls = async (
  platform: Platform,
  { person, site }: { readonly person: string | undefined; readonly site: string | undefined },
  actor: Actor,
): Promise<{ readonly person?: string | undefined; readonly site: string | undefined }> => {
  if (person === 'me') return { person: actor.id, site };
  if (!SEES_OWN_CALLS.includes(actor.role)) return { person, site };
  const own = site ?? platform.config.site;
  return (await isOnCall(platform, own, actor)) ? { person, site: own } : { person: actor.id, site };
};

/** Nobody reads about themselves; the field reads what it was called for, or is on call for. */
export const mayRead = async (platform: Platform, row: OnCallAlertRow, actor: Actor): Promise<boolean> => {
  const { concerned, calls, acknowledged, site } = row;
  if (concerned.some((one) => one === keptFrom(actor))) return false;
  if (!SEES_OWN_CALLS.includes(actor.role)) return true;
  const isOwn = acknowledged?.by === actor.id || calls.some(({ person }) => person === actor.id);
  return isOwn || isOnCall(platform, site, actor);
};

/** An alert as lists and pages show it. */
export const shownAlert = (
  { alert, matter, concerned, causes, closed, ...row }: OnCallAlertRow,
  reader: Role,
  now: Instant,
) => ({
  id: idOf(alert),
  ...row,
  stateName: alertStateLabels[row.state],
  late: WAITING.includes(row.state) && row.due <= now,
  matter: { kind: aggregateOf(matter), id: idOf(matter) },
  causes: causes.map(({ source, number, alertCause }) => ({
    kind: aggregateOf(source),
    id: idOf(source),
    number,
    alertCause,
    causeName: alertCauseLabels[alertCause],
  })),
  closed: closed && { ...closed, closedForName: closedForLabels[closed.closedFor] },
  ...(seesStaffNamed(reader) ? { concerned } : {}),
});
