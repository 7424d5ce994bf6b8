import { event, type DomainEvent } from '../../kernel/index';
import { because } from '../../../testing/builders';
import type { Told } from '../../../testing/recorded';
import { scenarioOf } from '../../../testing/scenario';
import { customerEvents } from '../events';
import { customerRegistration } from '../registration';
import type { ErasureFindings } from './facts';

const stream = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const nothing: ErasureFindings = { openTickets: [], openComplaints: [], appeals: [], legalHolds: [] };
const ticket = 'ticket-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const agent = { id: 'agent-1', role: 'agent' } as const;
const manager = { id: 'manager-1', role: 'manager' } as const;
const system = { id: 'erasure', role: 'system' } as const;
const now = '2026-10-01T08:00:00.000Z';
const given = (findings: ErasureFindings | undefined, ...events: (DomainEvent | Told)[]) =>
  scenarioOf(customerRegistration, { stream, facts: findings ? { findings, exports: [] } : {}, actor: agent })(
    ...events,
  );

const requestId = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f00aa';
const registered = event(
  customerEvents.CustomerRegistered,
  { tier: 'normal' },
  { personal: [{ subject: stream, fields: { name: '张三' } }] },
);
const asked = { requestId, asker: 'customer', channel: 'phone', openComplaints: 'wait', findings: nothing } as const;
const requested = { told: event(customerEvents.ErasureRequested, asked), by: agent };
const approved = (dueAt: string) =>
  event(customerEvents.ErasureApproved, {
    requestId,
    openComplaints: 'wait',
    channel: 'phone',
    dueAt,
    findings: nothing,
  });
const erased = event(customerEvents.CustomerErased, {
  requestId,
  subjects: [stream],
  exports: [],
  findings: nothing,
});

const request = {
  type: 'customer.RequestErasure',
  data: { asker: 'customer', channel: 'phone', openComplaints: 'wait' },
};
const approve = { type: 'customer.ApproveErasure', data: {} };
const carryOut = { type: 'customer.CarryOutErasure', data: {} };

describe('DEC-15 forgetting a person is a process', () => {
  it('begins with what is still open, and stops the use of the data at once', () => {
    given(nothing, registered, requested)
      .when({ type: 'customer.CorrectCustomerContact', data: { phone: '13800000001' } })
      .thenRefused('CUSTOMER.RESTRICTED');
    given(nothing, registered, requested)
      .when({ type: 'customer.RecordConsent', data: { purpose: 'marketing', given: true } })
      .thenRefused('CUSTOMER.RESTRICTED');
    given(nothing, registered, requested).when(request).thenRefused('CUSTOMER.ERASURE_UNDER_WAY');
    given(nothing, registered).when(request).thenTypes('customer.ErasureRequested');
  });

  it('does not begin while nobody can tell what is open', () =>
    given(undefined, registered).when(request).thenRefused('CUSTOMER.MATTERS_UNKNOWN'));

  it('is approved by somebody else than who recorded the request, and waits three days', () => {
    given(nothing, registered, requested)
      .by({ id: 'agent-1', role: 'manager' })
      .when(approve)
      .thenRefused('CUSTOMER.ERASURE_NEEDS_A_SECOND_PERSON');
    given(nothing, registered, requested).by(manager).at(now).when(approve).then(approved('2026-10-04T08:00:00.000Z'));
    given(nothing, registered, requested, approved(now))
      .by(manager)
      .when(approve)
      .thenRefused('CUSTOMER.ERASURE_NOT_AWAITING_APPROVAL');
  });

  it('is not carried out before its time, nor without approval', () => {
    given(nothing, registered, requested, approved('2026-10-04T08:00:00.000Z'))
      .by(system)
      .at(now)
      .when(carryOut)
      .thenNothing();
    given(nothing, registered, requested).by(system).when(carryOut).thenRefused('CUSTOMER.ERASURE_NOT_APPROVED');
  });

  it('is postponed day by day while a case, an appeal or a legal hold is open', () => {
    for (const found of [
      { openTickets: [ticket] },
      { openComplaints: [ticket] },
      { appeals: [ticket] },
      { legalHolds: [ticket] },
    ]) {
      const findings = { ...nothing, ...found };
      given(findings, registered, requested, approved(now))
        .by(system)
        .at(now)
        .when(carryOut)
        .then(event(customerEvents.ErasurePostponed, { requestId, until: '2026-10-02T08:00:00.000Z', findings }));
    }
  });

  it('is told about an unexpired warranty, which does not hinder it', () => {
    const findings = { ...nothing, warrantyUntil: '2027-10-01T00:00:00.000Z' };
    given(findings, registered, requested, approved(now))
      .by(system)
      .at(now)
      .when(carryOut)
      .then(event(customerEvents.CustomerErased, { requestId, subjects: [stream], exports: [], findings }));
  });

  it('ends with the person forgotten, for every later command', () => {
    given(nothing, registered, requested, approved(now)).by(system).at(now).when(carryOut).then(erased);
    for (const command of [request, carryOut, { type: 'customer.CorrectCustomerContact', data: { name: '张三' } }])
      given(nothing, registered, requested, approved(now), erased)
        .by(command === carryOut ? system : agent)
        .when(command)
        .thenRefused('CUSTOMER.ERASED');
  });

  it('can be withdrawn or refused until then, and the data is used again', () => {
    const withdraw = { type: 'customer.WithdrawErasureRequest', data: { reason: 'changed-mind' } };
    const withdrawn = event(customerEvents.ErasureRequestWithdrawn, { requestId, reason: 'changed-mind' });
    given(nothing, registered, requested, approved(now)).when(withdraw).then(withdrawn);
    given(nothing, registered).when(withdraw).thenRefused('CUSTOMER.NO_ERASURE');
    given(nothing, registered, requested)
      .by(manager)
      .when({ type: 'customer.RefuseErasure', data: { reason: '法定保存期未满' } })
      .then(event(customerEvents.ErasureRefused, { requestId }, because(stream, '法定保存期未满')));
    given(nothing, registered, requested, withdrawn)
      .when({ type: 'customer.CorrectCustomerContact', data: { region: '310104' } })
      .then(event(customerEvents.CustomerContactCorrected, { region: '310104' }));
  });
});
