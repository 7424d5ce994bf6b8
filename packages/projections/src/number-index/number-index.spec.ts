import { event, ticketEvents, type Recorded, type TicketEvent } from '@aftercare/domain';
import { generated } from '../testing/generated';
import { Reading } from '../testing/index';
import { matterByNumber, mattersOf, numberIndex } from './index';

describe('the number of a ticket', () => {
  let reading: Reading;
  beforeAll(async () => {
    reading = new Reading();
    await reading.journal.writeAll(generated({ seed: 3, tickets: 10 }));
    await reading.start({ models: [numberIndex] });
    await reading.upToDate('number_index');
  });
  afterAll(() => reading.end());

  const registered = async () =>
    (await reading.journal.all()).filter(
      (told): told is Extract<Recorded<TicketEvent>, { type: 'ticket.TicketRegistered' | 'ticket.TicketSubmitted' }> =>
        told.type === 'ticket.TicketRegistered' || told.type === 'ticket.TicketSubmitted',
    );

  it('leads to its stream, its customer and its region (DEC-18, CSS-01)', async () => {
    const all = await registered();
    expect(all.length).toBeGreaterThan(5);
    for (const { stream, data } of all)
      expect(await matterByNumber(reading.views.read, data.number)).toEqual({
        number: data.number,
        stream,
        customer: data.customer,
        region: data.region,
      });
  });

  it('is listed with everything that its customer ever brought (DEC-15)', async () => {
    const all = await registered();
    const { customer } = all[0]!.data;
    const theirs = all.filter(({ data }) => data.customer === customer).map(({ stream }) => stream);
    expect(await mattersOf(reading.views.read, customer)).toEqual(theirs.sort());
    expect(await mattersOf(reading.views.read, 'customer-nobody')).toEqual([]);
  });

  it('is found when typed with a Chinese keyboard, and not by a part of it', async () => {
    const { stream, data } = (await registered())[0]!;
    const wide = data.number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect((await matterByNumber(reading.views.read, ` ${wide} `))?.stream).toBe(stream);
    expect(await matterByNumber(reading.views.read, data.number.slice(0, -1))).toBeUndefined();
    expect(await matterByNumber(reading.views.read, '')).toBeUndefined();
  });

  it('knows the region that the review completed (INT-19)', async () => {
    const { stream, data } = (await registered())[0]!;
    const reviewed = event(ticketEvents.IntakeReviewed, { region: '440305', cycle: 1 });
    await reading.journal.write({ stream, events: [reviewed], now: '2027-01-01T00:00:00.000Z' });
    await reading.upToDate('number_index');
    expect((await matterByNumber(reading.views.read, data.number))?.region).toBe('440305');
  });
});
