import { DAY, event, HOUR, plus, type DomainEvent, type Instant, type Reaction } from '../kernel/index';
import { recordedOne } from '../../testing/recorded';
import { customerEvents } from '../customer/events';
import { retentionProcess, type RetentionProcess } from './retention.process';

const customer = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const complaint = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const requestId = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f00aa';
const start = '2026-10-01T08:00:00.000Z';
const firstLook = plus(start, 3 * 365 * DAY);
const findings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
const command = { stream: customer, type: 'customer.ReviewRetention', data: {} };

const registered = event(customerEvents.CustomerRegistered, { tier: 'normal' });
const reviewed = (until: Instant, over = false) => event(customerEvents.RetentionReviewed, { until, over, findings });
const requested = (asker: 'customer' | 'retention') =>
  event(customerEvents.ErasureRequested, { requestId, asker, openComplaints: 'wait', findings });
const withdrawn = (reason: string) => event(customerEvents.ErasureRequestWithdrawn, { requestId, reason });
const called = { type: 'ticket.TicketRegistered', data: { customer } };
const complained = { type: 'complaint.ComplaintRegistered', data: { customer } };

/** A process whose state is stored as JSON after each input, as the runtime does. */
class Running {
  alarm: Instant | undefined;
  commands: Reaction<RetentionProcess>['commands'] = [];
  #state = retentionProcess.initial;
  #now: Instant = start;

  told(happened: DomainEvent, at: Instant = this.#now): this {
    this.#now = at;
    const stream = happened.type.startsWith('customer.') ? customer : complaint;
    const recorded = recordedOne(stream, 0, happened, { at, actor: { id: 'agent-1', role: 'agent' } });
    expect(retentionProcess.instance(recorded)).toBe(customer);
    return this.#take(retentionProcess.react(this.#state, { kind: 'event', event: recorded }, this.#context()));
  }

  woken(at: Instant): this {
    this.#now = at;
    return this.#take(retentionProcess.react(this.#state, { kind: 'wake', id: 'w' }, this.#context()));
  }

  refused(code: string): this {
    const input = { kind: 'refused', command, code, commandId: 'c' } as const;
    return this.#take(retentionProcess.react(this.#state, input, this.#context()));
  }

  #context() {
    return { now: this.#now, instance: customer, uuid: String };
  }

  #take({ state, commands, nextWakeAt }: Reaction<RetentionProcess>): this {
    this.#state = JSON.parse(JSON.stringify(state)) as RetentionProcess;
    this.alarm = nextWakeAt;
    this.commands = commands;
    return this;
  }
}

describe('DEC-15 the time for which the data of a person is kept', () => {
  const running = () => new Running().told(registered);

  it('is looked at three years after the registration, and not a moment before', () => {
    expect(running().alarm).toBe(firstLook);
    expect(running().woken(plus(firstLook, -1))).toMatchObject({ commands: [], alarm: firstLook });
    expect(running().woken(firstLook).commands).toEqual([command]);
  });

  it('is looked at again when the customer said that it is over, whatever happens in between', () => {
    const until = plus(firstLook, 400 * DAY);
    const told = running().woken(firstLook).told(reviewed(until));
    expect(told.alarm).toBe(until);
    expect(told.told(complained, plus(firstLook, DAY))).toMatchObject({ commands: [], alarm: until });
    expect(told.woken(until).commands).toEqual([command]);
  });

  it('is looked at again after a month while something is open or held, after an hour while nobody can tell', () => {
    expect(running().woken(firstLook).refused('CUSTOMER.RETENTION_HELD').alarm).toBe(plus(firstLook, 30 * DAY));
    expect(running().woken(firstLook).refused('CUSTOMER.MATTERS_UNKNOWN').alarm).toBe(plus(firstLook, HOUR));
  });

  it('rings no more while a request is under way, and never for whom is forgotten', () => {
    const waiting = running().woken(firstLook).told(reviewed(firstLook, true)).told(requested('retention'));
    expect(waiting.alarm).toBeUndefined();
    expect(waiting.woken(plus(firstLook, DAY))).toMatchObject({ commands: [], alarm: undefined });
    const erased = { requestId, subjects: [customer], exports: [], findings };
    expect(waiting.told(event(customerEvents.CustomerErased, erased)).alarm).toBeUndefined();
    expect(waiting.told(complained).commands).toEqual([]);
    expect(running().refused('CUSTOMER.ERASED').alarm).toBeUndefined();
  });

  it.each([
    ['complains', complained],
    ['calls', called],
  ])('is looked at at once when somebody %s whose erasure nobody asked for', (_, again) => {
    const waiting = running().woken(firstLook).told(requested('retention'));
    expect(waiting.told(again).commands).toEqual([command]);
    expect(waiting.told(withdrawn('retention-moved')).alarm).toBe(plus(firstLook, 30 * DAY));
    expect(running().told(requested('customer')).told(again).commands).toEqual([]);
  });

  it('is not asked about again for a year when somebody decided to keep the data, nor before its time', () => {
    const refused = { type: 'customer.ErasureRefused', data: { requestId } };
    const asked = () => running().woken(firstLook).told(requested('retention'));
    expect(asked().told(refused).alarm).toBe(plus(firstLook, 365 * DAY));
    expect(asked().told(withdrawn('wanted-by-legal')).alarm).toBe(plus(firstLook, 365 * DAY));
    expect(running().told(requested('customer')).told(withdrawn('changed-mind')).alarm).toBe(firstLook);
  });

  it('is nobody’s where a complaint names no customer', () => {
    const anonymous = recordedOne(
      complaint,
      0,
      { type: 'complaint.ComplaintRegistered', data: {} },
      { at: start, actor: { id: 'agent-1', role: 'agent' } },
    );
    expect(retentionProcess.instance(anonymous)).toBeUndefined();
  });
});
