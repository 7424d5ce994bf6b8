import {
  candidate,
  fieldPeople,
  givenWorkOrder,
  OUTLET,
  SECOND_ENGINEER,
  workOrderCommand as command,
  workOrderEvent as told,
  workOrderPast as past,
  WORK_ORDER,
} from '../../testing/work-order';
import { because } from '../../testing/builders';
import { minutesIn, recordedAt } from '../../testing/recorded';
import { ENGINEER } from '../../testing/ticket';

const { supervisor, system, engineer, second, outlet } = fieldPeople;
const bySystem = (...events: Parameters<typeof givenWorkOrder>) => givenWorkOrder(...events).by(system);
const bySupervisor = (...events: Parameters<typeof givenWorkOrder>) => givenWorkOrder(...events).by(supervisor);
const first = { kind: 'engineer', id: ENGINEER } as const;
const other = { kind: 'engineer', id: SECOND_ENGINEER } as const;

describe('DSP-01 planning a work order', () => {
  it('keeps times in UTC', () =>
    givenWorkOrder()
      .by(supervisor)
      .when(command.PlanWorkOrder({ customer: told.planned().data.customer! }))
      .then(
        told.planned({
          ...command.PlanWorkOrder().data,
          customer: told.planned().data.customer!,
          requestedWindow: { from: '2026-10-02T01:00:00.000Z', to: '2026-10-02T04:00:00.000Z' },
        }),
      ));
  it('refuses a window that ends before it starts', () =>
    givenWorkOrder()
      .by(system)
      .when(command.PlanWorkOrder({ requestedWindow: { from: '2026-10-02T09:00:00Z', to: '2026-10-02T09:00:00Z' } }))
      .thenRefused('WORK_ORDER.WINDOW_INVALID'));
  it('happens once', () =>
    bySystem(told.planned()).when(command.PlanWorkOrder()).thenRefused('WORK_ORDER.ALREADY_PLANNED'));
});

describe('DSP-04 automatic dispatch', () => {
  it('asks the best candidate, and records who else was looked at, where that was read and until when it waits', () =>
    bySystem(told.planned())
      .when(command.DispatchAutomatically())
      .then(
        told.dispatched({
          to: first,
          candidates: [
            { ...first, openJobs: 0, closeness: 4, excluded: [] },
            { ...other, openJobs: 2, closeness: 4, excluded: [] },
          ],
          candidatesTotal: 2,
          readPosition: 'store-1-00000000000000000042',
          acceptBy: minutesIn(31),
        }),
      ));
  it('DEC-01 counts the half hour on the reachable hours, for a safety case on every hour', () => {
    const late = '2026-10-01T13:50:00.000Z';
    const acceptBy = (safety: boolean) =>
      bySystem(told.planned({ safety })).at(late).when(command.DispatchAutomatically()).decided;
    expect(acceptBy(false)).toMatchObject([{ data: { acceptBy: '2026-10-02T00:20:00.000Z' } }]);
    expect(acceptBy(true)).toMatchObject([{ data: { acceptBy: '2026-10-01T14:20:00.000Z' } }]);
  });
  it('gives the order to the supervisor when nobody is left, and says why each was ruled out', () =>
    bySystem(told.planned())
      .knowing({ candidates: [candidate({ skills: [] })] })
      .when(command.DispatchAutomatically())
      .then(
        told.dispatchFailed({
          reason: 'nobody-left',
          candidates: [{ ...first, openJobs: 0, closeness: 4, excluded: ['skill'] }],
          candidatesTotal: 1,
          readPosition: 'store-1-00000000000000000042',
        }),
      ));
  it('says that it lacks the region of a visit', () => {
    const { region: _region, ...withoutRegion } = told.planned().data;
    expect(
      bySystem({ ...told.planned(), data: withoutRegion }).when(command.DispatchAutomatically()).decided,
    ).toMatchObject([{ type: 'work_order.DispatchFailed', data: { reason: 'no-region' } }]);
  });
  it('does nothing once somebody is asked, after it has failed, or when a person took the dispatch back', () => {
    bySystem(...past.dispatched())
      .when(command.DispatchAutomatically())
      .thenNothing();
    bySystem(told.planned(), told.dispatchFailed()).when(command.DispatchAutomatically()).thenNothing();
    bySystem(...past.dispatched(), told.withdrawn())
      .when(command.DispatchAutomatically())
      .thenNothing();
  });
  it('passes over who declined, and who gave the order back', () => {
    const next = { data: { to: other } };
    expect(bySystem(...past.dispatched(), told.declined()).when(command.DispatchAutomatically()).decided).toMatchObject(
      [next],
    );
    expect(bySystem(...past.accepted(), told.released()).when(command.DispatchAutomatically()).decided).toMatchObject([
      next,
    ]);
  });
});

