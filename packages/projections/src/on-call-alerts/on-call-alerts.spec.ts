import { event, onCallAlertEvents, plus, type DomainEvent } from '@aftercare/domain';
import { fullFold } from '../consumer/index';
import { InvalidCursorError } from '../sql/cursor';
import { matters } from '../testing/matters';
import { Reading } from '../testing/index';
import { onCallAlerts, onCallAlertsPage, type OnCallAlertFilter, type OnCallAlertRow } from './index';

const NOW = '2026-11-23T14:00:00.000Z';
const MINUTE = 60_000;
const site = 'main';
const alert = (n: number) => `on_call_alert-7d9f1c52-0000-4000-8000-00000000000${n}`;
const ticket = (n: number) => `ticket-7d9f1c52-0000-4000-8000-00000000000${n}`;

describe('DEC-01 the list of on-call alerts', () => {
  let reading: Reading;
  beforeEach(async () => {
    reading = new Reading();
    await reading.start({ models: [onCallAlerts] });
  });
  afterEach(() => reading.end());

  const tell = async (n: number, minute: number, ...events: readonly DomainEvent[]) => {
    const now = plus(NOW, minute * MINUTE);
    await reading.journal.write({ stream: alert(n), correlationId: ticket(n), events, now });
  };
  const raised = (n: number, concerned: string[] = []) =>
    event(onCallAlertEvents.AlertRaised, {
      site: n === 4 ? 'west' : site,
      matter: ticket(n),
      source: ticket(n),
      number: `20261100${n}`,
      alertCause: 'safety',
      concerned,
    });
  const called = (person: string, minute: number) =>
    event(onCallAlertEvents.PersonNotified, {
      site,
      person,
      round: 1,
      acknowledgeBy: plus(NOW, (minute + 10) * MINUTE),
      shift: 'shift-1',
      rosterRevision: 3,
    });
  const nobody = event(onCallAlertEvents.NobodyOnCall, { site, reason: 'no-shift', rosterRevision: 3 });
  const unanswered = event(onCallAlertEvents.AlertUnanswered, { site, rounds: 2, calls: 4, rosterRevision: 3 });
  const answered = (by: string) => event(onCallAlertEvents.AlertAcknowledged, { site, by, wasCalled: true });
  const closed = event(onCallAlertEvents.AlertClosed, { site, closedFor: 'matter-ended' });

  const listed = async (filter: OnCallAlertFilter = {}, limit = 2): Promise<readonly OnCallAlertRow[]> => {
    await reading.upToDate('on_call_alerts');
    const rows: OnCallAlertRow[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await onCallAlertsPage(reading.views.read, filter, { limit, ...(cursor ? { cursor } : {}) });
      rows.push(...page.rows);
      cursor = page.next;
      more = cursor !== undefined;
    }
    return rows;
  };
  const numbers = async (filter?: OnCallAlertFilter) =>
    (await listed(filter)).map(({ matter }) => Number(matter.at(-1)));

  it('is sorted by the time to acknowledge: who was missed first, then who is being called', async () => {
    await tell(1, 0, raised(1), called('staff-1', 0));
    await tell(2, 4, raised(2), nobody);
    await tell(3, 5, raised(3, ['staff-7']), called('staff-1', 5));
    await tell(1, 6, unanswered);
    await tell(4, 7, raised(4), called('staff-2', 7));
    await tell(4, 8, answered('staff-2'));
    await tell(5, 9, raised(5), called('staff-3', 9));
    await tell(5, 10, closed);
    expect(await numbers()).toEqual([2, 1, 4, 5, 3]);
    expect(await numbers({ states: ['calling', 'nobody-on-call', 'unanswered'] })).toEqual([2, 1, 3]);
    expect(await numbers({ states: ['unanswered'] })).toEqual([1]);
    expect(await numbers({ site: 'west' })).toEqual([4]);
    expect(await numbers({ person: 'staff-1' })).toEqual([1, 3]);
    expect(await numbers({ person: 'staff-2' })).toEqual([4]);
    expect(await numbers({ person: 'staff' })).toEqual([]);
    expect(await numbers({ person: '%' })).toEqual([]);
    expect(await numbers({ notConcerning: 'staff-7' })).toEqual([2, 1, 4, 5]);
    await expect(onCallAlertsPage(reading.views.read, {}, { cursor: 'bm8' })).rejects.toThrow(InvalidCursorError);
  });

  it('says whose turn it is, who was called before, and who answered', async () => {
    await tell(1, 0, raised(1), called('staff-1', 0));
    await tell(1, 10, called('staff-2', 10));
    const [calling] = await listed();
    expect(calling).toMatchObject({ state: 'calling', person: 'staff-2', due: plus(NOW, 20 * MINUTE) });
    expect(calling?.calls.map(({ person }) => person)).toEqual(['staff-1', 'staff-2']);
    await tell(1, 12, answered('staff-1'));
    expect(await listed()).toMatchObject([
      { state: 'acknowledged', person: null, acknowledged: { by: 'staff-1', at: plus(NOW, 12 * MINUTE) } },
    ]);
    await tell(1, 50, closed);
    await tell(1, 90, raised(1), nobody);
    expect(await listed()).toMatchObject([
      { state: 'nobody-on-call', raisedAt: plus(NOW, 90 * MINUTE), calls: [], acknowledged: null, closed: null },
    ]);
  });

  it('holds exactly what a fold of all events holds, page by page', async () => {
    await reading.journal.writeAll(matters({ seed: 8, tickets: 60 }));
    const rows = [...fullFold(onCallAlerts.projector, await reading.journal.all()).values()] as OnCallAlertRow[];
    expect(new Set(rows.map(({ state }) => state)).size).toBe(5);
    const shown = await listed({}, 3);
    expect(shown.map(({ due }) => due)).toEqual(rows.map(({ due }) => due).sort());
    expect(new Set(shown.map((row) => row.alert)).size).toBe(rows.length);
  }, 30_000);
});
