import {
  CUSTOMER,
  ENGINEER,
  givenTicket,
  JOB,
  minutesIn,
  people,
  recordedAt,
  ticketCommand as command,
  ticketEvent as ticket,
  ticketFacts,
  ticketPast as past,
} from '../../testing/index';

const asSystem = (...events: Parameters<typeof givenTicket>) => givenTicket(...events).by(people.system);
const engineer = { step: 'handling', role: 'engineer', person: ENGINEER } as const;
const parts = [{ partNo: 'P-1', quantity: 1, unit: 'piece' }];

describe('INT-16 solved at first touch', () => {
  it('straight from pending dispatch, and only as first touch', () => {
    givenTicket(...past.registered())
      .when({ type: 'ticket.ProposeResolution', data: { by: 'first-touch', remedy: 'explained' } })
      .then(ticket.resolutionProposed({ remedy: 'explained' }), ticket.owned({ step: 'confirmation', role: 'agent' }));
    givenTicket(...past.registered())
      .when(command.ProposeResolution({ by: 'remote' }))
      .thenRefused('TICKET.FIRST_TOUCH_ONLY');
    givenTicket(...past.inProgress())
      .when(command.ProposeResolution())
      .thenRefused('TICKET.NOT_FIRST_TOUCH');
    givenTicket(...past.confirmed())
      .when(command.ProposeResolution())
      .thenRefused('TICKET.NOT_DISPATCHABLE');
  });
});

describe('CLO-02, CLO-03 the customer’s verdict', () => {
  it('by the tracking link it needs no other proof', () =>
    givenTicket(...past.pendingConfirmation())
      .by(people.customer)
      .when(command.ConfirmResolution())
      .then(ticket.confirmed(), ticket.owned({ step: 'follow-up', role: 'agent' })));

  it('staff need a contact that reached the customer, or a signature', () => {
    const pending = [
      ...past.pendingConfirmation(),
      ticket.contacted(),
      ticket.contacted({ contactId: 'c-2', reached: false }),
    ];
    const confirm = (data: object) =>
      givenTicket(...pending).when(command.ConfirmResolution({ channel: 'phone', ...data }));
    confirm({}).thenRefused('TICKET.NO_PROOF_OF_CONFIRMATION');
    confirm({ contactId: 'c-2' }).thenRefused('TICKET.CONTACT_UNKNOWN');
    confirm({ contactId: 'contact-1' }).thenTypes('ticket.ResolutionConfirmed', 'ticket.OwnerAssigned');
    confirm({ signatureDigest: 'a'.repeat(64) }).thenTypes('ticket.ResolutionConfirmed', 'ticket.OwnerAssigned');
  });

  it('never by who did the job', () =>
    givenTicket(...past.pendingConfirmation(), ticket.contacted())
      .by({ id: ENGINEER, role: 'expert' })
      .when(command.ConfirmResolution({ contactId: 'contact-1' }))
      .thenRefused('TICKET.OWN_JOB'));

  it('by the signature on the report', () => {
    const signatureDigest = 'a'.repeat(64);
    asSystem(...past.pendingConfirmation())
      .when(command.ConfirmBySignature({ workOrderId: JOB }))
      .then(
        ticket.confirmed({ channel: 'signature', signatureDigest }),
        ticket.owned({ step: 'follow-up', role: 'agent' }),
      );
    asSystem(...past.pendingConfirmation())
      .when(command.ConfirmBySignature())
      .thenRefused('TICKET.JOB_UNKNOWN');
  });

  it('needs a proposed resolution', () => {
    givenTicket(...past.inProgress())
      .when(command.ConfirmResolution())
      .thenRefused('TICKET.NOT_AWAITING_CONFIRMATION');
    givenTicket(...past.inProgress())
      .when(command.RejectResolution())
      .thenRefused('TICKET.NOT_AWAITING_CONFIRMATION');
    asSystem(...past.inProgress())
      .when(command.ConfirmBySignature())
      .thenRefused('TICKET.NOT_AWAITING_CONFIRMATION');
  });
});

