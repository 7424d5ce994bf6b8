import { because } from '../../testing/builders';
import { minutesIn, recordedAt } from '../../testing/recorded';
import { CUSTOMER, ENGINEER, TICKET } from '../../testing/ticket';
import {
  fieldPeople,
  givenWorkOrder,
  OUTLET,
  SECOND_ENGINEER,
  SIGNATURE,
  SIGNATURE_DIGEST,
  workOrderCommand as command,
  workOrderEvent as told,
  workOrderPast as past,
  WORK_ORDER,
} from '../../testing/work-order';
import type { FieldFact } from './field-facts';

const { supervisor, second, engineer } = fieldPeople;
const facts = (...reported: readonly (FieldFact & { occurredAt: string })[]) =>
  command.RecordFacts({ facts: [...reported] });
const other = { kind: 'engineer', id: SECOND_ENGINEER } as const;
const toOther = told.dispatched({ to: other });
const withoutTime = <T extends object>(data: T) => {
  const { occurredAt: _occurredAt, ...rest } = data as T & { occurredAt?: string };
  return rest;
};
/** The examples of the table without their time: it happens now. */
const now = <T extends { type: string; data: object }>({ type, data }: T) => ({ type, data: withoutTime(data) });

describe('EXE the trip, fact by fact', () => {
  it('goes from acceptance to leaving', () => {
    givenWorkOrder(...past.accepted())
      .when(now(command.StartTravel()))
      .then(told.travelStarted({ eta: '2026-10-02T02:10:00.000Z' }));
    givenWorkOrder(...past.accepted())
      .when(now(command.RecordArrival()))
      .then(told.arrived());
    givenWorkOrder(...past.accepted(), told.arrived())
      .when(now(command.ExplainRisks()))
      .then(told.risksExplained());
    givenWorkOrder(...past.accepted(), told.arrived())
      .when(now(command.StartWork()))
      .then(told.workStarted());
    givenWorkOrder(...past.working())
      .when(now(command.FitPart()))
      .thenTypes('work_order.PartFitted');
    givenWorkOrder(...past.working(), told.reported())
      .when(now(command.CompleteWork()))
      .then(told.completed({ workMinutes: 2 }));
    givenWorkOrder(...past.working(), told.completed())
      .when(now(command.CheckOutWithManager()))
      .then(told.checkedOut());
    givenWorkOrder(...past.working(), told.completed(), told.checkedOut())
      .when(now(command.LeaveSite()))
      .then(told.siteLeft({ checkedOut: true }));
  });
  it('EXE-16 records a missing check-out as a violation and never refuses it', () =>
    givenWorkOrder(...past.working(), told.completed())
      .when(now(command.LeaveSite()))
      .then(told.siteLeft()));
  it('is for those it was dispatched to', () => {
    givenWorkOrder(...past.accepted())
      .by(second)
      .when(now(command.StartWork()))
      .thenRefused('WORK_ORDER.NOT_YOURS');
    givenWorkOrder(told.planned())
      .by(supervisor)
      .when(now(command.StartWork()))
      .thenRefused('WORK_ORDER.NOBODY_ASSIGNED');
    givenWorkOrder(
      told.planned(),
      told.dispatched({ to: { kind: 'outlet', id: OUTLET } }),
      told.engineersNamed(),
      told.accepted({ by: { kind: 'outlet', id: OUTLET } }),
    )
      .by(second)
      .when(now(command.StartTravel()))
      .thenTypes('work_order.TravelStarted');
  });
  it('takes setting out without accepting as acceptance', () =>
    givenWorkOrder(...past.dispatched())
      .when(facts({ fact: 'TravelStarted', occurredAt: minutesIn(2) }))
      .then({ ...told.accepted(), occurredAt: minutesIn(2) }, { ...told.travelStarted(), occurredAt: minutesIn(2) }));
});

