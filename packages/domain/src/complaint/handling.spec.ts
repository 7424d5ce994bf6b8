import {
  COMPLAINT,
  complaintCommand as command,
  complaintEvent as complaint,
  complaintPast as past,
  complaintPeople as people,
  CUSTOMER,
  givenComplaint,
  REWORK,
  because,
} from '../../testing/index';
import { isRejection, type Actor, type DomainEvent } from '../kernel/index';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const by = (actor: Actor, told: DomainEvent) => ({ told, by: actor });
const urgent = () => complaint.severity({ severity: 'urgent', safety: true, reasons: ['safety'] });
const findings = (fields: object) => ({ personal: [{ subject: COMPLAINT, fields }] });

describe('CMP-06 verification', () => {
  it('says whether it is genuine and complete, with findings under the case’s key', () =>
    givenComplaint(...past.acknowledged())
      .when(command.VerifyComplaint())
      .then(complaint.verified({}, findings({ findings: '录音证实爽约两次' }))));

  it('needs its acknowledgement and a handler first, and comes before the outcome', () => {
    givenComplaint(...past.registered())
      .when(command.VerifyComplaint())
      .thenRefused('COMPLAINT.NOT_BEING_INVESTIGATED');
    givenComplaint(...past.registered(), complaint.acknowledged())
      .when(command.VerifyComplaint())
      .thenRefused('COMPLAINT.NO_HANDLER');
    givenComplaint(...past.told())
      .when(command.VerifyComplaint())
      .thenRefused('COMPLAINT.NOT_BEING_INVESTIGATED');
  });

  it('asks for information until the answer is complete or the request withdrawn', () => {
    givenComplaint(...past.acknowledged())
      .when(command.RequestInformation())
      .then(complaint.informationRequested({ requestId: ID }, findings({ question: '请提供发票照片' }) as never));
    const asked = [...past.acknowledged(), complaint.informationRequested()];
    const answer = command.ReceiveInformation({ requestId: 'request-1' });
    givenComplaint(...asked)
      .when(answer)
      .then(complaint.informationReceived({}, { personal: [{ subject: CUSTOMER, fields: { answer: '发票已上传' } }] }));
    givenComplaint(...asked, complaint.informationReceived({ complete: false }))
      .when(answer)
      .thenTypes('complaint.InformationReceived');
    givenComplaint(...past.acknowledged(), complaint.informationRequested({ from: 'staff' }))
      .when(answer)
      .then(complaint.informationReceived({}, findings({ answer: '发票已上传' })));
    givenComplaint(...asked)
      .when(command.WithdrawInformationRequest({ requestId: 'request-1' }))
      .then(complaint.requestWithdrawn({}, because(COMPLAINT, '已从录音确认')));
    for (const ended of [complaint.informationReceived(), complaint.requestWithdrawn()])
      for (const late of [answer, command.WithdrawInformationRequest({ requestId: 'request-1' })])
        givenComplaint(...asked, ended)
          .when(late)
          .thenRefused('COMPLAINT.REQUEST_UNKNOWN');
    givenComplaint(...past.acknowledged())
      .when(command.RequestInformation({ expectedBy: '2026-09-10T18:00:00+08:00' }))
      .thenRefused('COMPLAINT.EXPECTED_IN_PAST');
  });

  it('contains first: before it is acknowledged, verified or blamed', () => {
    givenComplaint(...past.registered(), urgent())
      .by(people.agent)
      .when(command.TakeContainment())
      .then(complaint.contained({}, findings({ description: '已通知客户断电停用' })));
    givenComplaint(...past.closed())
      .when(command.TakeContainment())
      .thenRefused('COMPLAINT.NOT_OPEN');
  });
});