describe('CLO-04 a customer who is not satisfied', () => {
  const rejected = () => [...past.pendingConfirmation(), ticket.rejected(), ticket.owned(engineer)];

  it('gets the same engineer back', () =>
    givenTicket(...past.pendingConfirmation())
      .by(people.customer)
      .when(command.RejectResolution({ words: '还是不制冷' }))
      .then(
        ticket.rejected({}, { personal: [{ subject: CUSTOMER, fields: { words: '还是不制冷' } }] }),
        ticket.owned(engineer),
      ));

  it('gets a new diagnosis before the next proposal', () => {
    asSystem(...rejected())
      .when(command.ProposeResolutionByJob({ workOrderId: JOB }))
      .thenRefused('TICKET.NEEDS_NEW_DIAGNOSIS');
    givenTicket(...rejected())
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenRefused('TICKET.NEEDS_NEW_DIAGNOSIS');
    givenTicket(...rejected(), ticket.diagnosed())
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenTypes('ticket.ResolutionProposed', 'ticket.OwnerAssigned');
  });

  it('an earlier diagnosis does not do', () =>
    givenTicket(
      ...past.inProgress(),
      ticket.diagnosed(),
      ticket.jobEnded(),
      ticket.resolutionProposed(),
      ticket.rejected(),
    )
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenRefused('TICKET.NEEDS_NEW_DIAGNOSIS'));

  it('the second time gets an expert', () =>
    givenTicket(...rejected(), ticket.diagnosed(), ticket.resolutionProposed({ by: 'hand' }))
      .when({ type: 'ticket.RejectResolution', data: { reason: 'fault-still-there', channel: 'link' } })
      .then(ticket.rejected(), ticket.owned({ step: 'diagnosis', role: 'expert', reason: 'rejected-again' })));

  it('what they say may be new safety evidence', () =>
    givenTicket(...past.pendingConfirmation())
      .when(command.RejectResolution({ words: '修完反而冒烟' }))
      .thenTypes('ticket.ResolutionRejected', 'ticket.TicketPrioritized', 'ticket.OwnerAssigned'));
});

describe('DEC-05 silence', () => {
  const waitedSince = minutesIn(60);
  const waited = { waitedSince, policyVersion: 1 };

  it('reminders are recorded once each', () => {
    asSystem(...past.pendingConfirmation())
      .when(command.RemindConfirmation())
      .then(ticket.reminded());
    asSystem(...past.pendingConfirmation(), ticket.reminded())
      .when(command.RemindConfirmation())
      .thenNothing();
    asSystem(...past.confirmed())
      .when(command.RemindConfirmation())
      .thenRefused('TICKET.NOT_AWAITING_CONFIRMATION');
  });

  it('is taken as acceptance, never counted as the customer’s word', () =>
    asSystem(...past.pendingConfirmation())
      .when(command.AcceptBySilence(waited))
      .then(ticket.acceptedBySilence(waited), ticket.owned({ step: 'follow-up', role: 'agent' })));

  it('or returns it to the engineer, who diagnoses again; that is no rejection', () => {
    asSystem(...past.pendingConfirmation())
      .when(command.ReturnBySilence(waited))
      .then(ticket.returnedBySilence(waited), ticket.owned(engineer));
    const returned = [...past.pendingConfirmation(), ticket.returnedBySilence()];
    givenTicket(...returned)
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenRefused('TICKET.NEEDS_NEW_DIAGNOSIS');
    givenTicket(...returned, ticket.diagnosed(), ticket.resolutionProposed({ by: 'hand' }))
      .when(command.RejectResolution())
      .thenTypes('ticket.ResolutionRejected', 'ticket.OwnerAssigned');
  });

  it('never for a safety case, a unit not handed back, or a newer proposal', () => {
    asSystem(...past.pendingConfirmation(), ticket.prioritized({ safety: true }))
      .when(command.AcceptBySilence(waited))
      .thenRefused('TICKET.SAFETY_NEVER_SILENT');
    asSystem(...past.inProgress(), ticket.resolutionProposed({ by: 'remote' }))
      .when(command.AcceptBySilence(waited))
      .thenRefused('TICKET.JOB_OPEN');
    asSystem(...past.pendingConfirmation())
      .when(command.ReturnBySilence({ ...waited, waitedSince: minutesIn(0) }))
      .thenRefused('TICKET.SILENCE_BROKEN');
  });
});

