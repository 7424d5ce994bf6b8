import {
  ENGINEER,
  givenTicket,
  JOB,
  people,
  recordedAt,
  ticketCommand as command,
  ticketEvent as ticket,
  ticketPast as past,
  TICKET,
} from '../../testing/index';

const byHand = () => [
  ...past.registered(),
  ticket.handlingStarted({ route: 'return-exchange', role: 'agent', person: 'agent-1' }),
  ticket.owned({ step: 'handling', role: 'agent', person: 'agent-1' }),
];
const asSystem = (...events: Parameters<typeof givenTicket>) => givenTicket(...events).by(people.system);

describe('CLS-10 somebody takes a ticket that has no work order', () => {
  it('for oneself: agent, warehouse, expert', () =>
    givenTicket(...past.registered())
      .by(people.warehouse)
      .when(command.StartHandling({ route: 'parts-shipment', role: 'warehouse' }))
      .then(
        ticket.handlingStarted({ route: 'parts-shipment', role: 'warehouse', person: 'warehouse-1' }),
        ticket.owned({ step: 'handling', role: 'warehouse', person: 'warehouse-1' }),
      ));

  it('a supervisor names others, nobody else does', () => {
    const data = { route: 'development', role: 'developer-lead', person: 'lead-1' } as const;
    givenTicket(...past.registered())
      .by(people.supervisor)
      .when(command.StartHandling(data))
      .then(ticket.handlingStarted(data), ticket.owned({ step: 'handling', role: 'developer-lead', person: 'lead-1' }));
    givenTicket(...past.registered())
      .when(command.StartHandling(data))
      .thenRefused('TICKET.TAKEN_FOR_OTHERS');
    givenTicket(...past.registered())
      .when(command.StartHandling({ role: 'agent', person: 'agent-2' }))
      .thenRefused('TICKET.TAKEN_FOR_OTHERS');
  });

  it('not while a job is open, nor after a resolution was proposed', () => {
    givenTicket(...past.inProgress())
      .when(command.StartHandling({ role: 'agent' }))
      .thenRefused('TICKET.JOB_OPEN');
    givenTicket(...past.pendingConfirmation())
      .when(command.StartHandling({ role: 'agent' }))
      .thenRefused('TICKET.NOT_DISPATCHABLE');
  });

  it('a supervisor assigns the owner of a step; the same owner twice is nothing', () => {
    const expert = { step: 'handling', role: 'expert', reason: 'not-fixed' } as const;
    givenTicket(...past.inProgress())
      .by(people.supervisor)
      .when(command.AssignOwner(expert))
      .then(ticket.owned(expert));
    asSystem(...past.inProgress(), ticket.owned(expert))
      .when(command.AssignOwner(expert))
      .thenNothing();
    asSystem(...past.completed())
      .when(command.AssignOwner(expert))
      .thenRefused('TICKET.NOT_OPEN');
  });
});

describe('diagnosis, remote support and progress', () => {
  it('findings lie under the case’s key', () =>
    givenTicket(...past.inProgress())
      .by(people.engineer)
      .when(command.RecordDiagnosis({ faultCode: 'E1', cause: 'sensor', findings: '传感器开路' }))
      .then(
        ticket.diagnosed({ cause: 'sensor' }, { personal: [{ subject: TICKET, fields: { findings: '传感器开路' } }] }),
      ));

  it('a diagnosis says something, and may correct an earlier one until the end', () => {
    givenTicket(...past.inProgress())
      .when({ type: 'ticket.RecordDiagnosis', data: {} })
      .thenRefused('TICKET.NOTHING_SAID');
    givenTicket(...past.confirmed())
      .when(command.RecordDiagnosis())
      .thenTypes('ticket.DiagnosisRecorded');
    givenTicket(...past.completed())
      .when(command.RecordDiagnosis())
      .thenRefused('TICKET.NOT_OPEN');
  });

  it('INT-16 remote support is recorded with its steps, EXE progress with its milestone', () => {
    givenTicket(...past.registered())
      .when(command.GiveRemoteSupport({ steps: '重启' }))
      .then(ticket.remoteSupport({}, { personal: [{ subject: TICKET, fields: { steps: '重启' } }] }));
    givenTicket(...past.confirmed())
      .when(command.GiveRemoteSupport())
      .thenRefused('TICKET.NOT_BEING_HANDLED');
    givenTicket(...past.inProgress())
      .by(people.warehouse)
      .when(command.ReportProgress())
      .then(ticket.progress());
    givenTicket(...past.completed())
      .when(command.ReportProgress())
      .thenRefused('TICKET.NOT_OPEN');
  });
});

