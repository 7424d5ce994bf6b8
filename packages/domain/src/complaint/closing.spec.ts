import {
  COMPLAINT,
  complaintCommand as command,
  complaintEvent as complaint,
  complaintPast as past,
  complaintPeople as people,
  CUSTOMER,
  givenComplaint,
  recordedAt,
  because,
} from '../../testing/index';
import { DAY, plus, type Actor, type DomainEvent } from '../kernel/index';

const by = (actor: Actor, told: DomainEvent) => ({ told, by: actor });
const attempt = (at: string) =>
  recordedAt(at, complaint.contacted({ contactId: `try-${at.replaceAll(':', '-')}`, reached: false }));
const dissatisfied = (round = 1) =>
  complaint.verdict({ verdict: 'dissatisfied', evaluationRefused: false, round, contactId: 'contact-3' });
/** The second round, told again; then the second verdict. */
const secondTold = () => [
  ...past.told(),
  dissatisfied(),
  complaint.secondHandling(),
  complaint.verified({ round: 2 }),
  complaint.planProposed({ round: 2 }),
  complaint.planApproved({ round: 2 }),
  complaint.planStarted({ round: 2 }),
  complaint.stepCompleted({ round: 2 }),
  complaint.outcome({ round: 2 }),
];
const dueForEscalation = () => [...secondTold(), dissatisfied(2)];
const escalated = () => [
  ...dueForEscalation(),
  by(people.supervisor, complaint.escalated({ round: 2 })),
  complaint.secondHandling({ round: 3 }),
];

describe('CMP-14 the verdict', () => {
  const satisfied = command.RecordVerdict({ contactId: 'contact-3' });

  it('satisfied comes with the evaluation form, or with its refusal', () => {
    const scores = { fairness: 'satisfied', timeliness: 'neutral', attitude: 'satisfied', result: 'very-satisfied' };
    givenComplaint(...past.told())
      .when(satisfied)
      .then(complaint.verdict({ evaluation: { ...scores, scaleVersion: 1 } as never, evaluationRefused: false }));
    const { evaluation: _evaluation, ...bare } = satisfied.data;
    givenComplaint(...past.told())
      .when({ type: satisfied.type, data: bare })
      .thenRefused('COMPLAINT.EVALUATION_MISSING');
    givenComplaint(...past.told())
      .when({ type: satisfied.type, data: { ...bare, evaluationRefused: true } })
      .then(complaint.verdict());
  });

  it('what the complainant said needs a contact that reached them', () => {
    const { contactId: _contactId, ...nobody } = satisfied.data;
    givenComplaint(...past.told())
      .when({ type: satisfied.type, data: nobody })
      .thenRefused('COMPLAINT.NO_PROOF_OF_VERDICT');
    givenComplaint(...past.told(), complaint.contacted({ contactId: 'contact-9', reached: false }))
      .when(command.RecordVerdict({ contactId: 'contact-9' }))
      .thenRefused('COMPLAINT.CONTACT_UNKNOWN');
    givenComplaint(...past.executing())
      .when(satisfied)
      .thenRefused('COMPLAINT.NO_VERDICT_AWAITED');
    givenComplaint(...past.told(), complaint.verdict())
      .when(satisfied)
      .thenRefused('COMPLAINT.VERDICT_RECORDED');
  });

  it('dissatisfied opens a second handling at once, back to verifying', () => {
    const unhappy = command.RecordVerdict({
      verdict: 'dissatisfied',
      contactId: 'contact-3',
      words: '问题还在',
      evaluation: undefined as never,
    });
    const { evaluation: _evaluation, ...data } = unhappy.data;
    givenComplaint(...past.told())
      .when({ type: unhappy.type, data })
      .then(
        complaint.verdict(
          { verdict: 'dissatisfied', evaluationRefused: false },
          { personal: [{ subject: CUSTOMER, fields: { words: '问题还在' } }] },
        ),
        complaint.secondHandling(),
      );
    givenComplaint(...past.told(), dissatisfied(), complaint.secondHandling())
      .when(command.ProposePlan())
      .thenRefused('COMPLAINT.NOT_VERIFIED');
  });

  it('no answer needs three attempts on two days; an answer may still come', () => {
    const silent = { type: 'complaint.RecordVerdict', data: { verdict: 'no-answer', channel: 'phone' } };
    const tried = (...times: string[]) => givenComplaint(...past.told(), ...times.map(attempt));
    tried('2026-10-02T01:00:00.000Z', '2026-10-02T02:00:00.000Z', '2026-10-03T01:00:00.000Z')
      .when(silent)
      .then(
        complaint.verdict({
          verdict: 'no-answer',
          evaluationRefused: false,
          attempts: 3,
          contactId: undefined as never,
        }),
      );
    tried('2026-10-02T01:00:00.000Z', '2026-10-02T02:00:00.000Z', '2026-10-02T03:00:00.000Z')
      .when(silent)
      .thenRefused('COMPLAINT.TOO_FEW_ATTEMPTS');
    tried('2026-10-02T01:00:00.000Z', '2026-10-03T01:00:00.000Z')
      .when(silent)
      .thenRefused('COMPLAINT.TOO_FEW_ATTEMPTS', { attempts: 2, days: 2, needed: { attempts: 3, days: 2 } });
    // 15:59Z and 16:01Z lie on two days in Shanghai.
    tried('2026-10-02T15:00:00.000Z', '2026-10-02T15:59:00.000Z', '2026-10-02T16:01:00.000Z')
      .when(silent)
      .thenTypes('complaint.VerdictRecorded');
    const heard = complaint.verdict({ verdict: 'no-answer', evaluationRefused: false, attempts: 3 });
    givenComplaint(...past.told(), heard)
      .when(satisfied)
      .thenTypes('complaint.VerdictRecorded');
    givenComplaint(...past.told(), heard)
      .when(silent)
      .thenRefused('COMPLAINT.VERDICT_RECORDED');
  });

  it('nobody can be asked who told no name', () => {
    const { customer: _customer, ...data } = complaint.registered().data;
    const [, ...rest] = past.told();
    givenComplaint({ ...complaint.registered(), data: { ...data, complainant: 'anonymous' as const } }, ...rest)
      .when({ type: 'complaint.RecordVerdict', data: { verdict: 'no-answer', channel: 'letter' } })
      .thenTypes('complaint.VerdictRecorded');
  });
});

