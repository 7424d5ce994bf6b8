import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { customerEvents, event, plus, type DomainEvent } from '@aftercare/domain';
import { fullFold, opened } from '../consumer/index';
import { rowsOf } from '../testing/equals-full-fold';
import { generated, phoneOf } from '../testing/generated';
import { eventually, onPostgres, Reading, SPEC_KEY } from '../testing/index';
import {
  BlindIndex,
  customerLookup,
  customersPage,
  hasLastFour,
  normalisedPhone,
  type CustomerQuestion,
} from './index';

const START = '2027-03-01T02:00:00.000Z';
const ONE = 'customer-11111111-1111-5111-8111-111111111111';
const TWO = 'customer-22222222-2222-5222-8222-222222222222';
const index = new BlindIndex(Buffer.alloc(32, 9));

describe('looking a customer up', () => {
  let reading: Reading;
  let erased: Set<string>;
  let now: string;
  const model = () =>
    customerLookup({
      index,
      open: (told) =>
        reading.journal.codec.openPersonal(told, {
          find: (subject) => Promise.resolve(erased.has(subject) ? 'erased' : SPEC_KEY),
        }),
    });
  beforeEach(async () => {
    reading = new Reading();
    erased = new Set();
    now = START;
    await tell(ONE, register(ONE, '张三', '13800000001'));
    await tell(TWO, register(TWO, '张三', '021-5550 0002'));
    await reading.start({ models: [model()] });
    await reading.upToDate('customer_lookup');
  });
  afterEach(() => reading.end());

  const register = (subject: string, name: string, phone: string) =>
    event(customerEvents.CustomerRegistered, { tier: 'normal' }, { personal: [{ subject, fields: { name, phone } }] });
  const tell = async (stream: string, told: DomainEvent) => {
    now = plus(now, 1_000);
    await reading.journal.write({ stream, events: [told], now });
  };
  const found = async (question: CustomerQuestion) =>
    (await customersPage(reading.views.read, index, question)).rows.map(({ customer }) => customer);

  it.each(['13800000001', '+86 138-0000-0001', '0086 13800000001', '8613800000001', '138 0000 0001'])(
    'finds them by the phone written as %s (INT-11)',
    async (phone) => expect(await found({ phone })).toEqual([ONE]),
  );

  it('finds a landline, everybody of a name, and who fits both', async () => {
    expect(await found({ phone: '(021)55500002' })).toEqual([TWO]);
    expect(await found({ name: ' 张三 ' })).toEqual([ONE, TWO]);
    expect(await found({ name: '张三', phone: '13800000001' })).toEqual([ONE]);
    expect(await found({ name: '李四', phone: '13800000001' })).toEqual([]);
  });

  it('finds nobody for nothing, for a part, or under another key', async () => {
    expect(await found({})).toEqual([]);
    expect(await found({ phone: '-' })).toEqual([]);
    expect(await found({ name: ' ' })).toEqual([]);
    expect(await found({ phone: '1380000000' })).toEqual([]);
    const other = new BlindIndex(Buffer.alloc(32, 8));
    expect((await customersPage(reading.views.read, other, { name: '张三' })).rows).toEqual([]);
  });

  it('pages through people of one name', async () => {
    const first = await customersPage(reading.views.read, index, { name: '张三' }, { limit: 1 });
    const second = await customersPage(reading.views.read, index, { name: '张三' }, { limit: 1, cursor: first.next! });
    expect([...first.rows, ...second.rows].map(({ customer }) => customer)).toEqual([ONE, TWO]);
    expect(second.next).toBeUndefined();
  });

  it('checks the last four digits of their phone, each customer under a hash of their own (CSS-01)', async () => {
    const check = (customer: string, digits: string) => hasLastFour(reading.views.read, index, customer, digits);
    expect(await check(ONE, '0001')).toBe(true);
    expect(await check(ONE, '０００１')).toBe(true);
    expect(await check(ONE, '0002')).toBe(false);
    expect(await check(TWO, '0002')).toBe(true);
    for (const digits of ['', '001', '00001', '000a', '13800000001']) expect(await check(ONE, digits)).toBe(false);
    expect(await check('customer-nobody', '0001')).toBe(false);
    expect(index.lastFour('0001', ONE)).not.toBe(index.lastFour('0001', TWO));
  });

  it('follows a correction and leaves alone what it does not name', async () => {
    const fields = { phone: '13800000003' };
    await tell(ONE, event(customerEvents.CustomerContactCorrected, {}, { personal: [{ subject: ONE, fields }] }));
    await tell(ONE, event(customerEvents.CustomerTierChanged, { tier: 'vip', reason: 'contract' }));
    await reading.upToDate('customer_lookup');
    expect(await found({ phone: '13800000001' })).toEqual([]);
    expect(await found({ phone: '13800000003', name: '张三' })).toEqual([ONE]);
    expect(await hasLastFour(reading.views.read, index, ONE, '0003')).toBe(true);
    expect((await customersPage(reading.views.read, index, { phone: '13800000003' })).rows[0]?.tier).toBe('vip');
  });

  it('marks who asked to be forgotten, until they change their mind (DEC-15)', async () => {
    const restricted = async () =>
      (await customersPage(reading.views.read, index, { phone: '13800000001' })).rows[0]?.restricted;
    const requestId = 'request-1';
    const findings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
    const request = { requestId, asker: 'customer', channel: 'phone', openComplaints: 'wait', findings } as const;
    expect(await restricted()).toBe(false);
    await tell(ONE, event(customerEvents.ErasureRequested, request));
    await reading.upToDate('customer_lookup');
    expect(await restricted()).toBe(true);
    await tell(ONE, event(customerEvents.ErasureRequestWithdrawn, { requestId, reason: 'changed-mind' }));
    await reading.upToDate('customer_lookup');
    expect(await restricted()).toBe(false);
  });

  it('forgets an erased customer, whom neither a further event nor a rebuild brings back (DEC-15)', async () => {
    const findings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
    const gone = { requestId: 'request-2', subjects: [ONE], exports: [], findings };
    await tell(ONE, event(customerEvents.CustomerErased, gone));
    await reading.upToDate('customer_lookup');
    expect(await found({ name: '张三' })).toEqual([TWO]);
    erased.add(ONE);
    await tell(ONE, event(customerEvents.CustomerTierChanged, { tier: 'vip', reason: 'contract' }));
    await reading.upToDate('customer_lookup');
    await reading.projections.rebuild('customer_lookup');
    expect(await found({ name: '张三' })).toEqual([TWO]);
    expect(await hasLastFour(reading.views.read, index, ONE, '0001')).toBe(false);
  });

  it('takes the row away by itself when an erased part comes by', async () => {
    erased.add(ONE);
    const fields = { phone: '13800000003' };
    await tell(ONE, event(customerEvents.CustomerContactCorrected, {}, { personal: [{ subject: ONE, fields }] }));
    await reading.upToDate('customer_lookup');
    expect(await found({ name: '张三' })).toEqual([TWO]);
  });

  it('keeps nothing readable where it is stored (SEC-01)', async () => {
    const rows = reading.views.read.withTables<{ customer_lookup: object }>().selectFrom('customer_lookup').selectAll();
    const stored = onPostgres
      ? [Buffer.from(JSON.stringify(await rows.execute()))]
      : ['', '-wal'].map((suffix) => readFileSync(join(reading.folder, `views.db${suffix}`)));
    for (const bytes of stored) {
      expect(bytes.length).toBeGreaterThan(1_000);
      for (const readable of ['张三', '13800000001', '55500002']) expect(bytes.includes(readable)).toBe(false);
    }
  });

  it('stops rather than index what nobody opened for it', async () => {
    const { open: _open, ...sealed } = model();
    const other = new Reading(reading.clock, reading.store);
    const { projections } = await other.start({ models: [sealed] }).then(() => other);
    await eventually(async () => (await projections.status())[0]?.fault !== undefined);
    expect((await projections.status())[0]?.fault?.reason).toContain('not opened');
    await other.end();
  });
});