describe('SLA-04, DEC-06 the call before closing', () => {
  const attempt = (minute: number) => recordedAt(minutesIn(minute), ticket.followUpAttempted());
  const bySilence = () => [...past.pendingConfirmation(), ticket.acceptedBySilence()];

  it('is scheduled once, attempted and completed with the scale’s version', () => {
    const schedule = command.ScheduleFollowUp();
    asSystem(...past.confirmed())
      .when(schedule)
      .then(ticket.followUpScheduled());
    asSystem(...past.confirmed(), ticket.followUpScheduled())
      .when(schedule)
      .thenNothing();
    asSystem(...past.inProgress())
      .when(schedule)
      .thenRefused('TICKET.FOLLOW_UP_NOT_DUE');
    givenTicket(...past.confirmed())
      .when(command.AttemptFollowUp({ contactId: 'contact-9' }))
      .then(ticket.followUpAttempted());
    const answers = command.CompleteFollowUp().data.answers as NonNullable<
      ReturnType<typeof command.CompleteFollowUp>['data']['answers']
    >;
    givenTicket(...past.confirmed())
      .by(people.crm)
      .when(command.CompleteFollowUp({ suggestions: '希望更快' }))
      .then(
        ticket.followUpCompleted(
          { answers },
          { personal: [{ subject: CUSTOMER, fields: { suggestions: '希望更快' } }] },
        ),
      );
    const done = [...past.confirmed(), ticket.followUpCompleted({ answers })];
    givenTicket(...done)
      .when(command.CompleteFollowUp())
      .thenRefused('TICKET.FOLLOW_UP_DONE');
    givenTicket(...done, ticket.closed())
      .when(command.CompleteFollowUp({ followUp: 'after-closing' }))
      .thenRefused('TICKET.QUESTIONNAIRE_ANSWERED');
    givenTicket(...past.completed())
      .when(command.AttemptFollowUp())
      .thenRefused('TICKET.FOLLOW_UP_NOT_DUE');
  });

  it('is missed when its time passed, once, and only if it was scheduled', () => {
    const miss = command.MissFollowUp({ followUp: 'confirmation-call' });
    asSystem(...past.confirmed())
      .when(miss)
      .thenNothing();
    const scheduled = [...past.confirmed(), ticket.followUpScheduled()];
    asSystem(...scheduled)
      .when(miss)
      .then(ticket.followUpMissed());
    asSystem(...scheduled, ticket.followUpMissed())
      .when(miss)
      .thenNothing();
    asSystem(...scheduled, ticket.followUpCompleted())
      .when(miss)
      .thenNothing();
  });

  it('done, it lets the agent close with minutes, parts and satisfaction as known (CLO-05, CLO-06)', () => {
    const answers = {
      responseSpeed: 'satisfied',
      expertise: 'satisfied',
      attitude: 'satisfied',
      problemSolved: 'satisfied',
    } as const;
    givenTicket(
      ...past.inProgress(),
      ticket.jobOpened({ id: 'job-2' }),
      ticket.jobEnded({ workMinutes: 40, parts }),
      ticket.jobEnded({ id: 'job-2', workMinutes: 20, parts: [...parts, { ...parts[0]!, partNo: 'P-2' }] }),
      ticket.resolutionProposed({ by: 'visit' }),
      ticket.confirmed(),
      ticket.followUpCompleted({ answers }),
    )
      .when(command.CloseTicket())
      .then(
        ticket.closed({
          workMinutes: 60,
          parts: [
            { partNo: 'P-1', quantity: 2, unit: 'piece' },
            { partNo: 'P-2', quantity: 1, unit: 'piece' },
          ],
          satisfaction: answers,
        }),
      );
  });

  it('three attempts at least 15 minutes apart do as well', () => {
    const missing = (needed: number) => ['TICKET.FOLLOW_UP_MISSING', { attemptsNeeded: needed }] as const;
    givenTicket(...past.confirmed())
      .when(command.CloseTicket())
      .thenRefused(...missing(3));
    givenTicket(...past.confirmed(), attempt(30), attempt(45), attempt(59))
      .when(command.CloseTicket())
      .thenRefused(...missing(1));
    givenTicket(...past.confirmed(), attempt(30), attempt(45), attempt(59), attempt(60))
      .when(command.CloseTicket())
      .then(ticket.closed({ workMinutes: 40 }));
  });

  it('after silence one attempt is enough', () => {
    givenTicket(...bySilence())
      .when(command.CloseTicket())
      .thenRefused('TICKET.FOLLOW_UP_MISSING');
    givenTicket(...bySilence(), attempt(60))
      .when(command.CloseTicket())
      .thenTypes('ticket.TicketClosed');
  });

  it('nothing closes unconfirmed, or with an open job', () => {
    givenTicket(...past.pendingConfirmation())
      .when(command.CloseTicket())
      .thenRefused('TICKET.NOT_CONFIRMED');
    givenTicket(
      ...past.inProgress(),
      ticket.resolutionProposed({ by: 'remote' }),
      ticket.confirmed(),
      ticket.followUpCompleted(),
    )
      .when(command.CloseTicket())
      .thenRefused('TICKET.JOB_OPEN');
  });
});

