import fc from 'fast-check';
import { COMPLAINT, complaintCommand as complaint, complaintPeople as staff } from '../../../testing/complaint';
import { Matter } from '../../../testing/matter';
import { ALERT, alertCommand, onCallPeople, ROSTER, rosterCommand, SITE } from '../../../testing/on-call';
import { people, TICKET, ticketCommand as ticket } from '../../../testing/ticket';
import { between, fold, MINUTE, plus, type Command, type Recorded } from '../../kernel/index';
import { onCallAlertEvents, type OnCallAlertEvent } from '../../on-call-alert/events';
import { onCallAlertDecider } from '../../on-call-alert/registration';
import { ACKNOWLEDGE_WITHIN, CALLING_ROUNDS } from '../../on-call-alert/rules';
import { isOpenAlert, type OnCallAlert } from '../../on-call-alert/state';
import type { OnCallRosterEvent } from '../../on-call-roster/events';
import { onCallRosterDecider } from '../../on-call-roster/registration';
import { shiftAt } from '../../on-call-roster/state';
import type { ComplaintEvent } from '../../complaint/events';
import { isOpen, type Complaint } from '../../complaint/state';
import { complaintDecider } from '../../complaint/decider';
import { ticketDecider } from '../../ticket/decider';
import type { TicketEvent } from '../../ticket/events';
import { isEnded, type Ticket } from '../../ticket/state';

const STAFF = ['staff-1', 'staff-2', 'staff-3', 'supervisor-1'] as const;

/** What may happen in a night; most of it is refused at most moments. */
type Act = (story: Matter) => void;
const say =
  (stream: string, command: Command, actor: Parameters<Matter['tell']>[2]): Act =>
  (story) =>
    void story.tell(stream, command, actor);

const { happenedAt: _happened, ticketId, ...grievance } = complaint.RegisterComplaint().data;
const complains = (more: object): Act =>
  say(COMPLAINT, { type: 'complaint.RegisterComplaint', data: { ...grievance, ticketId, ...more } }, staff.agent);
const grave = { graveCause: 'demanding-favours' };

/** Two people find that it is no hazard, but urgent all the same. */
const isNoHazard: Act = (story) => {
  const acknowledged = { type: 'complaint.AcknowledgeComplaint', data: { reached: true, channel: 'phone' } };
  const assessed = complaint.AssessSeverity({ urgency: 'immediate', safety: false });
  for (const command of [complaint.TakeComplaint(), acknowledged, complaint.VerifyComplaint(), assessed])
    story.tell(COMPLAINT, command, staff.crm);
  const proposed = story.events.filter(({ type }) => type === 'complaint.SeverityLoweringProposed').at(-1);
  const { loweringId } = (proposed?.data ?? {}) as { readonly loweringId?: string };
  if (loweringId) story.tell(COMPLAINT, complaint.ApproveSeverityLowering({ loweringId }), staff.quality);
};

const begins = fc
  .constantFrom('插座漏电,麻手', '插座漏电,麻手', '空调不制冷')
  .map((words) => say(TICKET, ticket.RegisterTicket({ words }), people.agent));
const FIXED: readonly Act[] = [
  say(TICKET, ticket.MarkSafety(), people.agent),
  say(TICKET, ticket.LowerSafety(), people.supervisor),
  say(TICKET, ticket.CancelTicket({ reason: 'by-customer' }), people.agent),
  say(TICKET, ticket.ReopenTicket(), people.agent),
  complains({}),
  complains({ ...grave, staff: { id: 'staff-2', role: 'engineer' } }),
  say(COMPLAINT, complaint.MarkSafety(), staff.crm),
  isNoHazard,
  say(COMPLAINT, complaint.WithdrawComplaint(), staff.agent),
  say(COMPLAINT, complaint.ReopenComplaint(), staff.agent),
  say(COMPLAINT, complaint.IdentifySubject({ staff: { id: 'staff-1', role: 'expert' } }), staff.crm),
];

const someone = fc.constantFrom(...STAFF);
const plans = fc
  .tuple(fc.nat(120), fc.integer({ min: 1, max: 180 }), fc.uniqueArray(someone, { minLength: 1 }))
  .map(([inMinutes, minutes, names]): Act => (story) => {
    const from = plus(story.now, inMinutes * MINUTE);
    const period = { from, until: plus(from, minutes * MINUTE) };
    story.tell(ROSTER, rosterCommand.PlanOnCall({ ...period, people: names }), onCallPeople.supervisor);
  });
const waits = fc.integer({ min: 1, max: 90 }).map(
  (minutes): Act =>
    (story) =>
      story.wait(minutes * MINUTE),
);
const answers = someone.map((id): Act => {
  const role = id === 'supervisor-1' ? 'supervisor' : 'expert';
  return say(ALERT, alertCommand.Acknowledge(), { id, role });
});
const chosen = fc.constantFrom(...FIXED);
const act = fc.oneof(chosen, chosen, chosen, plans, plans, waits, waits, answers);

