import { event } from '../kernel/index';
import { scenarioOf } from '../../testing/index';
import { customerEvents } from './events';
import { customerRegistration } from './registration';

const stream = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const given = scenarioOf(customerRegistration, {
  stream,
  facts: {},
  actor: { id: 'agent-1', role: 'agent' },
});
const supervisor = { id: 'supervisor-1', role: 'supervisor' } as const;
const under = <F>(fields: F) => ({ personal: [{ subject: stream, fields }] });
const registered = event(
  customerEvents.CustomerRegistered,
  { tier: 'normal', region: '310104' },
  under({ name: '张三', phone: '13800000000' }),
);

describe('INT-11 customers with their contact', () => {
  it('registers one of normal tier, every personal part under the customer’s own key', () =>
    given()
      .when({
        type: 'customer.RegisterCustomer',
        data: { name: '张三', phone: '13800000000', region: '310104' },
      })
      .then(registered));

  it('registers nobody twice, and changes nobody unknown', () => {
    given(registered)
      .when({ type: 'customer.RegisterCustomer', data: { name: '张三' } })
      .thenRefused('CUSTOMER.ALREADY_EXISTS');
    given()
      .when({ type: 'customer.RecordConsent', data: { purpose: 'survey', given: true } })
      .thenRefused('CUSTOMER.NOT_FOUND');
  });

  it('corrects what is different and keeps the rest', () => {
    given(registered)
      .when({ type: 'customer.CorrectCustomerContact', data: { phone: '13800000001' } })
      .then(event(customerEvents.CustomerContactCorrected, {}, under({ phone: '13800000001' })));
    given(registered)
      .when({ type: 'customer.CorrectCustomerContact', data: { region: '310105' } })
      .then(event(customerEvents.CustomerContactCorrected, { region: '310105' }));
  });

  it('refuses a correction that says nothing', () =>
    given(registered)
      .when({ type: 'customer.CorrectCustomerContact', data: {} })
      .thenRefused('CUSTOMER.NOTHING_CORRECTED'));
});

describe('CLS-05 the customer’s tier', () => {
  const change = { type: 'customer.ChangeCustomerTier', data: { tier: 'vip', reason: 'key-account' } };
  const vip = event(customerEvents.CustomerTierChanged, { tier: 'vip', reason: 'key-account' });

  it('is changed with a reason', () => given(registered).by(supervisor).when(change).then(vip));

  it('is not changed to what it is', () => given(registered, vip).by(supervisor).when(change).thenNothing());
});

describe('SEC-05 consent', () => {
  it('is recorded each time it is given or withdrawn, for it is evidence', () => {
    const consent = event(customerEvents.ConsentRecorded, { purpose: 'data-handover', given: true });
    const record = (given_: boolean) => ({
      type: 'customer.RecordConsent',
      data: { purpose: 'data-handover', given: given_ },
    });
    given(registered).when(record(true)).then(consent);
    given(registered, consent).when(record(true)).then(consent);
    given(registered, consent)
      .when(record(false))
      .then(event(customerEvents.ConsentRecorded, { purpose: 'data-handover', given: false }));
  });
});