describe('reopening', () => {
  const words = '又坏了';
  const cycle = 2;

  it('from confirmed at once', () =>
    givenTicket(...past.confirmed())
      .when(command.ReopenTicket({ words }))
      .then(
        ticket.reopened({ statusBefore: 'confirmed' }, { personal: [{ subject: CUSTOMER, fields: { words } }] }),
        ticket.routed({ route: 'visit', cycle }),
        ticket.owned({ cycle }),
      ));

  it('from every end within 7 days, later only as a new ticket', () => {
    const ends = [
      [past.completed(), 'completed'],
      [[...past.registered(), ticket.cancelled()], 'cancelled'],
      [[...past.registered(), ticket.closedUnresolved()], 'closed-unresolved'],
    ] as const;
    for (const [ended, statusBefore] of ends) {
      givenTicket(...ended)
        .at('2026-10-08T08:00:00.000Z')
        .when({ type: 'ticket.ReopenTicket', data: { foundBy: 'staff' } })
        .thenTypes('ticket.TicketReopened', 'ticket.HandlingRouted', 'ticket.OwnerAssigned');
      givenTicket(...ended)
        .at('2026-10-08T08:30:00.000Z')
        .when(command.ReopenTicket())
        .thenRefused('TICKET.REOPEN_TOO_LATE');
      expect(statusBefore).toBeTruthy();
    }
    givenTicket(...past.inProgress())
      .when(command.ReopenTicket())
      .thenRefused('TICKET.NOT_REOPENABLE');
  });

  it('starts a cycle of its own: rejections, attempts and minutes count anew', () => {
    const again = [...past.completed(), ticket.reopened()];
    givenTicket(...again)
      .when(command.ProposeResolution())
      .thenTypes('ticket.ResolutionProposed', 'ticket.OwnerAssigned');
    givenTicket(...again, ticket.resolutionProposed({ cycle }), ticket.confirmed({ cycle }))
      .when(command.CloseTicket())
      .thenRefused('TICKET.FOLLOW_UP_MISSING');
    givenTicket(
      ...again,
      ticket.resolutionProposed({ cycle }),
      ticket.confirmed({ cycle }),
      ticket.followUpCompleted({ cycle }),
    )
      .when(command.CloseTicket())
      .then(ticket.closed({ workMinutes: 0, cycle }));
  });

  it('DEC-06 a follow-up that finds the fault back reopens the ticket', () => {
    givenTicket(...past.confirmed())
      .when({ type: 'ticket.CompleteFollowUp', data: { followUp: 'confirmation-call', resolved: false } })
      .then(
        ticket.followUpCompleted({ resolved: false }),
        ticket.reopened({ foundBy: 'follow-up', statusBefore: 'confirmed' }),
        ticket.routed({ route: 'visit', cycle }),
        ticket.owned({ cycle }),
      );
    givenTicket(...past.completed())
      .when({ type: 'ticket.CompleteFollowUp', data: { followUp: 'after-closing', resolved: false } })
      .thenTypes('ticket.FollowUpCompleted', 'ticket.TicketReopened', 'ticket.HandlingRouted', 'ticket.OwnerAssigned');
  });

  it('a finding that comes too late is recorded all the same', () =>
    givenTicket(...past.completed())
      .at('2026-11-08T08:00:00.000Z')
      .when({ type: 'ticket.CompleteFollowUp', data: { followUp: 'after-closing', resolved: false } })
      .thenTypes('ticket.FollowUpCompleted'));
});