describe('DSP-03 dispatch by hand', () => {
  it('may break filters with a reason, and both are recorded', () => {
    const skilless = { candidates: [candidate({ skills: [] })] };
    bySupervisor(told.planned())
      .knowing(skilless)
      .when(command.DispatchWorkOrder({ to: first }))
      .then(
        told.dispatched(
          {
            mode: 'manual',
            candidates: [{ ...first, openJobs: 0, closeness: 4, excluded: ['skill'] }],
            candidatesTotal: 1,
            readPosition: 'store-1-00000000000000000042',
            acceptBy: minutesIn(31),
            overrides: ['skill'],
          },
          because(WORK_ORDER, '客户指定'),
        ),
      );
    bySupervisor(told.planned())
      .knowing(skilless)
      .when({ type: 'work_order.DispatchWorkOrder', data: { to: first } })
      .thenRefused('WORK_ORDER.REASON_NEEDED', { overrides: ['skill'], replaces: false });
  });
  it('refuses somebody who does not exist', () =>
    bySupervisor(told.planned())
      .when(command.DispatchWorkOrder({ to: { kind: 'outlet', id: OUTLET } }))
      .thenRefused('WORK_ORDER.ASSIGNEE_UNKNOWN'));
  it('may give it to somebody else until anybody has set out', () => {
    bySupervisor(...past.accepted())
      .when(command.DispatchWorkOrder({ to: other }))
      .thenTypes('work_order.WorkOrderDispatched');
    bySupervisor(...past.accepted(), told.travelStarted())
      .when(command.DispatchWorkOrder({ to: other }))
      .thenRefused('WORK_ORDER.ALREADY_STARTED');
  });
  it('starts the count of declines anew', () =>
    givenWorkOrder(...past.dispatched(), told.declined(), told.dispatched({ to: first, mode: 'manual' }))
      .when(command.DeclineWorkOrder())
      .then(told.declined()));
});

describe('DSP-06 acceptance within half an hour', () => {
  it('is recorded with who accepts', () =>
    givenWorkOrder(...past.dispatched())
      .when(command.AcceptWorkOrder())
      .then(told.accepted()));
  it('is reminded of while it waits, and not afterwards', () => {
    bySystem(...past.dispatched())
      .at(minutesIn(21))
      .when(command.RemindAcceptance())
      .then(told.reminded());
    bySystem(...past.dispatched())
      .at(minutesIn(31))
      .when(command.RemindAcceptance())
      .thenNothing();
    bySystem(...past.accepted())
      .at(minutesIn(21))
      .when(command.RemindAcceptance())
      .thenNothing();
  });
  it('lapses when its time is over, never before, and never once accepted', () => {
    bySystem(...past.dispatched())
      .at(minutesIn(31))
      .when(command.LapseAcceptance())
      .then(told.lapsed());
    bySystem(...past.dispatched())
      .at(minutesIn(30))
      .when(command.LapseAcceptance())
      .thenNothing();
    bySystem(...past.accepted())
      .at(minutesIn(60))
      .when(command.LapseAcceptance())
      .thenNothing();
  });
  it('is valid late, until another is asked or the dispatch is withdrawn', () => {
    const lapsed = [...past.dispatched(), recordedAt(minutesIn(31), told.lapsed())];
    givenWorkOrder(...lapsed)
      .when(command.AcceptWorkOrder())
      .then(told.accepted({ late: true }));
    givenWorkOrder(...lapsed, told.dispatchFailed())
      .when(command.AcceptWorkOrder())
      .then(told.accepted({ late: true }));
    givenWorkOrder(...lapsed, told.dispatched({ to: other }))
      .when(command.AcceptWorkOrder())
      .thenRefused('WORK_ORDER.NOT_YOURS');
    givenWorkOrder(...past.dispatched(), told.withdrawn())
      .when(command.AcceptWorkOrder())
      .thenRefused('WORK_ORDER.NOT_AWAITING_ACCEPTANCE');
  });
  it('goes to the supervisor at the second decline or lapse', () => {
    const twice = [...past.dispatched(), told.declined(), told.dispatched({ to: other })];
    givenWorkOrder(...twice)
      .by(second)
      .when(command.DeclineWorkOrder())
      .then(told.declined({ by: other }), told.dispatchFailed({ reason: 'declined-twice' }));
    bySystem(...twice)
      .at(minutesIn(31))
      .when(command.LapseAcceptance())
      .then(told.lapsed({ by: other }), told.dispatchFailed({ reason: 'declined-twice' }));
  });
  it('is nobody else’s to give', () => {
    givenWorkOrder(...past.dispatched())
      .by(second)
      .when(command.AcceptWorkOrder())
      .thenRefused('WORK_ORDER.NOT_YOURS');
    givenWorkOrder(...past.dispatched())
      .by(second)
      .when(command.DeclineWorkOrder())
      .thenRefused('WORK_ORDER.NOT_YOURS');
    givenWorkOrder(...past.accepted())
      .when(command.AcceptWorkOrder())
      .thenRefused('WORK_ORDER.NOT_AWAITING_ACCEPTANCE');
  });
});