const played = (acts: readonly Act[]): Matter => {
  const story = new Matter();
  story.tell(ROSTER, rosterCommand.OpenRoster({ site: SITE, zone: 'Asia/Shanghai' }), onCallPeople.system);
  for (const one of acts) one(story);
  return story;
};
const eventsOf = <E>(story: Matter, stream: string) =>
  story.events.filter((event) => event.stream === stream) as unknown as readonly E[];
const alertOf = (story: Matter): OnCallAlert =>
  fold(onCallAlertDecider, eventsOf<Recorded<OnCallAlertEvent>>(story, ALERT));
/** Who was on call by all that had been planned before a place in the log. */
const onCallAt = (story: Matter, at: string, before = '~'): readonly string[] => {
  const planned = eventsOf<Recorded<OnCallRosterEvent>>(story, ROSTER).filter(({ position }) => position < before);
  const roster = fold(onCallRosterDecider, planned);
  return roster.status === 'open' ? (shiftAt(roster.shifts, at)?.people ?? []) : [];
};

/** Asked of the ticket and the complaint themselves. */
const needsSomebody = (story: Matter): boolean => {
  const own: Ticket = fold(ticketDecider, eventsOf<Recorded<TicketEvent>>(story, TICKET));
  const about: Complaint = fold(complaintDecider, eventsOf<Recorded<ComplaintEvent>>(story, COMPLAINT));
  return (
    (own.status !== 'none' && !isEnded(own) && own.safety) ||
    (about.status !== 'none' &&
      about.severity === 'urgent' &&
      (isOpen(about) || (about.status === 'withdrawn' && about.inside !== undefined)))
  );
};

describe('DEC-01 whatever a night brings', () => {
  const lived = new Set<string>();
  const everyNight = (holds: (story: Matter) => void) =>
    fc.assert(
      fc.property(plans, begins, fc.array(act, { minLength: 10, maxLength: 50 }), (first, second, acts) => {
        const story = played([first, second, ...acts]);
        for (const name of [...story.names('on_call_alert'), alertOf(story).status]) lived.add(name);
        holds(story);
      }),
      { numRuns: 150, seed: 20_261_122 },
    );

  it(
    'an alert is open exactly while its matter needs somebody',
    () => everyNight((story) => expect(isOpenAlert(alertOf(story))).toBe(needsSomebody(story))),
    60_000,
  );

  it(
    'nobody is called who is not on call or whom it is about, oftener than everybody, or before the last one had time',
    () =>
      everyNight((story) => {
        let calls: { readonly person: string; readonly at: string }[] = [];
        let concerned: string[] = [];
        let mayFollow = true;
        let wasExcluded = false;
        let has = '';
        for (const { type, data, metadata, position } of eventsOf<Recorded<OnCallAlertEvent>>(story, ALERT)) {
          const at = metadata.recordedAt;
          if (type === 'on_call_alert.AlertRaised') [calls, concerned, mayFollow] = [[], [...data.concerned], true];
          if (type === 'on_call_alert.CauseAdded' && !mayFollow) [calls, mayFollow] = [[], true];
          if (type === 'on_call_alert.PersonExcluded') {
            concerned = [...concerned, data.concerned];
            if (data.concerned === has) [mayFollow, wasExcluded] = [true, true];
          }
          if (type === 'on_call_alert.AlertAcknowledged') [mayFollow, has] = [false, data.by];
          if (type !== 'on_call_alert.PersonNotified') continue;
          expect(mayFollow).toBe(true);
          const { person } = data;
          expect(onCallAt(story, at, position)).toContain(person);
          expect(concerned).not.toContain(person);
          const last = calls.at(-1);
          // Who has the alert turned out to be the very person: the next is called at once.
          if (last && !wasExcluded) expect(between(last.at, at)).toBeGreaterThanOrEqual(ACKNOWLEDGE_WITHIN);
          [wasExcluded, has] = [false, person];
          calls.push({ person, at });
          expect(calls.filter((call) => call.person === person).length).toBeLessThanOrEqual(CALLING_ROUNDS);
        }
      }),
    60_000,
  );

  it(
    'nobody waits in vain: who stands on the roster was called, or is being called',
    () =>
      everyNight((story) => {
        const alert = alertOf(story);
        if (!isOpenAlert(alert) || alert.status === 'acknowledged') return;
        const free = onCallAt(story, story.now).filter((person) => !alert.concerned.includes(person));
        if (alert.status === 'nobody-on-call') expect(free).toEqual([]);
        if (alert.status === 'unanswered')
          expect(free.filter((person) => alert.calls.every((call) => call.person !== person))).toEqual([]);
        if (alert.status === 'calling') expect(alert.acknowledgeBy > story.now).toBe(true);
      }),
    60_000,
  );

  it('the nights had everything in them', () =>
    expect([...lived].sort()).toEqual(
      [
        ...Object.values(onCallAlertEvents).map(({ type }) => type.slice('on_call_alert.'.length)),
        ...['none', 'calling', 'nobody-on-call', 'unanswered', 'acknowledged', 'closed'],
      ].sort(),
    ));
});