describe('SLA-12 pauses, by the job or by hand, never by both', () => {
  const until = '2026-10-03T10:00:00.000Z';

  it('by hand without a job, with a reason and an expected end ahead', () => {
    givenTicket(...byHand())
      .when(command.PauseTicket({ expectedUntil: '2026-10-03T18:00:00+08:00' }))
      .then(ticket.paused({ expectedUntil: until }));
    givenTicket(...byHand(), ticket.paused())
      .when(command.ResumeTicket())
      .then(ticket.resumed());
    givenTicket(...byHand())
      .when(command.ResumeTicket())
      .thenRefused('TICKET.NOT_PAUSED');
    givenTicket(...byHand(), ticket.paused())
      .when(command.PauseTicket())
      .thenRefused('TICKET.ALREADY_PAUSED');
    givenTicket(...past.inProgress())
      .when(command.PauseTicket())
      .thenRefused('TICKET.JOB_OPEN');
    givenTicket(...past.confirmed())
      .when(command.PauseTicket())
      .thenRefused('TICKET.NOT_DISPATCHABLE');
    givenTicket(...byHand())
      .at('2026-10-04T00:00:00.000Z')
      .when(command.PauseTicket({ expectedUntil: until }))
      .thenRefused('TICKET.ENDS_IN_PAST');
  });

  it('by the job, which alone resumes it', () => {
    const byJob = ticket.paused({ workOrderId: JOB, reason: 'awaiting-parts', expectedUntil: until });
    const paused = [...past.inProgress(), byJob];
    asSystem(...past.inProgress())
      .when(command.PauseByJob({ workOrderId: JOB, expectedUntil: until }))
      .then(byJob);
    asSystem(...paused)
      .when(command.PauseByJob({ workOrderId: JOB }))
      .thenNothing();
    asSystem(...paused)
      .when(command.ResumeByJob({ workOrderId: JOB }))
      .then(ticket.resumed({ workOrderId: JOB }));
    asSystem(...paused)
      .when(command.ResumeByJob())
      .thenNothing();
    givenTicket(...paused)
      .when(command.ResumeTicket())
      .thenRefused('TICKET.NOT_PAUSED');
    asSystem(...past.inProgress(), ticket.paused())
      .when(command.PauseByJob({ workOrderId: JOB }))
      .thenRefused('TICKET.ALREADY_PAUSED');
  });

  it('a job that opens or ends, and a resolution, leave no clock stopped', () => {
    asSystem(...past.registered(), ticket.paused())
      .when(command.OpenJob({ id: JOB }))
      .then(ticket.resumed(), ticket.jobOpened());
    asSystem(...past.inProgress(), ticket.paused({ workOrderId: JOB }))
      .when(command.EndJob({ id: JOB }))
      .then(ticket.resumed({ workOrderId: JOB }), ticket.jobEnded());
    givenTicket(...byHand(), ticket.paused())
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenTypes('ticket.TicketResumed', 'ticket.ResolutionProposed', 'ticket.OwnerAssigned');
  });
});

