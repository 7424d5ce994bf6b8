import fc from 'fast-check';
import { event, instantOf, later, millisOf, type Instant } from '../../kernel/index';
import { localDateOf } from '../../policy/local-time';
import { scenarioOf } from '../../../testing/scenario';
import { customerEvents } from '../events';
import { customerRegistration } from '../registration';
import type { CustomerFacts, ErasureFindings } from './facts';
import { retentionOf } from './retention';

const stream = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const commandId = 'c0ffee00-0000-4000-8000-000000000001';
const complaint = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const nothing: ErasureFindings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
const process = { id: 'retention', role: 'system' } as const;
const agent = { id: 'agent-1', role: 'agent' } as const;
const manager = { id: 'manager-1', role: 'manager' } as const;

/** The last case ended on 1 October 2026 in the afternoon of Shanghai: kept to the end of 1 October 2029. */
const ended = '2026-10-01T08:00:00.000Z';
const over = '2029-10-01T16:00:00.000Z';
const justBefore = '2029-10-01T15:59:59.999Z';
const known: CustomerFacts = { findings: nothing, lastCaseEndedAt: ended, zone: 'Asia/Shanghai', exports: [] };

const registered = {
  told: event(customerEvents.CustomerRegistered, { tier: 'normal' }),
  at: '2026-01-01T00:00:00.000Z',
};
const asked = event(customerEvents.ErasureRequested, {
  requestId: commandId,
  asker: 'retention',
  openComplaints: 'wait',
  findings: nothing,
});
const requested = { told: asked, by: process, at: over };
const reviewed = (until: Instant, isOver: boolean, findings = nothing) =>
  event(customerEvents.RetentionReviewed, { until, over: isOver, lastCaseEndedAt: ended, findings });
const withdrawn = event(customerEvents.ErasureRequestWithdrawn, { requestId: commandId, reason: 'retention-moved' });

type Story = Parameters<ReturnType<typeof scenarioOf<CustomerFacts>>>;
const given = (facts: CustomerFacts, ...past: Story) =>
  scenarioOf<CustomerFacts>(customerRegistration, { stream, facts, actor: process, commandId })(...past);
const review = { type: 'customer.ReviewRetention', data: {} };
const approve = { type: 'customer.ApproveErasure', data: {} };
const carryOut = { type: 'customer.CarryOutErasure', data: {} };