describe('CMP-14, SLA-13 escalation', () => {
  const escalate = command.EscalateComplaint();

  it('a second dissatisfied verdict leaves nothing else, and a new handler starts a third round', () => {
    const { evaluation: _evaluation, ...unhappy } = command.RecordVerdict({
      verdict: 'dissatisfied',
      contactId: 'contact-3',
    }).data;
    givenComplaint(...secondTold())
      .when({ type: 'complaint.RecordVerdict', data: unhappy })
      .thenTypes('complaint.VerdictRecorded');
    givenComplaint(...dueForEscalation())
      .when({ type: 'complaint.RecordVerdict', data: unhappy })
      .thenRefused('COMPLAINT.ESCALATION_DUE');
    givenComplaint(...dueForEscalation())
      .by(people.supervisor)
      .when(escalate)
      .then(complaint.escalated({ round: 2 }), complaint.secondHandling({ round: 3 }));
  });

  it('goes to somebody who never handled it, nor is concerned', () => {
    givenComplaint(...dueForEscalation(), complaint.handler({ handler: { id: 'manager-2', role: 'manager' } }))
      .by(people.supervisor)
      .when(escalate)
      .thenRefused('COMPLAINT.HANDLER_NOT_NEW');
    givenComplaint(...dueForEscalation(), complaint.subject({ about: { staff: { id: 'manager-2', role: 'manager' } } }))
      .by(people.supervisor)
      .when(escalate)
      .thenRefused('COMPLAINT.HANDLER_CONCERNED');
  });

  it('may happen before, without a new round', () =>
    givenComplaint(...past.acknowledged())
      .by(people.supervisor)
      .when(command.EscalateComplaint({ reason: 'overdue' }))
      .then(complaint.escalated({ reason: 'overdue' })));
});

