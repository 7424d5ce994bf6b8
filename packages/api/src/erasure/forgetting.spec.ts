import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeys, type AllPage, type CommandOutcome, type StoredEvent } from '@aftercare/event-store';
import { Forgetting } from './forgetting';
import { erasureRegister, subjectsIn } from './register';

const customer = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const erased = { type: 'customer.CustomerErased', eventId: 'event-1', data: { subjects: [customer] } };
const outcome = (events: readonly (typeof erased)[]): Extract<CommandOutcome, { status: 'done' }> => ({
  status: 'done',
  stream: customer,
  revision: 3,
  repeated: false,
  events,
});
const log = (...events: readonly { readonly data: object }[]) => ({
  readAll: (): Promise<AllPage> =>
    Promise.resolve({ events: events.map(({ data }) => ({ data: JSON.stringify(data) }) as StoredEvent), end: true }),
});

describe('the key of a forgotten person (DEC-15)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-register-'));
  const file = join(folder, 'erasures.jsonl');
  beforeEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is destroyed behind the event, and noted apart from the store first', async () => {
    const keys = createMemoryKeys();
    await keys.ensure([customer]);
    const forgetting = new Forgetting({ store: log(), keys, register: erasureRegister(file) });
    await forgetting.after(outcome([]));
    expect(await keys.find(customer)).not.toBe('erased');
    await forgetting.after(outcome([erased]));
    expect(await keys.find(customer)).toBe('erased');
    expect([...subjectsIn(file)]).toEqual([customer]);
  });

  it('is destroyed again at start, when an older copy of the keys came back', async () => {
    const keys = createMemoryKeys();
    await keys.ensure([customer, 'customer-other']);
    const forgetting = new Forgetting({ store: log(erased), keys, register: erasureRegister(undefined) });
    expect(await forgetting.again()).toBe(1);
    expect(await keys.find(customer)).toBe('erased');
    expect(await keys.find('customer-other')).not.toBe('erased');
    expect(await forgetting.again()).toBe(0);
  });

  it('is destroyed again at start, when the log came back without the erasure', async () => {
    await erasureRegister(file).add({ eventId: 'event-1', subjects: [customer] });
    const keys = createMemoryKeys();
    await keys.ensure([customer]);
    const forgetting = new Forgetting({ store: log(), keys, register: erasureRegister(file) });
    expect(await forgetting.again()).toBe(1);
    expect(await keys.find(customer)).toBe('erased');
  });

  it('is noted line by line, and a line that is none is named, not skipped', async () => {
    const register = erasureRegister(file);
    await register.add({ eventId: 'event-1', subjects: [customer] });
    await register.add({ eventId: 'event-2', subjects: ['customer-other'] });
    expect([...(await register.subjects())]).toEqual([customer, 'customer-other']);
    writeFileSync(file, `${readFileSync(file, 'utf8')}scribble\n`);
    expect(() => subjectsIn(file)).toThrow(/line 3 is no note/);
    expect(subjectsIn(join(folder, 'absent'))).toEqual(new Set());
  });
});
