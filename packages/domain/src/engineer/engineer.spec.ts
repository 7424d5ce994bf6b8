import { event } from '../kernel/index';
import { scenarioOf } from '../../testing/index';
import { engineerEvents } from './events';
import { engineerRegistration } from './registration';

const id = '3f0c8f7e-0000-4000-8000-000000000001';
const given = scenarioOf(engineerRegistration, {
  stream: `engineer-${id}`,
  facts: {},
  actor: { id: 'supervisor-1', role: 'supervisor' },
});
const profile = { skills: ['refrigeration'], categories: ['air-conditioner'], regions: ['3101'], capacity: 6 };
const registered = event(
  engineerEvents.EngineerRegistered,
  { engineerId: id, ...profile },
  { personal: [{ subject: `engineer-${id}`, fields: { name: '张三', phone: '13800000000' } }] },
);
const deactivated = event(engineerEvents.EngineerDeactivated, { reason: 'left' });
const shift = (from: string, to: string) => ({ from: `2026-12-01T${from}:00+08:00`, to: `2026-12-01T${to}:00+08:00` });
const plan = (...shifts: { from: string; to: string }[]) => ({
  type: 'engineer.PlanDuty',
  data: { from: '2026-12-01T00:00:00+08:00', to: '2026-12-02T00:00:00+08:00', shifts },
});
const absence = {
  type: 'engineer.RecordAbsence',
  data: { from: '2026-12-01T08:00:00+08:00', to: '2026-12-01T20:00:00+08:00', reason: 'illness' },
};

describe('DSP-02 engineers with what they can do and where', () => {
  it('registers one, name and phone under the engineer’s own key', () =>
    given()
      .when({ type: 'engineer.RegisterEngineer', data: { ...profile, name: '张三', phone: '13800000000' } })
      .then(registered));

  it('registers nobody twice, and changes nobody unknown', () => {
    given(registered)
      .when({ type: 'engineer.RegisterEngineer', data: { ...profile, name: '张三' } })
      .thenRefused('ENGINEER.ALREADY_EXISTS');
    given().when({ type: 'engineer.ChangeEngineerProfile', data: profile }).thenRefused('ENGINEER.NOT_FOUND');
  });

  it('changes the profile', () =>
    given(registered)
      .when({ type: 'engineer.ChangeEngineerProfile', data: { ...profile, capacity: 8 } })
      .then(event(engineerEvents.EngineerProfileChanged, { ...profile, capacity: 8 })));

  it('deactivates and reactivates', () => {
    given(registered)
      .when({ type: 'engineer.DeactivateEngineer', data: { reason: 'left' } })
      .then(deactivated);
    given(registered, deactivated)
      .when({ type: 'engineer.DeactivateEngineer', data: { reason: 'left' } })
      .thenRefused('ENGINEER.INACTIVE');
    given(registered, deactivated)
      .when({ type: 'engineer.ReactivateEngineer', data: {} })
      .then(event(engineerEvents.EngineerReactivated, { confirmed: true }));
    given(registered).when({ type: 'engineer.ReactivateEngineer', data: {} }).thenRefused('ENGINEER.ACTIVE');
  });
});

describe('DSP-04 duty and absence', () => {
  it('plans shifts in order and in UTC', () =>
    given(registered)
      .when(plan(shift('13:00', '20:00'), shift('08:00', '12:00')))
      .then(
        event(engineerEvents.DutyPlanned, {
          from: '2026-11-30T16:00:00.000Z',
          to: '2026-12-01T16:00:00.000Z',
          shifts: [
            { from: '2026-12-01T00:00:00.000Z', to: '2026-12-01T04:00:00.000Z' },
            { from: '2026-12-01T05:00:00.000Z', to: '2026-12-01T12:00:00.000Z' },
          ],
        }),
      ));

  it('refuses shifts that overlap, end before they begin or lie outside the period', () => {
    given(registered)
      .when(plan(shift('08:00', '12:00'), shift('11:00', '14:00')))
      .thenRefused('ENGINEER.SHIFTS_OVERLAP');
    given(registered)
      .when(plan(shift('12:00', '08:00')))
      .thenRefused('ENGINEER.SHIFT_OUTSIDE_PERIOD');
    given(registered)
      .when(plan({ from: '2026-12-02T08:00:00+08:00', to: '2026-12-02T12:00:00+08:00' }))
      .thenRefused('ENGINEER.SHIFT_OUTSIDE_PERIOD');
  });

  it('plans no duty for somebody who was deactivated', () =>
    given(registered, deactivated).when(plan()).thenRefused('ENGINEER.INACTIVE'));

  it('lets engineers record their own absence only', () => {
    given(registered)
      .by({ id, role: 'engineer' })
      .when(absence)
      .then(
        event(engineerEvents.AbsenceRecorded, {
          from: '2026-12-01T00:00:00.000Z',
          to: '2026-12-01T12:00:00.000Z',
          reason: 'illness',
        }),
      );
    given(registered).by({ id: 'other', role: 'engineer' }).when(absence).thenRefused('ENGINEER.NOT_OWN');
  });

  it('refuses a period that ends before it begins', () =>
    given(registered)
      .when({ ...absence, data: { ...absence.data, to: '2026-11-30T08:00:00+08:00' } })
      .thenRefused('ENGINEER.PERIOD_INVALID'));
});
