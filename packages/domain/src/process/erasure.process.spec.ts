import { event, plus, DAY, HOUR, type DomainEvent, type Instant } from '../kernel/index';
import { recordedOne } from '../../testing/recorded';
import { customerEvents } from '../customer/events';
import { erasureProcess, type ErasureProcess } from './erasure.process';

const customer = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const complaint = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const now = '2026-10-01T08:00:00.000Z';
const dueAt = plus(now, 3 * DAY);
const requestId = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f00aa';
const findings = { openTickets: [], openComplaints: [complaint], appeals: [], legalHolds: [] };

const recorded = (told: DomainEvent) =>
  recordedOne(customer, 1, told, { at: now, actor: { id: 'manager-1', role: 'manager' } });
const told = (state: ErasureProcess, happened: DomainEvent) =>
  erasureProcess.react(state, { kind: 'event', event: recorded(happened) }, { now, instance: customer, uuid: String });
const wake = (state: ErasureProcess, at: Instant) =>
  erasureProcess.react(state, { kind: 'wake', id: 'w' }, { now: at, instance: customer, uuid: String });
const approved = (openComplaints: 'wait' | 'withdraw') =>
  event(customerEvents.ErasureApproved, { requestId, openComplaints, channel: 'phone', dueAt, findings });

describe('DEC-15 an approved erasure', () => {
  it('is carried out when its three days are over, and not a moment before', () => {
    const { state, nextWakeAt } = told({}, approved('wait'));
    expect(nextWakeAt).toBe(dueAt);
    expect(wake(state, plus(dueAt, -1))).toEqual({ state, commands: [], nextWakeAt: dueAt });
    expect(wake(state, dueAt).commands).toEqual([{ stream: customer, type: 'customer.CarryOutErasure', data: {} }]);
  });

  it('is asked for again after an hour when nobody could tell what is open', () => {
    const command = { stream: customer, type: 'customer.CarryOutErasure', data: {} };
    const refused = { kind: 'refused', command, code: 'CUSTOMER.MATTERS_UNKNOWN', commandId: 'c' } as const;
    const context = { now: dueAt, instance: customer, uuid: String };
    expect(erasureProcess.react({ dueAt }, refused, context)).toEqual({
      state: { dueAt },
      commands: [],
      nextWakeAt: plus(dueAt, HOUR),
    });
  });

  it('withdraws what is open only where the person chose so', () => {
    expect(told({}, approved('wait')).commands).toEqual([]);
    expect(told({}, approved('withdraw')).commands).toEqual([
      {
        stream: complaint,
        type: 'complaint.WithdrawComplaint',
        data: { channel: 'phone', reason: 'erasure-requested' },
      },
    ]);
  });

  it('is tried again on the day it was postponed to', () => {
    const until = plus(dueAt, DAY);
    const postponed = told({ dueAt }, event(customerEvents.ErasurePostponed, { requestId, until, findings }));
    expect(postponed).toEqual({ state: { dueAt: until }, commands: [], nextWakeAt: until });
  });

  it('rings no more once it was withdrawn or carried out', () => {
    const ends = [
      event(customerEvents.ErasureRequestWithdrawn, { requestId, reason: 'changed-mind' }),
      event(customerEvents.CustomerErased, { requestId, subjects: [customer], exports: [], findings }),
    ];
    for (const end of ends) expect(told({ dueAt }, end)).toEqual({ state: {}, commands: [] });
    expect(wake({}, dueAt).commands).toEqual([]);
  });
});