describe('jobs, as the process managers report them', () => {
  it('a job is opened once, and only while work goes on', () => {
    asSystem(...past.registered())
      .when(command.OpenJob({ id: JOB }))
      .then(ticket.jobOpened());
    asSystem(...past.inProgress())
      .when(command.OpenJob({ id: JOB }))
      .thenNothing();
    asSystem(...past.confirmed())
      .when(command.OpenJob())
      .thenRefused('TICKET.NOT_BEING_HANDLED');
  });

  it('its acceptance starts the handling, a second engineer’s takes it over', () => {
    const accepted = { workOrderId: JOB, route: 'visit', role: 'engineer', person: ENGINEER } as const;
    asSystem(...past.registered(), ticket.jobOpened())
      .when(command.StartHandlingByJob(accepted))
      .then(ticket.handlingStarted(accepted), ticket.owned({ step: 'handling', role: 'engineer', person: ENGINEER }));
    asSystem(...past.inProgress())
      .when(command.StartHandlingByJob(accepted))
      .thenNothing();
    asSystem(...past.inProgress())
      .when(command.StartHandlingByJob({ ...accepted, person: 'e-2' }))
      .thenTypes('ticket.HandlingStarted', 'ticket.OwnerAssigned');
    asSystem(...past.registered())
      .when(command.StartHandlingByJob(accepted))
      .thenRefused('TICKET.JOB_UNKNOWN');
    asSystem(...past.inProgress(), ticket.jobEnded())
      .when(command.StartHandlingByJob({ ...accepted, person: 'e-2' }))
      .thenRefused('TICKET.JOB_ENDED');
  });

  it('a cancelled job with no other open one sends the ticket back to dispatch', () => {
    const cancelled = { outcome: 'cancelled', workMinutes: 0 } as const;
    asSystem(...past.inProgress())
      .when(command.EndJob({ id: JOB, ...cancelled }))
      .then(ticket.jobEnded(cancelled), ticket.owned());
    givenTicket(...past.inProgress(), ticket.jobEnded(cancelled))
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenRefused('TICKET.FIRST_TOUCH_ONLY');
    const second = [...past.inProgress(), ticket.jobOpened({ id: 'job-2' })];
    asSystem(...second)
      .when(command.EndJob({ id: JOB, ...cancelled }))
      .then(ticket.jobEnded(cancelled));
  });

  it('a released job leaves the ticket in progress, with the supervisor', () => {
    asSystem(...past.inProgress())
      .when(command.ReleaseByJob({ workOrderId: JOB }))
      .then(ticket.owned({ step: 'supervision', role: 'supervisor', reason: 'released' }));
    asSystem(...past.pendingConfirmation())
      .when(command.ReleaseByJob({ workOrderId: JOB }))
      .thenRefused('TICKET.NOT_BEING_HANDLED');
  });

  it('a job may end after its ticket did, once', () => {
    const closed = [...past.inProgress(), ticket.closedUnresolved()];
    asSystem(...closed)
      .when(command.EndJob({ id: JOB }))
      .then(ticket.jobEnded());
    asSystem(...closed, ticket.jobEnded())
      .when(command.EndJob({ id: JOB }))
      .thenNothing();
    asSystem(...closed)
      .when(command.EndJob())
      .thenRefused('TICKET.JOB_UNKNOWN');
  });

  it('reports its diagnosis and proposes the resolution, before or after its end is noted', () => {
    asSystem(...past.inProgress())
      .when(command.ReportDiagnosisByJob({ workOrderId: JOB }))
      .then(ticket.diagnosed({ cause: 'sensor', workOrderId: JOB }));
    for (const known of [past.inProgress(), [...past.inProgress(), ticket.jobEnded()]])
      asSystem(...known)
        .when({ type: 'ticket.ProposeResolutionByJob', data: { workOrderId: JOB, by: 'visit' } })
        .then(
          ticket.resolutionProposed({ by: 'visit', workOrderId: JOB }),
          ticket.owned({ step: 'confirmation', role: 'agent' }),
        );
    asSystem(...past.inProgress())
      .when(command.ProposeResolutionByJob())
      .thenRefused('TICKET.JOB_UNKNOWN');
    asSystem(...past.confirmed())
      .when(command.ProposeResolutionByJob({ workOrderId: JOB }))
      .thenRefused('TICKET.NOT_BEING_HANDLED');
  });

  it('a job of an earlier cycle does not speak for the present one', () =>
    asSystem(...past.completed(), ticket.reopened())
      .when(command.ProposeResolutionByJob({ workOrderId: JOB }))
      .thenRefused('TICKET.JOB_UNKNOWN'));
});

