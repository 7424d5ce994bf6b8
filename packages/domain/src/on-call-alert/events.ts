import { code, defineEvent, flag, id, instant, list, oneOf, optional, whole, type EventsOf } from '../kernel/index';
import { MOST_PEOPLE } from '../on-call-roster/events';
import { alertCause, closedFor } from './words';

const site = code();
/** Stream of the ticket or complaint that can't wait. */
const source = code(80);
/** Its number, for who is called. */
const number = optional(code(20));
/** What the roster was read at: advisory, so it is said (architecture §3). Absent: the site has none. */
const rosterRevision = optional(whole());

/**
 * 值班呼叫: a matter for which somebody has to be reached at once (DEC-01, INT-25). One stream per matter, with the matter's
 * own id. The event is the notification: whoever sends messages or dials subscribes to PersonNotified.
 */
export const onCallAlertEvents = {
  /** The first cause, or a cause after the alert had been closed: the calls begin anew. */
  AlertRaised: defineEvent('on_call_alert.AlertRaised', {
    says: { zh: '发起值班呼叫', en: 'an on-call alert was raised' },
    data: {
      site,
      /** Stream of the case: the ticket, or the complaint that stands alone. */
      matter: code(80),
      source,
      number,
      alertCause: alertCause(),
      /** Staff whom the complaint is about: they are neither called nor shown it. */
      concerned: list(id(), MOST_PEOPLE),
    },
  }),
  /** Somebody who answered before is called again: they answered for less. */
  CauseAdded: defineEvent('on_call_alert.CauseAdded', {
    says: { zh: '值班呼叫新增原因', en: 'the on-call alert has a further cause' },
    data: { site, source, number, alertCause: alertCause() },
  }),
  /** What was a hazard is an urgent complaint only: whoever answered for more has it already. */
  CauseLowered: defineEvent('on_call_alert.CauseLowered', {
    says: { zh: '值班呼叫的原因已降低', en: 'a cause of the on-call alert was lowered' },
    data: { site, source, alertCause: alertCause() },
  }),
  CauseEnded: defineEvent('on_call_alert.CauseEnded', {
    says: { zh: '值班呼叫的一个原因已消除', en: 'one cause of the on-call alert is over' },
    data: { site, source, closedFor: closedFor() },
  }),
  PersonNotified: defineEvent('on_call_alert.PersonNotified', {
    says: { zh: '呼叫值班人员', en: 'the person on call was notified' },
    data: {
      site,
      person: id(),
      round: whole(1, 1_000),
      acknowledgeBy: instant(),
      shift: id(),
      rosterRevision,
    },
  }),
  NobodyOnCall: defineEvent('on_call_alert.NobodyOnCall', {
    says: { zh: '无人值班,等待主管处理', en: 'nobody is on call: left to the supervisors' },
    data: { site, reason: oneOf(['no-shift', 'only-the-person-concerned']), rosterRevision },
  }),
  /** Everybody was called in every round. It stays open, and whoever comes on call next is called. */
  AlertUnanswered: defineEvent('on_call_alert.AlertUnanswered', {
    says: { zh: '值班呼叫无人应答,等待主管处理', en: 'nobody answered the on-call alert: left to the supervisors' },
    data: { site, rounds: whole(1, 1_000), calls: whole(1), rosterRevision },
  }),
  AlertAcknowledged: defineEvent('on_call_alert.AlertAcknowledged', {
    says: { zh: '值班呼叫已应答', en: 'the on-call alert was acknowledged' },
    data: {
      site,
      by: id(),
      /** False: from the roster or as a supervisor, before their turn. */
      wasCalled: flag(),
    },
  }),
  PersonExcluded: defineEvent('on_call_alert.PersonExcluded', {
    says: { zh: '被投诉人回避值班呼叫', en: 'whom the complaint is about was taken off the calls' },
    data: { site, concerned: id() },
  }),
  AlertClosed: defineEvent('on_call_alert.AlertClosed', {
    says: { zh: '值班呼叫结束', en: 'the on-call alert was closed' },
    data: { site, closedFor: closedFor() },
  }),
} as const;
export type OnCallAlertEvent = EventsOf<typeof onCallAlertEvents>;
