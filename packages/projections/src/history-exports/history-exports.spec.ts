import { accessLogEvents, event } from '@aftercare/domain';
import { Reading } from '../testing/index';
import { exportsAbout, historyExports } from './index';

const ticket = 'ticket-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const customer = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const log = 'access_log-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0003';

describe('exports made before somebody is forgotten (DEC-15)', () => {
  const reading = new Reading();
  const exported = (subject: string, disclosed: string[], now: string) =>
    reading.journal.write({
      stream: log,
      events: [
        event(
          accessLogEvents.HistoryExported,
          { subject, disclosed, withheld: false, streams: 1, events: 5, anchor: 1 },
          { personal: [{ subject, fields: { reason: '法院调取' } }] },
        ),
      ],
      now,
    });
  beforeAll(() => reading.start({ models: [historyExports] }), 30_000);
  afterAll(() => reading.end());

  it('are found by the matter and by who can be read in them, each once, the oldest first', async () => {
    await exported(ticket, [], '2026-10-01T08:00:00.000Z');
    await exported('ticket-other', [customer, ticket], '2026-10-02T08:00:00.000Z');
    await exported('ticket-third', ['customer-other'], '2026-10-03T08:00:00.000Z');
    await reading.upToDate('history_exports');
    const found = await exportsAbout(reading.views.read, [customer, ticket]);
    expect(found.map(({ stream, at }) => [stream, at.slice(0, 10)])).toEqual([
      [ticket, '2026-10-01'],
      ['ticket-other', '2026-10-02'],
    ]);
    expect(await exportsAbout(reading.views.read, ['customer-nobody'])).toEqual([]);
    expect(await exportsAbout(reading.views.read, [])).toEqual([]);
  });
});