describe('the consent gate', () => {
  const free = { cost: { amount: 0, currency: 'CNY' }, explanation: undefined as never };
  const covered = () => [...past.inProgress(), ticket.warranty()];
  const waiting = () => [
    ...past.inProgress(),
    ticket.solutionProposed(),
    ticket.owned({ step: 'consent', role: 'agent' }),
  ];

  it('opens by itself when it is free, covered and the unit stays', () =>
    givenTicket(...covered())
      .when(command.ProposeSolution(free))
      .then(ticket.solutionProposed({ cost: { amount: 0, currency: 'CNY' }, needsConsent: false })));

  it('asks the customer when it costs money, cover is not "in warranty", or the unit leaves', () => {
    const asked = ['ticket.SolutionProposed', 'ticket.OwnerAssigned'];
    givenTicket(...covered())
      .when(command.ProposeSolution())
      .thenTypes(...asked);
    givenTicket(...past.inProgress())
      .when(command.ProposeSolution(free))
      .thenTypes(...asked);
    givenTicket(...covered())
      .when(command.ProposeSolution({ ...free, unitLeavesCustomer: true }))
      .thenTypes(...asked);
    givenTicket(...waiting())
      .when(command.ProposeSolution())
      .thenRefused('TICKET.NOT_DISPATCHABLE');
  });

  it('consent leads back to the state that the proposal found', () => {
    givenTicket(...waiting())
      .by(people.customer)
      .when(command.AcceptSolution())
      .then(ticket.solutionAccepted(), ticket.owned({ step: 'handling', role: 'engineer', person: ENGINEER }));
    givenTicket(...past.registered(), ticket.solutionProposed(), ticket.owned({ step: 'consent', role: 'agent' }))
      .when(command.AcceptSolution())
      .then(ticket.solutionAccepted(), ticket.owned());
    givenTicket(...past.inProgress())
      .when(command.AcceptSolution())
      .thenRefused('TICKET.NOT_AWAITING_CONSENT');
    givenTicket(...waiting())
      .when(command.AcceptSolution({ contactId: 'nobody' }))
      .thenRefused('TICKET.CONTACT_UNKNOWN');
  });

  it('a declined solution leads to alternatives or to the end', () => {
    givenTicket(...waiting())
      .by(people.customer)
      .when(command.DeclineSolution())
      .then(ticket.solutionDeclined());
    const declined = [...waiting(), ticket.solutionDeclined()];
    givenTicket(...declined)
      .when(command.ProposeSolution())
      .thenTypes('ticket.SolutionProposed');
    givenTicket(...declined)
      .when(command.CloseUnresolved())
      .then(ticket.closedUnresolved({ reason: 'quote-declined' }));
    givenTicket(...past.inProgress())
      .when(command.DeclineSolution())
      .thenRefused('TICKET.NO_SOLUTION_TO_DECLINE');
    givenTicket(...past.registered())
      .when(command.DeclineSolution())
      .thenRefused('TICKET.NO_SOLUTION_TO_DECLINE');
  });

  it('the customer declines at the job, face to face', () =>
    asSystem(...past.inProgress())
      .when(command.DeclineSolutionByJob({ workOrderId: JOB }))
      .then(
        ticket.solutionDeclined({ channel: 'walk-in', workOrderId: JOB }),
        ticket.owned({ step: 'consent', role: 'agent', reason: 'solution-declined' }),
      ));

  it('a job cancelled meanwhile leads back to dispatch after consent', () =>
    givenTicket(...waiting(), ticket.jobEnded({ outcome: 'cancelled' }))
      .when(command.AcceptSolution())
      .then(ticket.solutionAccepted(), ticket.owned()));

  it('keeps the order of time: a story never goes back', () =>
    givenTicket(recordedAt('2026-10-02T00:00:00.000Z', ticket.registered()), ticket.classified())
      .when(command.VerifyContact())
      .then(ticket.verified()));
});