describe('DEC-14 repair time', () => {
  it('is the time from start to completion less suspensions, by the times that were said', () =>
    givenWorkOrder(...past.accepted(), told.reported())
      .at(minutesIn(600))
      .when(
        facts(
          { fact: 'WorkStarted', occurredAt: minutesIn(60) },
          { fact: 'WorkSuspended', occurredAt: minutesIn(90), reason: 'awaiting-test', expectedUntil: minutesIn(120) },
          { fact: 'WorkResumed', occurredAt: minutesIn(120) },
          { fact: 'WorkCompleted', occurredAt: minutesIn(135), outcome: 'fixed' },
        ),
      )
      .then(
        told.workStarted({}, { occurredAt: minutesIn(60) }),
        told.suspended({ reason: 'awaiting-test', expectedUntil: minutesIn(120) }, { occurredAt: minutesIn(90) }),
        told.resumed({}, { occurredAt: minutesIn(120) }),
        told.completed({ workMinutes: 45 }, { occurredAt: minutesIn(135) }),
      ));
});

describe('EXE-14 the service report', () => {
  const signed = now(
    command.FileServiceReport({
      acceptance: 'signed',
      signature: SIGNATURE,
      opinion: '师傅很专业',
      causeText: '电容老化',
    }),
  );
  it('keeps findings under the case’s key and what the customer said and signed under theirs', () =>
    givenWorkOrder(...past.working())
      .when(signed)
      .then(
        told.reported(
          { acceptance: 'signed', signatureDigest: SIGNATURE_DIGEST },
          {
            personal: [
              { subject: TICKET, fields: { causeText: '电容老化' } },
              { subject: CUSTOMER, fields: { opinion: '师傅很专业', signature: SIGNATURE } },
            ],
          },
        ),
      ));
  it('is refused when it is signed without a PNG, or refused without a reason, with a pointer each', () => {
    const malformed = (data: Parameters<typeof command.FileServiceReport>[0], pointer: string) =>
      expect(givenWorkOrder(...past.working()).when(now(command.FileServiceReport(data))).decided).toMatchObject({
        code: 'WORK_ORDER.FACTS_MALFORMED',
        details: { problems: [{ pointer }] },
      });
    malformed({ acceptance: 'signed' }, '/signature');
    malformed({ acceptance: 'signed', signature: 'R0lGODlhAQABAAAAACw=' }, '/signature');
    malformed({ acceptance: 'signed', signature: `${SIGNATURE}${'A'.repeat(43_644)}` }, '/signature');
    malformed({ acceptance: 'absent', signature: SIGNATURE }, '/signature');
    malformed({ acceptance: 'refused' }, '/refusalReason');
  });
  it('may be 32 KiB of signature and no more', () =>
    givenWorkOrder(...past.working())
      .when(
        now(
          command.FileServiceReport({
            acceptance: 'signed',
            signature: `${SIGNATURE}${'A'.repeat(43_692 - SIGNATURE.length - 1)}=`,
          }),
        ),
      )
      .thenTypes('work_order.ServiceReportFiled'));
  it('is waited for when a fixed job completes without it, and settles that itself when it comes', () => {
    const completed = told.completed({ workMinutes: 1, reportFiled: false });
    givenWorkOrder(...past.working())
      .when(now(command.CompleteWork()))
      .then(completed, told.conflict({ fact: 'WorkCompleted', kind: 'report-missing', stateThen: 'completed' }));
    givenWorkOrder(
      ...past.working(),
      completed,
      told.conflict({ fact: 'WorkCompleted', kind: 'report-missing', stateThen: 'completed' }),
    )
      .when(now(command.FileServiceReport()))
      .then(told.reported(), told.conflictSettled({ reason: 'report-filed' }));
  });
});