describe('a job that did not fix it', () => {
  it('needs a new diagnosis before anybody proposes a resolution', () => {
    const notFixed = [...past.inProgress(), ticket.jobEnded({ outcome: 'not-fixed' })];
    givenTicket(...notFixed)
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenRefused('TICKET.NEEDS_NEW_DIAGNOSIS');
    givenTicket(...notFixed, ticket.diagnosed())
      .when(command.ProposeResolution({ by: 'hand' }))
      .thenTypes('ticket.ResolutionProposed', 'ticket.OwnerAssigned');
  });
});

describe('other ends', () => {
  it('unresolved: declined, unreachable or out of scope, each with its ground', () => {
    givenTicket(...past.registered())
      .when(command.CloseUnresolved({ reason: 'out-of-scope' }))
      .then(ticket.closedUnresolved());
    givenTicket(...past.registered())
      .when(command.CloseUnresolved())
      .thenRefused('TICKET.NOT_DECLINED');
    const unreachable = command.CloseUnresolved({ reason: 'unreachable' });
    givenTicket(...past.registered())
      .when(unreachable)
      .thenRefused('TICKET.NOBODY_TRIED');
    givenTicket(...past.registered(), ticket.contacted({ reached: false }))
      .when(unreachable)
      .then(ticket.closedUnresolved({ reason: 'unreachable' }));
    givenTicket(...past.confirmed())
      .when(unreachable)
      .thenRefused('TICKET.NOT_BEING_HANDLED');
  });

  it('cancelled, also when it became a complaint', () => {
    givenTicket(...past.inProgress())
      .when(command.CancelTicket())
      .then(ticket.cancelled());
    givenTicket(...past.inProgress())
      .when(command.CancelTicket({ reason: 'became-complaint' }))
      .thenRefused('TICKET.COMPLAINT_MISSING');
    givenTicket(...past.inProgress())
      .when(command.CancelTicket({ reason: 'became-complaint', complaintId: 'k-1' }))
      .then(ticket.cancelled({ reason: 'became-complaint', complaintId: 'k-1' }));
    givenTicket(...past.completed())
      .when(command.CancelTicket())
      .thenRefused('TICKET.NOT_OPEN');
  });

  it('the policy in force decides how many attempts and days', () =>
    expect(ticketFacts.policies.closing.body).toMatchObject({
      attempts: 3,
      attemptsApartMinutes: 15,
      attemptsAfterSilence: 1,
      reopenDays: 7,
      rejectionsUntilExpert: 2,
    }));
});