describe('an outlet sends its own people', () => {
  const toOutlet = [told.planned(), told.dispatched({ to: { kind: 'outlet', id: OUTLET } })];
  it('names them, with a lead among them', () => {
    givenWorkOrder(...toOutlet)
      .by(outlet)
      .when(command.NameEngineers({ engineers: [SECOND_ENGINEER, SECOND_ENGINEER], lead: SECOND_ENGINEER }))
      .then(told.engineersNamed());
    givenWorkOrder(...toOutlet)
      .by(outlet)
      .when(command.NameEngineers({ engineers: [SECOND_ENGINEER], lead: ENGINEER }))
      .thenRefused('WORK_ORDER.LEAD_NOT_NAMED');
    givenWorkOrder(...past.dispatched())
      .by(outlet)
      .when(command.NameEngineers())
      .thenRefused('WORK_ORDER.NOT_YOURS');
  });
  it('lets who was named accept for it', () =>
    givenWorkOrder(...toOutlet, told.engineersNamed())
      .by(second)
      .when(command.AcceptWorkOrder())
      .then(told.accepted({ by: { kind: 'outlet', id: OUTLET } })));
});

describe('giving back and taking back', () => {
  it('releases an accepted order before work on site', () => {
    givenWorkOrder(...past.accepted())
      .when(command.ReleaseWorkOrder())
      .then(told.released());
    givenWorkOrder(...past.working())
      .when(command.ReleaseWorkOrder())
      .thenRefused('WORK_ORDER.NOT_RELEASABLE');
    givenWorkOrder(...past.accepted())
      .by(second)
      .when(command.ReleaseWorkOrder())
      .thenRefused('WORK_ORDER.NOT_YOURS');
  });
  it('withdraws a dispatch before work on site', () => {
    bySupervisor(...past.accepted())
      .when(command.WithdrawDispatch())
      .then(told.withdrawn({}, because(WORK_ORDER, '改派')));
    bySupervisor(...past.working())
      .when(command.WithdrawDispatch())
      .thenRefused('WORK_ORDER.NOT_DISPATCHED');
    bySupervisor(told.planned()).when(command.WithdrawDispatch()).thenRefused('WORK_ORDER.NOT_DISPATCHED');
  });
  it('cancels what is still open, and says whether a trip was made', () => {
    bySystem(...past.accepted(), told.travelStarted())
      .when(command.CancelWorkOrder())
      .then(told.cancelled({ tripMade: true }));
    bySystem(...past.working(), told.completed())
      .when(command.CancelWorkOrder())
      .thenNothing();
    bySupervisor(...past.working(), told.completed())
      .when(command.CancelWorkOrder())
      .thenRefused('WORK_ORDER.ALREADY_ENDED');
  });
});

describe('EXE-02 appointments', () => {
  const window = { from: '2026-10-02T01:00:00.000Z', to: '2026-10-02T04:00:00.000Z' };
  it('are agreed once and then moved, before the arrival', () => {
    givenWorkOrder(...past.accepted())
      .when(command.AgreeAppointment({ window }))
      .then(told.appointmentAgreed());
    givenWorkOrder(...past.accepted(), told.appointmentAgreed())
      .when(command.AgreeAppointment())
      .thenRefused('WORK_ORDER.APPOINTMENT_EXISTS');
    givenWorkOrder(...past.accepted(), told.appointmentAgreed())
      .when(command.MoveAppointment())
      .then(told.appointmentMoved({ window }));
    givenWorkOrder(...past.accepted())
      .when(command.MoveAppointment())
      .thenRefused('WORK_ORDER.NO_APPOINTMENT');
    givenWorkOrder(...past.working())
      .when(command.AgreeAppointment())
      .thenRefused('WORK_ORDER.TOO_LATE_FOR_APPOINTMENT');
    givenWorkOrder(...past.accepted())
      .by(second)
      .when(command.AgreeAppointment())
      .thenRefused('WORK_ORDER.NOT_YOURS');
  });
  it('EXE-01 are prepared for', () =>
    givenWorkOrder(...past.accepted())
      .by(engineer)
      .when(command.CheckPreparation())
      .then(told.prepared()));
});