describe('late facts are stored whatever state they meet', () => {
  const late = facts(
    { fact: 'WorkStarted', occurredAt: minutesIn(30) },
    { fact: 'WorkCompleted', occurredAt: minutesIn(50), outcome: 'no-fault-found' },
  );
  const stored = [
    told.workStarted({}, { occurredAt: minutesIn(30) }),
    told.completed({ outcome: 'no-fault-found', workMinutes: 20, reportFiled: false }, { occurredAt: minutesIn(50) }),
  ];
  const also = [{ fact: 'WorkCompleted', occurredAt: minutesIn(50) }];

  it('raises one conflict for an order that was cancelled meanwhile', () =>
    givenWorkOrder(...past.accepted(), told.cancelled())
      .at(minutesIn(600))
      .when(late)
      .then(...stored, told.conflict({ kind: 'cancelled-meanwhile', stateThen: 'cancelled', also })));
  it('raises one for an order that somebody else has meanwhile, who keeps it', () => {
    givenWorkOrder(...past.accepted(), toOther)
      .at(minutesIn(600))
      .when(late)
      .then(...stored, told.conflict({ kind: 'redispatched-meanwhile', stateThen: 'dispatched', also }));
    givenWorkOrder(...past.accepted(), toOther, ...stored)
      .by(second)
      .at(minutesIn(600))
      .when(command.AcceptWorkOrder())
      .thenTypes('work_order.WorkOrderAccepted');
  });
  it('marks what is dated before the dispatch or before an earlier fact as suspect', () => {
    givenWorkOrder(told.planned(), recordedAt(minutesIn(100), told.dispatched({ acceptBy: minutesIn(130) })))
      .at(minutesIn(600))
      .when(facts({ fact: 'ArrivalRecorded', occurredAt: minutesIn(99), badgeShown: true }))
      .then(
        told.accepted({}, { occurredAt: minutesIn(100) }),
        told.arrived({}, { occurredAt: minutesIn(99) }),
        told.conflict({ fact: 'ArrivalRecorded', kind: 'dated-before-dispatch' }),
      );
    givenWorkOrder(...past.accepted(), told.workStarted({}, { occurredAt: minutesIn(60) }))
      .at(minutesIn(600))
      .when(facts({ fact: 'ArrivalRecorded', occurredAt: minutesIn(50), badgeShown: true }))
      .then(
        told.arrived({}, { occurredAt: minutesIn(50) }),
        told.conflict({ fact: 'ArrivalRecorded', kind: 'dated-out-of-order', stateThen: 'working' }),
      );
  });
  it('marks what does not fit the state', () =>
    givenWorkOrder(...past.accepted())
      .when(now(command.ResumeWork()))
      .then(told.resumed(), told.conflict({ fact: 'WorkResumed' })));
  it('has no trip on a remote job', () =>
    expect(
      givenWorkOrder(told.planned({ kind: 'remote' }), told.dispatched(), told.accepted()).when(
        now(command.StartTravel()),
      ).decided,
    ).toMatchObject([{}, { data: { kind: 'wrong-state' } }]));
  it('stores a fact that comes a second time once, and another use under a used id under one of its own', () => {
    const fitted = { occurredAt: minutesIn(30), ...told.partFitted().data } as const;
    const used = told.partFitted({}, { occurredAt: minutesIn(30) });
    const before = [...past.working(), recordedAt(minutesIn(40), used, engineer)];
    givenWorkOrder(...before)
      .at(minutesIn(600))
      .when(facts({ fact: 'PartFitted', ...fitted }))
      .thenNothing();
    givenWorkOrder(...before)
      .at(minutesIn(600))
      .when(facts({ fact: 'PartFitted', ...fitted, quantity: 2 }))
      .then(
        told.partFitted(
          { partUseId: 'c0ffee00-0000-4000-8000-000000000001-0', quantity: 2 },
          { occurredAt: minutesIn(30) },
        ),
        told.conflict({ fact: 'PartFitted', stateThen: 'working' }),
      );
  });
  it('knows the report and the check-out of the same batch, whatever its order', () =>
    givenWorkOrder(...past.working())
      .at(minutesIn(600))
      .when(
        facts(
          { fact: 'SiteLeft', occurredAt: minutesIn(80) },
          { fact: 'WorkCompleted', occurredAt: minutesIn(70), outcome: 'fixed' },
          { fact: 'ManagerCheckedOut', occurredAt: minutesIn(75) },
          { fact: 'ServiceReportFiled', occurredAt: minutesIn(70), ...told.reported().data },
        ),
      )
      .then(
        told.siteLeft({ checkedOut: true }, { occurredAt: minutesIn(80) }),
        told.completed({ workMinutes: 65 }, { occurredAt: minutesIn(70) }),
        told.checkedOut({}, { occurredAt: minutesIn(75) }),
        told.reported({}, { occurredAt: minutesIn(70) }),
        told.conflict({
          fact: 'WorkCompleted',
          kind: 'dated-out-of-order',
          stateThen: 'working',
          also: [
            { fact: 'ManagerCheckedOut', occurredAt: minutesIn(75) },
            { fact: 'ServiceReportFiled', occurredAt: minutesIn(70) },
          ],
        }),
      ));
  it('refuses the whole batch when one fact is malformed or more than five minutes ahead', () => {
    const good = { fact: 'WorkStarted', occurredAt: minutesIn(30) } as const;
    givenWorkOrder(...past.accepted())
      .at(minutesIn(60))
      .when(facts(good, { fact: 'WorkCompleted', occurredAt: minutesIn(50), outcome: 'further-visit-needed' }))
      .thenRefused('WORK_ORDER.FACTS_MALFORMED', {
        problems: [{ pointer: '/facts/1/reason', message: 'required when a further visit is needed' }],
      });
    givenWorkOrder(...past.accepted())
      .at(minutesIn(60))
      .when(facts(good, { fact: 'SiteLeft', occurredAt: '2026-10-01T09:05:00.001Z' }))
      .thenRefused('WORK_ORDER.FACT_AHEAD', {
        problems: [{ pointer: '/facts/1/occurredAt', message: 'more than 5 minutes ahead' }],
      });
  });
  it('fits a hundred facts into one append, and says when contradictions make it too many', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      fact: 'PartRemovedUnused' as const,
      occurredAt: minutesIn(10 + index),
      partNo: `P-${index}`,
      quantity: 1,
      unit: 'piece' as const,
    }));
    const accepted = givenWorkOrder(...past.working())
      .at(minutesIn(600))
      .when(facts(...hundred)).decided;
    expect(accepted).toHaveLength(100);
    givenWorkOrder(...past.working(), told.cancelled())
      .at(minutesIn(600))
      .when(facts(...hundred))
      .thenRefused('WORK_ORDER.BATCH_TOO_LARGE', { events: 101, limit: 100 });
    expect(
      givenWorkOrder(...past.working(), told.cancelled())
        .at(minutesIn(600))
        .when(facts(...hundred.slice(1))).decided,
    ).toHaveLength(100);
  });
});

