import {
  event,
  plus,
  productUnitEvents,
  ticketEvents,
  ticketDecider,
  type Recorded,
  type Ticket,
  type TicketEvent,
} from '@aftercare/domain';
import { generated } from '../testing/generated';
import { Reading } from '../testing/index';
import { unitHistory, unitHistoryOf } from './index';

const DAY = 24 * 3_600_000;
const UNIT = '11111111-1111-5111-8111-111111111111';
const REPAIRED = '2026-05-01T08:00:00.000Z';

describe('the service history of a unit', () => {
  let reading: Reading;
  beforeAll(async () => {
    reading = new Reading();
    const repair = (ticketId: string, to: string, counts: boolean) =>
      event(productUnitEvents.ProductUnitRepaired, { ticketId, workOrderId: `w-${ticketId}`, from: to, to, counts });
    await reading.journal.write({
      stream: `product_unit-${UNIT}`,
      events: [
        event(productUnitEvents.ProductUnitRegistered, { unitId: UNIT, category: 'air-conditioner', model: 'X1' }),
        event(productUnitEvents.ProductUnitDetailsCorrected, { soldOn: '2026-01-05' }),
        event(productUnitEvents.WarrantyStarted, { startsOn: '2026-01-05', basis: 'invoice' }),
        repair('t1', '2026-02-01T08:00:00.000Z', true),
        repair('t2', REPAIRED, false),
      ],
      now: REPAIRED,
    });
    await reading.journal.writeAll(generated({ seed: 11, tickets: 40 }));
    await reading.start({ models: [unitHistory] });
    await reading.upToDate('unit_history');
  });
  afterAll(() => reading.end());

  it('raises the red flag for 30 days after a repair, to the instant, and not before it (EXE-11)', async () => {
    const flagAt = async (now: string) => (await unitHistoryOf(reading.views.read, UNIT, { now })).repairedRecently;
    expect(await flagAt(plus(REPAIRED, 30 * DAY))).toBe(true);
    expect(await flagAt(plus(REPAIRED, 30 * DAY + 1))).toBe(false);
    expect(await flagAt(REPAIRED)).toBe(true);
    expect(await flagAt(plus(REPAIRED, -1))).toBe(false);
  });

  it("raises none for the looked-at ticket's own repair", async () => {
    const history = await unitHistoryOf(reading.views.read, UNIT, { now: REPAIRED, apartFrom: 't2' });
    expect(history.repairedRecently).toBe(false);
  });

  it('counts the repairs that count for 三包, the latest first (WAR-07, DEC-20)', async () => {
    const history = await unitHistoryOf(reading.views.read, UNIT, { now: REPAIRED });
    expect(history).toMatchObject({
      unit: { model: 'X1', soldOn: '2026-01-05', warranty: { startsOn: '2026-01-05', basis: 'invoice' } },
      repairsCounted: 1,
      lastRepairedAt: REPAIRED,
      tickets: [],
      ticketsTotal: 0,
    });
    expect(history.repairs.map(({ ticketId }) => ticketId)).toEqual(['t2', 't1']);
  });

  it('shows the tickets of the unit in the state that the ticket itself is in, the newest first', async () => {
    const events = (await reading.journal.all()) as readonly Recorded<TicketEvent>[];
    const states = new Map<string, Ticket>();
    const unitOf = new Map<string, string>();
    for (const told of events) {
      if (!told.stream.startsWith('ticket-')) continue;
      states.set(told.stream, ticketDecider.evolve(states.get(told.stream) ?? ticketDecider.initial, told));
      if (told.type === 'ticket.ProductUnitIdentified') unitOf.set(told.stream, told.data.unitId);
    }
    expect(unitOf.size).toBeGreaterThan(20);
    for (const unitId of new Set(unitOf.values())) {
      const { unit, tickets, ticketsTotal } = await unitHistoryOf(reading.views.read, unitId, { now: REPAIRED });
      const expected = [...unitOf].filter(([, of]) => of === unitId).map(([ticket]) => ticket);
      expect(unit).not.toBeNull();
      expect(tickets.map(({ ticket }) => ticket).sort()).toEqual(expected.sort());
      expect(ticketsTotal).toBe(expected.length);
      for (const { ticket, state, cycle } of tickets) expect({ state, cycle }).toEqual(picked(states.get(ticket)!));
      expect(tickets.map(({ openedAt }) => openedAt)).toEqual(
        tickets
          .map(({ openedAt }) => openedAt)
          .sort()
          .reverse(),
      );
    }
  });

  it('moves a ticket to the unit that it was corrected to', async () => {
    const identified = (await reading.journal.all()).find(({ type }) => type === 'ticket.ProductUnitIdentified')!;
    const { unitId } = identified.data as { readonly unitId: string };
    const before = await unitHistoryOf(reading.views.read, unitId, { now: REPAIRED });
    const corrected = { unitId: UNIT, category: 'air-conditioner', model: 'X1', cycle: 1 };
    const events = [event(ticketEvents.ProductUnitCorrected, corrected)];
    await reading.journal.write({ stream: identified.stream, events, now: '2027-06-01T00:00:00.000Z' });
    await reading.upToDate('unit_history');
    expect((await unitHistoryOf(reading.views.read, UNIT, { now: REPAIRED })).ticketsTotal).toBe(1);
    const after = await unitHistoryOf(reading.views.read, unitId, { now: REPAIRED });
    expect(after.ticketsTotal).toBe(before.ticketsTotal - 1);
  });

  it('knows nothing of a unit that nobody registered', async () => {
    expect(await unitHistoryOf(reading.views.read, 'nobody', { now: REPAIRED })).toEqual({
      unitId: 'nobody',
      unit: null,
      tickets: [],
      ticketsTotal: 0,
      repairs: [],
      repairsCounted: 0,
      repairedRecently: false,
      lastRepairedAt: null,
    });
  });
});

const picked = (ticket: Ticket) => ({ state: ticket.status, cycle: ticket.status === 'none' ? 0 : ticket.cycle });