describe('DEC-15 retention by default', () => {
  it('asks for the erasure when three years behind the last case are over, and not a moment before', () => {
    given(known, registered).at(justBefore).when(review).then(reviewed(over, false));
    given(known, registered).at(over).when(review).then(reviewed(over, true), asked);
  });

  it('counts from the registration where there never was a case', () => {
    const { lastCaseEndedAt: _none, ...without } = known;
    const until = '2029-01-01T16:00:00.000Z';
    given(without, registered)
      .at(until)
      .when(review)
      .then(event(customerEvents.RetentionReviewed, { until, over: true, findings: nothing }), asked);
  });

  it('waits for the end of warranty of any unit where that is later: a recall needs the contact', () => {
    const warrantyUntil = '2031-05-01T16:00:00.000Z';
    const findings = { ...nothing, warrantyUntil };
    given({ ...known, findings }, registered)
      .at(over)
      .when(review)
      .then(reviewed(warrantyUntil, false, findings));
  });

  it('is stopped by a legal hold, and by whatever is open, however old it is', () => {
    for (const held of ['openTickets', 'openComplaints', 'appeals', 'legalHolds'] as const) {
      const facts = { ...known, findings: { ...nothing, [held]: [complaint] } };
      given(facts, registered).at('2040-01-01T00:00:00.000Z').when(review).thenRefused('CUSTOMER.RETENTION_HELD');
    }
  });

  it('asks nothing while nobody can tell what is open', () =>
    given({}, registered).at(over).when(review).thenRefused('CUSTOMER.MATTERS_UNKNOWN'));

  it('asks nothing of whom is forgotten, or asked to be', () => {
    const theirs = event(customerEvents.ErasureRequested, {
      requestId: commandId,
      asker: 'customer',
      channel: 'phone',
      openComplaints: 'wait',
      findings: nothing,
    });
    given(known, registered, theirs).at(over).when(review).thenRefused('CUSTOMER.ERASURE_UNDER_WAY');
    given(known, registered, requested).at(over).when(review).thenRefused('CUSTOMER.ERASURE_UNDER_WAY');
    const erased = { requestId: commandId, subjects: [stream], exports: [], findings: nothing };
    given(known, registered, requested, event(customerEvents.CustomerErased, erased))
      .at(over)
      .when(review)
      .thenRefused('CUSTOMER.ERASED');
  });

  it('still takes the approval of a person, and the three days', () => {
    given(known, registered, requested)
      .by(manager)
      .at(over)
      .when(approve)
      .then(
        event(customerEvents.ErasureApproved, {
          requestId: commandId,
          openComplaints: 'wait',
          dueAt: '2029-10-04T16:00:00.000Z',
          findings: nothing,
        }),
      );
  });

  it('is not approved when there is a reason again to keep the data', () => {
    const again = { ...known, lastCaseEndedAt: '2029-09-01T00:00:00.000Z' };
    given(again, registered, requested)
      .by(manager)
      .at(over)
      .when(approve)
      .thenRefused('CUSTOMER.RETENTION_NOT_OVER', { until: '2032-09-01T16:00:00.000Z' });
    const held = { ...known, findings: { ...nothing, legalHolds: [complaint] } };
    given(held, registered, requested).by(manager).at(over).when(approve).thenRefused('CUSTOMER.RETENTION_HELD');
  });

  it('is taken back, approved or not, when a new case, a new unit or a longer warranty moved it', () => {
    const approved = event(customerEvents.ErasureApproved, {
      requestId: commandId,
      openComplaints: 'wait',
      dueAt: over,
      findings: nothing,
    });
    for (const moved of [
      { ...known, findings: { ...nothing, openComplaints: [complaint] } },
      { ...known, findings: { ...nothing, warrantyUntil: '2031-05-01T16:00:00.000Z' } },
      { ...known, lastCaseEndedAt: '2029-09-01T00:00:00.000Z' },
    ]) {
      given(moved, registered, requested).at(over).when(review).then(withdrawn);
      given(moved, registered, requested, approved).at('2029-10-05T00:00:00.000Z').when(carryOut).then(withdrawn);
    }
    const erased = { requestId: commandId, subjects: [stream], exports: [], findings: nothing };
    given(known, registered, requested, approved)
      .at('2029-10-05T00:00:00.000Z')
      .when(carryOut)
      .then(event(customerEvents.CustomerErased, erased));
  });

  it('is no word with which somebody shortens the time by hand', () => {
    const request = {
      type: 'customer.RequestErasure',
      data: { asker: 'retention', channel: 'phone', openComplaints: 'wait' },
    };
    given(known, registered)
      .by(agent)
      .at(justBefore)
      .when(request)
      .thenRefused('CUSTOMER.RETENTION_NOT_OVER', { until: over });
    given(known, registered).by(agent).at(over).when(request).thenTypes('customer.ErasureRequested');
  });
});

describe('DEC-15 how long the data of a person is kept', () => {
  const instants = fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
    .map((millis) => instantOf(millis));
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles');
  const maybe = fc.option(instants, { nil: undefined });

  it('is three calendar years and the rest of the day at least, never shorter for a warranty, never for ever by itself', () =>
    fc.assert(
      fc.property(instants, maybe, maybe, zones, (registeredAt, lastCaseEndedAt, warrantyUntil, zone) => {
        const { until } = retentionOf(registeredAt, {
          findings: { ...nothing, ...(warrantyUntil ? { warrantyUntil } : {}) },
          ...(lastCaseEndedAt ? { lastCaseEndedAt } : {}),
          zone,
        });
        const from = lastCaseEndedAt ?? registeredAt;
        expect(until >= later(from, warrantyUntil ?? from)).toBe(true);
        expect(Number(localDateOf(until, zone).slice(0, 4))).toBeGreaterThanOrEqual(
          Number(localDateOf(from, zone).slice(0, 4)) + 3,
        );
        const days = (millisOf(until) - millisOf(from)) / 86_400_000;
        expect(days).toBeGreaterThan(3 * 365 - 1 / 24);
        if (until !== warrantyUntil) expect(days).toBeLessThanOrEqual(3 * 365 + 2 + 1 / 24);
      }),
    ));

  it('ends with the 28th where a case ended on a 29 February', () => {
    const { until } = retentionOf('2020-01-01T00:00:00.000Z', {
      findings: nothing,
      lastCaseEndedAt: '2028-02-29T03:00:00.000Z',
      zone: 'Asia/Shanghai',
    });
    expect(localDateOf(until, 'Asia/Shanghai')).toBe('2031-03-01');
  });
});