describe('CMP-09 a plan with five parts', () => {
  it('is proposed after blame, words under the case’s key', () =>
    givenComplaint(...past.blamed())
      .when(command.ProposePlan())
      .then(
        complaint.planProposed({ planId: ID }, findings({ steps: [{ planStepId: 'p1', what: '改派高级工程师上门' }] })),
      ));

  it('CMP-08 an urgent one may be planned and started before blame, others not', () => {
    givenComplaint(...past.verified())
      .when(command.ProposePlan())
      .thenRefused('COMPLAINT.RESPONSIBILITY_BEFORE_PLAN');
    givenComplaint(...past.verified(), complaint.responsibilityProposed())
      .when(command.ProposePlan())
      .thenRefused('COMPLAINT.RESPONSIBILITY_BEFORE_PLAN');
    givenComplaint(...past.verified(), urgent())
      .when(command.ProposePlan())
      .thenTypes('complaint.ResolutionPlanProposed');
    const planned = [...past.verified(), urgent(), complaint.planProposed(), complaint.planApproved()];
    givenComplaint(...planned)
      .when(command.StartPlan())
      .then(complaint.planStarted());
    givenComplaint(...planned, complaint.severity())
      .when(command.StartPlan())
      .thenRefused('COMPLAINT.RESPONSIBILITY_BEFORE_PLAN');
  });

  it('a part with nothing in it says why; a budget of zero is one', () => {
    const none = { none: '客户只要求说明情况' };
    const empty = {
      diagnosis: none,
      measures: { steps: [], ...none },
      assignments: { list: [], ...none },
      milestones: { list: [], ...none },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    };
    givenComplaint(...past.blamed())
      .when(command.ProposePlan(empty))
      .then(
        complaint.planProposed(
          {
            planId: ID,
            diagnosis: {},
            measures: { steps: [] },
            assignments: { list: [] },
            milestones: { list: [] },
            budget: empty.budget,
          },
          {
            personal: [
              {
                subject: COMPLAINT,
                fields: {
                  none: { diagnosis: none.none, measures: none.none, assignments: none.none, milestones: none.none },
                },
              },
            ],
          },
        ),
      );
    givenComplaint(...past.blamed())
      .when(command.ProposePlan({ ...empty, diagnosis: {}, milestones: { list: [] } }))
      .thenRefused('COMPLAINT.PLAN_INCOMPLETE', { missing: ['diagnosis', 'milestones'] });
    givenComplaint(...past.blamed())
      .when(command.ProposePlan({ diagnosis: { cause: 'double-booked', ...none } }))
      .thenRefused('COMPLAINT.PLAN_SAYS_NONE', { parts: ['diagnosis'] });
  });

  it('refuses a step that stands twice, or that nobody measures', () => {
    const step = { planStepId: 'p1', measure: 'refund' } as const;
    givenComplaint(...past.blamed())
      .when(command.ProposePlan({ measures: { steps: [step, step] } }))
      .thenRefused('COMPLAINT.PLAN_STEP_TWICE');
    givenComplaint(...past.blamed())
      .when(command.ProposePlan({ assignments: { list: [{ planStepId: 'p9', role: 'agent' }] } }))
      .thenRefused('COMPLAINT.PLAN_STEP_UNKNOWN', { planSteps: ['p9'] });
    givenComplaint(...past.acknowledged())
      .when(command.ProposePlan())
      .thenRefused('COMPLAINT.NOT_VERIFIED');
  });

  it('is approved, or sent back, by another one', () => {
    const proposed = [...past.blamed(), by(people.crm, complaint.planProposed())];
    givenComplaint(...proposed)
      .by(people.supervisor)
      .when(command.ApprovePlan({ planId: 'plan-1' }))
      .then(complaint.planApproved());
    givenComplaint(...proposed)
      .by(people.supervisor)
      .when(command.RejectPlan({ planId: 'plan-1', reason: '依据不足' }))
      .then(complaint.planRejected({}, because(COMPLAINT, '依据不足')));
    const own = [...past.blamed(), by(people.quality, complaint.planProposed())];
    for (const decide of [command.ApprovePlan({ planId: 'plan-1' }), command.RejectPlan({ planId: 'plan-1' })]) {
      givenComplaint(...own)
        .by(people.quality)
        .when(decide)
        .thenRefused('COMPLAINT.PLAN_FOUR_EYES');
      givenComplaint(...proposed, complaint.planRejected())
        .by(people.quality)
        .when(decide)
        .thenRefused('COMPLAINT.PLAN_UNKNOWN');
    }
    givenComplaint(...proposed)
      .when(command.StartPlan())
      .thenRefused('COMPLAINT.NOT_PLANNED');
  });

  it('CMP-10 a review meeting is recorded by the roles that met', () =>
    givenComplaint(...past.acknowledged())
      .when(command.HoldReviewMeeting())
      .then(complaint.reviewMeeting({}, findings({ minutes: '同意更换压缩机' }))));
});