describe('corrections and conflicts', () => {
  it('DEC-13 corrects a use that was recorded, also after the job', () => {
    givenWorkOrder(...past.working(), told.partFitted(), told.completed())
      .when(command.CorrectPartUse({ quantity: 0, reason: 'returned' }))
      .then(told.partUseCorrected());
    givenWorkOrder(...past.working())
      .when(command.CorrectPartUse())
      .thenRefused('WORK_ORDER.PART_USE_UNKNOWN', { partUseId: 'use-1' });
  });
  it('settles an open conflict once', () => {
    const settle = command.SettleFieldConflict({ conflictId: told.conflict().data.conflictId });
    givenWorkOrder(...past.working(), told.conflict())
      .by(supervisor)
      .when(settle)
      .then(told.conflictSettled({}, because(WORK_ORDER, '已电话核实')));
    givenWorkOrder(...past.working(), told.conflict(), told.conflictSettled())
      .by(supervisor)
      .when(settle)
      .thenRefused('WORK_ORDER.CONFLICT_UNKNOWN');
  });
  it('needs a work order', () =>
    givenWorkOrder()
      .by({ id: ENGINEER, role: 'engineer' })
      .when(now(command.StartWork()))
      .thenRefused('WORK_ORDER.NOT_FOUND'));
});