describe('CMP-15 every end has its proof, and needs the responsibility decided', () => {
  it('satisfied and no answer need that verdict', () => {
    givenComplaint(...past.told(), complaint.verdict())
      .when(command.CloseComplaint())
      .then(complaint.closed());
    givenComplaint(...past.told())
      .when(command.CloseComplaint())
      .thenRefused('COMPLAINT.VERDICT_MISSING');
    givenComplaint(...past.told(), complaint.verdict())
      .when(command.CloseComplaint({ outcome: 'no-answer' }))
      .thenRefused('COMPLAINT.VERDICT_MISSING');
    const open = past.told().filter(({ type }) => !type.startsWith('complaint.Responsibility'));
    givenComplaint(...open, complaint.verdict())
      .when(command.CloseComplaint())
      .thenRefused('COMPLAINT.RESPONSIBILITY_OPEN');
    givenComplaint(...open, complaint.verdict(), complaint.undetermined())
      .when(command.CloseComplaint())
      .thenTypes('complaint.ComplaintClosed');
    givenComplaint(...past.closed())
      .when(command.CloseComplaint())
      .thenRefused('COMPLAINT.NOBODY_COMPLAINS');
  });

  it('CMP-19 a final position comes after an escalation, from a manager not involved before, with recourse told', () => {
    const final = command.CloseComplaint({ outcome: 'final-position', recourse: ['12315', 'court'], text: '最终答复' });
    givenComplaint(...escalated())
      .by(people.secondManager)
      .when(final)
      .then(
        complaint.closed(
          {
            outcome: 'final-position',
            recourse: ['12315', 'court'],
            rounds: 3,
            verdicts: ['dissatisfied', 'dissatisfied'],
            round: 3,
          },
          { personal: [{ subject: COMPLAINT, fields: { text: '最终答复' } }] },
        ),
      );
    givenComplaint(...past.told(), complaint.verdict())
      .by(people.secondManager)
      .when(final)
      .thenRefused('COMPLAINT.NOT_ESCALATED');
    givenComplaint(...escalated())
      .by(people.supervisor)
      .when(final)
      .thenRefused('COMPLAINT.FINAL_POSITION_BY_MANAGER');
    const [first, ...rest] = escalated();
    givenComplaint(by(people.manager, first as DomainEvent), ...rest)
      .by(people.manager)
      .when(final)
      .thenRefused('COMPLAINT.MANAGER_INVOLVED');
    givenComplaint(...escalated())
      .by(people.secondManager)
      .when(command.CloseComplaint({ outcome: 'final-position' }))
      .thenRefused('COMPLAINT.RECOURSE_MISSING');
  });

  it('an external body’s decision ends it in any state', () => {
    const close = command.CloseComplaint({ outcome: 'external-body', referenceId: 'reference-1' });
    givenComplaint(...past.blamed(), complaint.external(), complaint.externalDecision())
      .when(close)
      .thenTypes('complaint.ComplaintClosed');
    givenComplaint(...past.blamed(), complaint.external())
      .when(close)
      .thenRefused('COMPLAINT.EXTERNAL_DECISION_MISSING');
  });
});

describe('a complaint that is not well founded', () => {
  const dismiss = command.CommunicateDismissal({ occurredAt: '2026-10-01T16:05:00+08:00' });
  const unfounded = () => [...past.acknowledged(), complaint.verified({ genuine: 'no' })];
  const dismissed = () => [...unfounded(), complaint.dismissed()];

  it('is dismissed with grounds and recourse, fifteen days for an appeal', () => {
    givenComplaint(...unfounded())
      .at('2026-10-01T08:07:00.000Z')
      .by(people.supervisor)
      .when(dismiss)
      .then(complaint.dismissed({}, { occurredAt: '2026-10-01T08:05:00.000Z' }));
    givenComplaint(...past.acknowledged())
      .by(people.supervisor)
      .when(dismiss)
      .thenRefused('COMPLAINT.NOT_VERIFIED');
    givenComplaint(...past.verified())
      .by(people.supervisor)
      .when(dismiss)
      .thenRefused('COMPLAINT.GENUINE');
    givenComplaint(...past.verified())
      .by(people.supervisor)
      .when(command.CommunicateDismissal({ grounds: 'out-of-scope' }))
      .thenTypes('complaint.DismissalCommunicated');
  });

  it('is appealed within them, back to verifying in a new round', () => {
    givenComplaint(...dismissed())
      .at('2026-10-16T08:07:00.000Z')
      .when(command.AppealDismissal())
      .then(complaint.dismissalAppealed({}, { personal: [{ subject: CUSTOMER, fields: { words: '我有通话录音' } }] }));
    givenComplaint(...dismissed())
      .at('2026-10-16T08:07:00.001Z')
      .when(command.AppealDismissal())
      .thenRefused('COMPLAINT.DISMISSAL_APPEAL_LATE');
    givenComplaint(...past.closed())
      .when(command.AppealDismissal())
      .thenRefused('COMPLAINT.NOT_DISMISSED');
    givenComplaint(...dismissed())
      .when(command.ReopenComplaint())
      .thenRefused('COMPLAINT.NOT_REOPENABLE');
    givenComplaint(...dismissed(), complaint.dismissalAppealed())
      .when(command.VerifyComplaint())
      .thenTypes('complaint.ComplaintVerified');
  });

  it('responsibility is found also afterwards', () =>
    givenComplaint(...dismissed())
      .when(command.ProposeResponsibility())
      .thenTypes('complaint.ResponsibilityProposed'));
});