describe('CMP-11 the plan is executed', () => {
  it('step by step, each once, reopened when it wasn’t done after all', () => {
    givenComplaint(...past.executing())
      .when({ type: 'complaint.CompletePlanStep', data: { planStepId: 'p1' } })
      .then(complaint.stepCompleted());
    const done = [...past.executing(), complaint.stepCompleted()];
    givenComplaint(...done)
      .when(command.CompletePlanStep())
      .thenNothing();
    givenComplaint(...done)
      .when(command.ReopenPlanStep())
      .then(complaint.stepReopened());
    givenComplaint(...past.executing())
      .when(command.ReopenPlanStep())
      .thenNothing();
    givenComplaint(...past.executing())
      .when(command.CompletePlanStep({ planStepId: 'p9' }))
      .thenRefused('COMPLAINT.PLAN_STEP_UNKNOWN');
    givenComplaint(...past.executing())
      .when(command.ReopenPlanStep({ planStepId: 'p9' }))
      .thenRefused('COMPLAINT.PLAN_STEP_UNKNOWN');
    givenComplaint(...past.planned())
      .when(command.CompletePlanStep())
      .thenRefused('COMPLAINT.NOT_EXECUTING');
  });

  it('tells the outcome when every step is done', () => {
    const tell = command.CommunicateOutcome({ contactId: 'contact-3' });
    givenComplaint(...past.executing(), complaint.stepCompleted())
      .when(tell)
      .then(complaint.outcome({}, findings({ text: '已更换压缩机并试机正常' })));
    givenComplaint(...past.executing())
      .when(tell)
      .thenRefused('COMPLAINT.STEPS_OPEN');
    givenComplaint(...past.planned())
      .when(tell)
      .thenRefused('COMPLAINT.NOT_EXECUTING');
  });

  it('CMP-12 reports progress and promises with a time and the next steps; a promise is kept once', () => {
    givenComplaint(...past.executing())
      .when(command.ReportProgress())
      .then(complaint.progress({ expectedBy: '2026-10-05T10:00:00.000Z' }, findings({ text: '配件明日到货' })));
    givenComplaint(...past.registered())
      .when(command.GiveCommitment())
      .then(
        complaint.commitment(
          { commitmentId: ID },
          findings({ text: '周五前换新机', nextSteps: '到货后电话预约上门' }) as never,
        ),
      );
    givenComplaint(...past.registered())
      .when(command.GiveCommitment({ expectedBy: '2026-09-09T18:00:00+08:00' }))
      .thenRefused('COMPLAINT.EXPECTED_IN_PAST');
    const promised = [...past.registered(), complaint.commitment()];
    const keep = command.KeepCommitment({ commitmentId: 'commitment-1' });
    givenComplaint(...promised)
      .when(keep)
      .then(complaint.commitmentKept());
    givenComplaint(...promised, complaint.commitmentKept())
      .when(keep)
      .thenNothing();
    givenComplaint(...past.registered())
      .when(keep)
      .thenRefused('COMPLAINT.COMMITMENT_UNKNOWN');
    for (const talk of [command.ReportProgress(), command.GiveCommitment()])
      givenComplaint(...past.closed())
        .when(talk)
        .thenRefused('COMPLAINT.NOBODY_COMPLAINS');
  });
});

