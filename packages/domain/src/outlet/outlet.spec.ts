import { event } from '../kernel/index';
import { scenarioOf } from '../../testing/index';
import { outletEvents } from './events';
import { outletRegistration } from './registration';

const id = '4f0c8f7e-0000-4000-8000-000000000001';
const given = scenarioOf(outletRegistration, {
  stream: `outlet-${id}`,
  facts: {},
  actor: { id: 'supervisor-1', role: 'supervisor' },
});
const profile = {
  name: '示例服务网点',
  skills: ['gas'],
  categories: ['water-heater'],
  regions: ['310104'],
  capacity: 30,
};
const registered = event(outletEvents.OutletRegistered, { outletId: id, ...profile });
const deactivated = event(outletEvents.OutletDeactivated, { reason: 'contract-ended' });

describe('DSP-03 outlets that take jobs', () => {
  it('registers one, its phone under its own key', () => {
    given().when({ type: 'outlet.RegisterOutlet', data: profile }).then(registered);
    given()
      .when({ type: 'outlet.RegisterOutlet', data: { ...profile, phone: '13800000000' } })
      .then({ ...registered, personal: [{ subject: `outlet-${id}`, fields: { phone: '13800000000' } }] });
  });

  it('registers none twice, and changes none unknown', () => {
    given(registered).when({ type: 'outlet.RegisterOutlet', data: profile }).thenRefused('OUTLET.ALREADY_EXISTS');
    given().when({ type: 'outlet.ChangeOutletProfile', data: profile }).thenRefused('OUTLET.NOT_FOUND');
  });

  it('changes the profile', () =>
    given(registered)
      .when({ type: 'outlet.ChangeOutletProfile', data: { ...profile, capacity: 40 } })
      .then(event(outletEvents.OutletProfileChanged, { ...profile, capacity: 40 })));

  it('deactivates and reactivates', () => {
    const off = { type: 'outlet.DeactivateOutlet', data: { reason: 'contract-ended' } };
    const on = { type: 'outlet.ReactivateOutlet', data: { reason: 'contract-renewed' } };
    given(registered).when(off).then(deactivated);
    given(registered, deactivated).when(off).thenRefused('OUTLET.INACTIVE');
    given(registered, deactivated)
      .when(on)
      .then(event(outletEvents.OutletReactivated, { reason: 'contract-renewed' }));
    given(registered).when(on).thenRefused('OUTLET.ACTIVE');
  });
});