describe('a withdrawal', () => {
  const safety = () => complaint.severity({ severity: 'urgent', safety: true, reasons: ['safety'] });
  const inside = () => [
    ...past.acknowledged(),
    safety(),
    complaint.withdrawn({ continuedInternally: true, reason: 'settled-with-engineer' }),
  ];

  it('ends an ordinary complaint', () => {
    givenComplaint(...past.executing())
      .when(command.WithdrawComplaint())
      .then(complaint.withdrawn({ reason: 'settled-with-engineer' }));
    givenComplaint(...past.executing(), complaint.withdrawn())
      .when(command.CompletePlanStep())
      .thenRefused('COMPLAINT.NOT_EXECUTING');
    givenComplaint(...past.executing(), complaint.withdrawn())
      .by(people.quality)
      .when(command.EndInternalHandling())
      .thenRefused('COMPLAINT.NOT_CONTINUED_INSIDE');
  });

  it('a safety complaint goes on inside: verified, planned and executed without its complainant', () => {
    givenComplaint(...past.acknowledged(), safety())
      .when(command.WithdrawComplaint())
      .thenTypes('complaint.ComplaintWithdrawn');
    givenComplaint(...inside())
      .when(command.VerifyComplaint())
      .thenTypes('complaint.ComplaintVerified');
    const story = [...inside(), complaint.verified(), complaint.planProposed(), complaint.planApproved()];
    givenComplaint(...story)
      .when(command.StartPlan())
      .thenTypes('complaint.PlanStarted');
    const executing = [...story, complaint.planStarted()];
    givenComplaint(...executing)
      .when(command.CommunicateOutcome())
      .thenRefused('COMPLAINT.NOBODY_COMPLAINS');
    const end = command.EndInternalHandling();
    givenComplaint(...executing)
      .by(people.quality)
      .when(end)
      .thenRefused('COMPLAINT.STEPS_OPEN');
    givenComplaint(...executing, complaint.stepCompleted())
      .by(people.quality)
      .when(end)
      .thenRefused('COMPLAINT.RESPONSIBILITY_OPEN');
    givenComplaint(...executing, complaint.stepCompleted(), complaint.undetermined())
      .by(people.quality)
      .when(end)
      .then(complaint.internalEnded({}, because(COMPLAINT, '隐患已排除')));
    givenComplaint(...executing, complaint.stepCompleted(), complaint.internalEnded())
      .when(command.CompletePlanStep())
      .thenRefused('COMPLAINT.NOT_EXECUTING');
  });

  it('before it was acknowledged, or after its outcome was told, it goes on where work is left', () => {
    givenComplaint(
      ...past.registered(),
      safety(),
      complaint.handler(),
      complaint.withdrawn({ continuedInternally: true }),
    )
      .when(command.VerifyComplaint())
      .thenTypes('complaint.ComplaintVerified');
    givenComplaint(...past.told(), safety(), complaint.withdrawn({ continuedInternally: true }))
      .by(people.quality)
      .when(command.EndInternalHandling())
      .thenTypes('complaint.InternalHandlingEnded');
  });
});

describe('a reopening', () => {
  it('within thirty days of the end, back to verifying', () => {
    const closedAt = '2026-10-05T08:00:00.000Z';
    const story = [...past.told(), complaint.verdict(), recordedAt(closedAt, complaint.closed())];
    givenComplaint(...story)
      .at(plus(closedAt, 30 * DAY))
      .when(command.ReopenComplaint())
      .then(complaint.reopened({}, { personal: [{ subject: CUSTOMER, fields: { words: '同样的问题又出现了' } }] }));
    givenComplaint(...story)
      .at(plus(closedAt, 30 * DAY + 1))
      .when(command.ReopenComplaint())
      .thenRefused('COMPLAINT.REOPEN_TOO_LATE');
    givenComplaint(...past.executing(), complaint.withdrawn())
      .when(command.ReopenComplaint())
      .then(
        complaint.reopened(
          { statusBefore: 'withdrawn' },
          { personal: [{ subject: CUSTOMER, fields: { words: '同样的问题又出现了' } }] },
        ),
      );
    givenComplaint(...past.told())
      .when(command.ReopenComplaint())
      .thenRefused('COMPLAINT.NOT_REOPENABLE');
  });

  it('a hazard in the words makes it urgent again', () =>
    givenComplaint(...past.closed())
      .when(command.ReopenComplaint({ words: '插座又漏电了' }))
      .thenTypes('complaint.ComplaintReopened', 'complaint.SeverityAssessed'));
});

describe('CMP-16 lessons', () => {
  it('are recorded in any state, under the case’s key', () =>
    givenComplaint(...past.closed())
      .when(command.RecordLessons())
      .then(complaint.lessons({}, { personal: [{ subject: COMPLAINT, fields: { lesson: '预约时核对工程师日程' } }] })));
});