describe('a rework ticket does a step', () => {
  const open = command.OpenReworkTicket({ serviceType: undefined as never, category: undefined as never });
  const { serviceType: _serviceType, category: _category, ...plain } = open.data;
  const command1 = { type: open.type, data: plain };
  const opened = () => [...past.executing(), complaint.reworkOpened()];

  it('is opened for a step of the plan, for the complaint’s customer', () => {
    givenComplaint(...past.executing())
      .when(command1)
      .then(complaint.reworkOpened({ ticketId: ID }));
    givenComplaint(...opened())
      .when(command1)
      .thenRefused('COMPLAINT.STEP_IN_REWORK');
    givenComplaint(...opened())
      .when(command.CompletePlanStep())
      .thenRefused('COMPLAINT.STEP_IN_REWORK');
    givenComplaint(...past.executing(), complaint.stepCompleted())
      .when(command1)
      .thenRefused('COMPLAINT.STEP_DONE');
    givenComplaint(...past.planned())
      .when(command1)
      .thenRefused('COMPLAINT.NOT_EXECUTING');
    givenComplaint(...past.executing())
      .when(command.OpenReworkTicket({ planStepId: 'p9' }))
      .thenRefused('COMPLAINT.PLAN_STEP_UNKNOWN');
  });

  it('needs somebody to do it for', () => {
    const { customer: _customer, ...data } = complaint.registered().data;
    const anonymous = { ...complaint.registered(), data: { ...data, complainant: 'anonymous' as const } };
    const [, ...rest] = past.executing();
    givenComplaint(anonymous, ...rest)
      .when(command1)
      .thenRefused('COMPLAINT.NO_CUSTOMER_FOR_REWORK');
    const { decided } = givenComplaint(anonymous, ...rest).when(
      command.OpenReworkTicket({ customerId: '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0009' }),
    );
    expect(isRejection(decided)).toBe(false);
  });

  it('its completion, failure and reopening come back from the process, once', () => {
    const asSystem = (...story: Parameters<typeof givenComplaint>) => givenComplaint(...story).by(people.system);
    const complete = command.CompleteRework({ ticketId: REWORK });
    const fail = command.FailRework({ ticketId: REWORK });
    const again = command.ReopenRework({ ticketId: REWORK });
    const done = complaint.stepCompleted({ ticketId: REWORK });
    asSystem(...opened())
      .when(complete)
      .then(done);
    asSystem(...opened(), done)
      .when(complete)
      .thenNothing();
    asSystem(...opened())
      .when(fail)
      .then(complaint.reworkFailed());
    asSystem(...opened(), complaint.reworkFailed())
      .when(fail)
      .thenNothing();
    asSystem(...opened(), done)
      .when(again)
      .then(complaint.stepReopened({ ticketId: REWORK, reason: 'rework-reopened' }));
    asSystem(...opened(), done, complaint.stepReopened({ ticketId: REWORK, reason: 'rework-reopened' }))
      .when(complete)
      .then(done);
    asSystem(...opened())
      .when(again)
      .thenNothing();
    asSystem(...opened(), done, complaint.outcome())
      .when(again)
      .thenNothing();
    asSystem(...past.executing())
      .when(complete)
      .thenNothing();
  });

  it('after it failed the step is done by hand or by another ticket', () => {
    const failed = [...opened(), complaint.reworkFailed()];
    givenComplaint(...failed)
      .when(command.CompletePlanStep())
      .thenTypes('complaint.PlanStepCompleted');
    givenComplaint(...failed)
      .when(command1)
      .thenTypes('complaint.ReworkTicketOpened');
  });
});

describe('SLA-09 what the clocks of the control points did', () => {
  const remind = command.RemindControlPoint({ dueBy: '2026-10-02T08:00:00.000Z', severity: 'general' });
  const miss = (point: string, round = 1) => ({
    type: 'complaint.MissControlPoint',
    data: { point, dueBy: '2026-10-02T08:00:00.000Z', escalatedTo: 'supervisor', round },
  });
  const asSystem = (...story: Parameters<typeof givenComplaint>) => givenComplaint(...story).by(people.system);

  it('reminds and misses each once, only what is still to be met', () => {
    asSystem(...past.registered())
      .when(remind)
      .then(complaint.reminded({ severity: 'general' }));
    asSystem(...past.registered(), complaint.reminded())
      .when(remind)
      .thenNothing();
    asSystem(...past.acknowledged())
      .when(remind)
      .thenNothing();
    asSystem(...past.registered())
      .when(miss('acknowledge'))
      .then(complaint.missed());
    asSystem(...past.registered(), complaint.missed())
      .when(miss('acknowledge'))
      .thenNothing();
  });

  it.each([
    ['acknowledge', past.registered(), past.acknowledged()],
    ['responsibility', past.verified(), past.blamed()],
    ['plan', past.blamed(), [...past.blamed(), complaint.planProposed()]],
    ['execution', past.executing(), past.told()],
    ['verdict', past.told(), [...past.told(), complaint.verdict()]],
  ] as const)('%s is missed until it is met', (point, before, after) => {
    asSystem(...before)
      .when(miss(point))
      .thenTypes('complaint.ControlPointMissed');
    asSystem(...after)
      .when(miss(point))
      .thenNothing();
    asSystem(...past.closed())
      .when(miss(point))
      .thenNothing();
  });

  it('plan, execution and verdict belong to a round, the first two do not', () => {
    const second = [...past.told(), complaint.verdict({ verdict: 'dissatisfied' }), complaint.secondHandling()];
    asSystem(...second)
      .when(miss('plan', 1))
      .thenNothing();
    asSystem(...second)
      .when(miss('plan', 2))
      .thenTypes('complaint.ControlPointMissed');
    asSystem(...second, complaint.responsibilityRejected())
      .when(miss('responsibility', 1))
      .thenTypes('complaint.ControlPointMissed');
  });
});
