import { customerEvents, event, plus, DAY, type DomainEvent, type ErasureFindings } from '@aftercare/domain';
import { fullFold } from '../consumer/index';
import { InvalidCursorError } from '../sql/cursor';
import { Reading } from '../testing/index';
import { erasureRequests, erasureRequestsPage, type ErasureRequestRow } from './index';

const START = '2029-10-01T08:00:00.000Z';
const nothing: ErasureFindings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
const customer = (n: number) => `customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f000${n}`;
const requestId = (n: number) => `0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f00a${n}`;

describe('erasures that wait (DEC-15)', () => {
  const reading = new Reading();
  const write = (n: number, days: number, ...events: DomainEvent[]) =>
    reading.journal.write({ stream: customer(n), events, now: plus(START, days * DAY) });
  const asked = (n: number, asker: 'customer' | 'retention', findings = nothing) =>
    event(customerEvents.ErasureRequested, {
      requestId: requestId(n),
      asker,
      openComplaints: 'wait',
      ...(asker === 'customer' ? { channel: 'phone' as const } : {}),
      findings,
    });
  const approved = (n: number, dueAt: string) =>
    event(customerEvents.ErasureApproved, {
      requestId: requestId(n),
      openComplaints: 'wait',
      dueAt,
      findings: nothing,
    });
  const shown = async (...asking: Parameters<typeof erasureRequestsPage> extends [unknown, ...infer R] ? R : never) =>
    (await erasureRequestsPage(reading.views.read, ...asking)).rows.map((row) => row.customer);

  beforeAll(async () => {
    const held = { ...nothing, legalHolds: ['complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0009'] };
    await write(1, 0, asked(1, 'retention'));
    await write(2, 1, asked(2, 'customer', held));
    await write(3, 2, asked(3, 'retention'));
    await write(3, 3, approved(3, plus(START, 6 * DAY)));
    const until = plus(START, 7 * DAY);
    await write(3, 6, event(customerEvents.ErasurePostponed, { requestId: requestId(3), until, findings: held }));
    await write(4, 3, asked(4, 'customer'));
    await write(
      4,
      4,
      event(customerEvents.ErasureRequestWithdrawn, { requestId: requestId(4), reason: 'changed-mind' }),
    );
    await write(5, 3, asked(5, 'customer'), approved(5, plus(START, 3 * DAY)));
    const erased = { requestId: requestId(5), subjects: [customer(5)], exports: [], findings: nothing };
    await write(5, 7, event(customerEvents.CustomerErased, erased));
    await reading.start({ models: [erasureRequests] });
    await reading.upToDate('erasure_requests');
  }, 30_000);
  afterAll(() => reading.end());

  it('are listed, the oldest request first, until they are carried out or end otherwise', async () => {
    expect(await shown()).toEqual([customer(1), customer(2), customer(3)]);
  });

  it('say who asked, what is open, and when it is their time', async () => {
    const { rows } = await erasureRequestsPage(reading.views.read);
    expect(rows[1]).toMatchObject({ status: 'requested', asker: 'customer', dueAt: null, hindered: { legalHolds: 1 } });
    expect(rows[2]).toMatchObject({
      status: 'approved',
      asker: 'retention',
      dueAt: plus(START, 7 * DAY),
      postponed: 1,
      hindered: { openTickets: 0, legalHolds: 1 },
    });
  });

  it('narrow to what waits for approval and to whose time is over', async () => {
    expect(await shown({ status: 'requested' })).toEqual([customer(1), customer(2)]);
    expect(await shown({ asker: 'retention' })).toEqual([customer(1), customer(3)]);
    expect(await shown({ asker: 'customer', status: 'approved' })).toEqual([]);
  });

  it('come in pages without gap or repetition', async () => {
    const first = await erasureRequestsPage(reading.views.read, {}, { limit: 2 });
    const second = await erasureRequestsPage(reading.views.read, {}, { limit: 2, cursor: first.next! });
    expect([...first.rows, ...second.rows].map((row) => row.customer)).toEqual([1, 2, 3].map(customer));
    expect(second.next).toBeUndefined();
    await expect(erasureRequestsPage(reading.views.read, {}, { cursor: 'nonsense' })).rejects.toThrow(
      InvalidCursorError,
    );
  });

  it('equal a full fold of the events', async () => {
    const folded = fullFold(erasureRequests.projector, await reading.journal.all()) as ReadonlyMap<
      string,
      ErasureRequestRow
    >;
    const { rows } = await erasureRequestsPage(reading.views.read);
    expect(rows).toEqual([...folded.values()].sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1)));
  });
});