describe('the look-up over histories', () => {
  it('equals a full fold, live and rebuilt, and finds every customer by their phone', async () => {
    const reading = new Reading();
    const model = customerLookup({
      index,
      open: (told) => reading.journal.codec.openPersonal(told, { find: () => Promise.resolve(SPEC_KEY) }),
    });
    await reading.journal.writeAll(generated({ seed: 31, tickets: 12 }));
    await reading.start({ models: [model] });
    await reading.upToDate('customer_lookup');
    const events = await opened(await reading.journal.all(), model.open);
    const expected = fullFold(model.projector, events);
    expect(expected.size).toBeGreaterThan(5);
    expect(await rowsOf(model, reading.views)).toEqual(expected);
    await reading.projections.rebuild('customer_lookup');
    expect(await rowsOf(model, reading.views)).toEqual(expected);
    const registered = events.filter(({ type }) => type === 'customer.CustomerRegistered');
    expect(registered).toHaveLength(expected.size);
    // The n-th customer of a generated history has the n-th number.
    for (const [n, { stream }] of registered.entries()) {
      const { rows } = await customersPage(reading.views.read, index, { phone: phoneOf(n) });
      expect(rows.map(({ customer }) => customer)).toEqual([stream]);
    }
    await reading.end();
  });
});

describe('the way a phone is written', () => {
  it.each([
    ['+8613800000000', '13800000000'],
    ['+86 (021) 5550-0002', '02155500002'],
    ['１３８００００００００', '13800000000'],
    ['86-138-0000-0000', '13800000000'],
    ['86550002', '86550002'],
    ['+1 555 0100', '15550100'],
    ['转告', ''],
  ])('%s is %s', (written, normalised) => expect(normalisedPhone(written)).toBe(normalised));

  it('is hashed only under a key that is long enough', () => {
    expect(() => new BlindIndex(Buffer.alloc(31))).toThrow(RangeError);
  });
});
