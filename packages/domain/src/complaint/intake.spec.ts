import {
  COMPLAINT,
  complaintCommand as command,
  complaintEvent as complaint,
  complaintPast as past,
  complaintPeople as people,
  CUSTOMER,
  ENGINEER,
  givenComplaint,
  TICKET_ID,
  because,
} from '../../testing/index';
import { isRejection, type DomainEvent } from '../kernel/index';
import { complaintRegistration } from './registration';

const EMPTY = { words: '上门师傅迟到三小时', customerId: undefined, ticketId: undefined } as const;
/** A body without the members that are undefined, as it would come over the wire. */
const wire = <C extends { readonly type: string; readonly data: unknown }>({ type, data }: C) => ({
  type,
  data: JSON.parse(JSON.stringify(data)) as Record<string, unknown>,
});
const decided = (result: { readonly decided: unknown }): readonly DomainEvent[] => {
  if (isRejection(result.decided)) throw new Error(result.decided.code);
  return result.decided as readonly DomainEvent[];
};

describe('CMP-01, CMP-03, CMP-04 somebody at the desk takes a complaint in', () => {
  it('DEC-09 whoever of the staff is named lies under a key of theirs, or of the one nobody knows yet', () => {
    const subjectOf = (more: object) => {
      const [registered] = decided(
        givenComplaint()
          .by(people.agent)
          .when(wire(command.RegisterComplaint({ personNamed: '李师傅', ...more }))),
      );
      const parts = registered!.personal!;
      expect(parts[0]).toMatchObject({ subject: CUSTOMER });
      expect(parts[0]!.fields).not.toHaveProperty('personNamed');
      expect(parts[1]!.fields).toEqual({ personNamed: '李师傅' });
      return parts[1]!.subject;
    };
    expect(subjectOf({ staff: { id: ENGINEER, role: 'engineer' } })).toBe(`engineer-${ENGINEER}`);
    expect(subjectOf({ staff: { id: 'agent-7', role: 'agent' } })).toBe('staff-agent-7');
    expect(subjectOf({})).toBe(COMPLAINT.replace('complaint-', 'staff-'));
  });

  it('records channel, receiver, category, content, time, place and what it is about, words under the customer’s key', () =>
    givenComplaint()
      .by(people.agent)
      .when(command.RegisterComplaint())
      .then(
        complaint.registered(
          {
            receiver: { id: 'agent-1', role: 'agent', training: 'TR-2026-0007' },
            complaintCategory: 'attitude',
            happenedAt: '2026-09-30T02:00:00.000Z',
          },
          {
            personal: [
              {
                subject: CUSTOMER,
                fields: {
                  words: '约好的时间没人来,打电话还顶撞我',
                  place: '客户家中',
                  contactName: '张三',
                  contactPhone: '13800000000',
                },
              },
            ],
          },
        ),
        complaint.severity(),
        complaint.contacted({
          contactId: 'c0ffee00-0000-4000-8000-000000000001',
          direction: 'inbound',
          purpose: 'intake',
        }),
      ));

  it('CMP-02 shows that no training of the receiver was named', () => {
    const { training: _training, ...data } = command.RegisterComplaint().data;
    const [registered] = decided(
      givenComplaint().by(people.counter).when({ type: 'complaint.RegisterComplaint', data }),
    );
    expect((registered?.data as { receiver: object }).receiver).toEqual({ id: 'counter-1', role: 'counter' });
  });

  it('takes an anonymous complaint: its words lie under the case’s own key', () => {
    const anonymous = command.RegisterComplaint({
      ...EMPTY,
      contactName: undefined,
      contactPhone: undefined,
      channel: 'letter',
    } as never);
    const [registered, severity, ...rest] = decided(
      givenComplaint()
        .knowing({ customer: undefined as never })
        .by(people.agent)
        .when(wire(anonymous)),
    );
    expect(registered?.data).toMatchObject({ complainant: 'anonymous', about: {} });
    expect(registered?.personal?.map(({ subject }) => subject)).toEqual([COMPLAINT]);
    expect(severity?.type).toBe('complaint.SeverityAssessed');
    expect(rest).toEqual([]);
  });

  it('is submitted by a machine for a customer, CMP-05 with a category by rule where nobody chose one', () => {
    const { complaintCategory: _category, ...data } = command.SubmitComplaint({
      words: '师傅态度恶劣,还骂人',
    }).data;
    const [registered] = decided(givenComplaint().by(people.channel).when({ type: 'complaint.SubmitComplaint', data }));
    expect(registered?.data).toMatchObject({
      complaintCategory: 'attitude',
      channel: 'wechat',
      receiver: { id: 'wechat-bot', role: 'channel' },
    });
  });

  it('brings the ticket of a work order along', () => {
    const data = { ...command.RegisterComplaint().data, workOrderId: '5a0e0000-0000-4000-8000-000000000001' };
    const known = { workOrder: { ticketId: TICKET_ID } };
    const { ticketId: _ticketId, ...job } = data;
    const register = (body: object) => ({ type: 'complaint.RegisterComplaint', data: body });
    const by = givenComplaint().by(people.agent);
    const [registered] = decided(by.knowing({ found: known }).when(register(job)));
    expect((registered?.data as { about: object }).about).toEqual({
      ticketId: TICKET_ID,
      workOrderId: data.workOrderId,
    });
    by.knowing({ found: {} }).when(register(job)).thenRefused('COMPLAINT.WORK_ORDER_UNKNOWN');
    by.knowing({ found: { ticket: true, workOrder: { ticketId: 'another' } } })
      .when(register(data))
      .thenRefused('COMPLAINT.WORK_ORDER_OF_ANOTHER_TICKET');
  });

  it('refuses what can’t be: unknown customer or ticket, the future, no number, twice', () => {
    const by = givenComplaint().by(people.agent);
    by.knowing({ customer: undefined as never })
      .when(command.RegisterComplaint())
      .thenRefused('COMPLAINT.UNKNOWN_CUSTOMER');
    by.knowing({ found: {} }).when(command.RegisterComplaint()).thenRefused('COMPLAINT.TICKET_UNKNOWN');
    by.knowing({ number: undefined as never })
      .when(command.RegisterComplaint())
      .thenRefused('COMPLAINT.NUMBER_MISSING');
    by.when(command.RegisterComplaint({ receivedAt: '2026-10-02T16:00:00+08:00' })).thenRefused(
      'COMPLAINT.RECEIVED_IN_FUTURE',
    );
    by.when(command.RegisterComplaint({ happenedAt: '2026-10-02T16:00:00+08:00' })).thenRefused(
      'COMPLAINT.HAPPENED_IN_FUTURE',
    );
    givenComplaint(...past.registered())
      .by(people.agent)
      .when(command.RegisterComplaint())
      .thenRefused('COMPLAINT.ALREADY_EXISTS');
    givenComplaint().when(command.AcknowledgeComplaint()).thenRefused('COMPLAINT.NOT_FOUND');
    givenComplaint()
      .by(people.system)
      .knowing({ number: undefined as never })
      .when(command.RegisterFromTicket())
      .thenRefused('COMPLAINT.NUMBER_MISSING');
  });

  it('INT-17 a ticket becomes one: its words stay in the ticket, its safety makes it urgent', () =>
    givenComplaint()
      .by(people.system)
      .when(command.RegisterFromTicket({ safetyMarked: true, region: '310104' }))
      .then(
        complaint.registered(
          {
            receiver: { id: 'agent-1', role: 'agent' },
            complaintCategory: 'other',
            safetyMarked: true,
            region: '310104',
            fromTicket: TICKET_ID,
          },
          { receivedAt: '2026-10-01T08:00:00.000Z' },
        ),
        complaint.severity({ severity: 'urgent', safety: true, reasons: ['safety'] }),
      ));
});

describe('CMP-16 one handler, never the person complained about nor somebody under them', () => {
  const named = () => [...past.registered(), complaint.subject()];
  const assign = (data: object) => ({ type: 'complaint.AssignHandler', data });
  const crm = { id: 'crm-1', role: 'crm' };

  it('is assigned by a supervisor, or takes it', () => {
    givenComplaint(...past.registered())
      .by(people.supervisor)
      .when(assign({ handler: crm }))
      .then(complaint.handler());
    givenComplaint(...past.registered())
      .when(command.TakeComplaint())
      .then(complaint.handler({ isSubordinateOf: ['supervisor-1'] }));
    givenComplaint(...past.registered(), complaint.handler())
      .when(command.TakeComplaint())
      .thenNothing();
    givenComplaint(...past.closed())
      .when(command.TakeComplaint())
      .thenRefused('COMPLAINT.NOT_OPEN');
  });

  it('DEC-09 who is complained about may not, nor who reports to them; the relation has to be stated', () => {
    const bySupervisor = givenComplaint(...named()).by(people.supervisor);
    bySupervisor
      .when(assign({ handler: { id: ENGINEER, role: 'expert' }, isSubordinateOf: [] }))
      .thenRefused('COMPLAINT.HANDLER_CONCERNED');
    bySupervisor.when(assign({ handler: crm })).thenRefused('COMPLAINT.RELATION_UNSTATED');
    bySupervisor
      .when(assign({ handler: crm, isSubordinateOf: [ENGINEER] }))
      .thenRefused('COMPLAINT.HANDLER_SUBORDINATE');
    bySupervisor
      .when(assign({ handler: crm, isSubordinateOf: ['supervisor-1'] }))
      .then(complaint.handler({ isSubordinateOf: ['supervisor-1'] }));
  });

  it('is released when they turn out to be the person, or to report to them', () => {
    const handled = givenComplaint(...past.acknowledged()).by(people.supervisor);
    const toBe = (id: string) => ({ staff: { id, role: 'crm' as const }, reason: '录音核实' });
    handled
      .when(command.IdentifySubject({ ...toBe('crm-1'), handlerIsSubordinateOf: [] }))
      .then(
        complaint.subject({ about: { staff: { id: 'crm-1', role: 'crm' } } }, because(COMPLAINT, '录音核实')),
        complaint.handlerReleased(),
      );
    handled
      .when(command.IdentifySubject({ ...toBe('boss'), handlerIsSubordinateOf: ['boss'] }))
      .thenTypes('complaint.SubjectIdentified', 'complaint.HandlerReleased');
    handled.when(command.IdentifySubject(toBe('boss'))).thenRefused('COMPLAINT.RELATION_UNSTATED');
    handled
      .when(command.IdentifySubject({ ...toBe('somebody'), handlerIsSubordinateOf: ['boss'] }))
      .thenTypes('complaint.SubjectIdentified');
    handled.when({ type: 'complaint.IdentifySubject', data: { reason: '无' } }).thenRefused('COMPLAINT.NOTHING_SAID');
    handled
      .knowing({ found: {} })
      .when({ type: 'complaint.IdentifySubject', data: { ticketId: TICKET_ID, reason: '核实' } })
      .thenRefused('COMPLAINT.TICKET_UNKNOWN');
  });

  it('whoever is complained about decides nothing on it, but may add evidence', () => {
    const about = [...past.acknowledged(), complaint.subject({ about: { staff: { id: 'crm-1', role: 'crm' } } })];
    givenComplaint(...about)
      .when(command.VerifyComplaint())
      .thenRefused('COMPLAINT.PERSON_CONCERNED');
    givenComplaint(...about)
      .when(command.RecordVerdict())
      .thenRefused('COMPLAINT.PERSON_CONCERNED');
    givenComplaint(...about)
      .when(command.AttachEvidence({ from: 'staff' }))
      .thenTypes('complaint.EvidenceAttached');
  });
});

describe('CMP-05, CMP-11, CMP-13 talking with the complainant', () => {
  it('acknowledges receipt once: from then on it is verified', () => {
    givenComplaint(...past.registered())
      .by(people.agent)
      .when(command.AcknowledgeComplaint({ contactId: 'contact-1' }))
      .then(complaint.acknowledged());
    givenComplaint(...past.acknowledged())
      .when(command.AcknowledgeComplaint())
      .thenRefused('COMPLAINT.ALREADY_ACKNOWLEDGED');
  });

  it('records contacts in every state, once each; a hazard in the words makes it urgent', () => {
    const chase = command.RecordContact({ contactId: 'contact-7', words: '怎么还没结果' });
    givenComplaint(...past.closed())
      .when(chase)
      .then(
        complaint.contacted(
          { contactId: 'contact-7', direction: 'inbound', purpose: 'chase' },
          { personal: [{ subject: CUSTOMER, fields: { words: '怎么还没结果' } }] },
        ),
      );
    givenComplaint(...past.registered(), complaint.contacted({ contactId: 'contact-7' }))
      .when(chase)
      .thenNothing();
    const [, raised] = decided(
      givenComplaint(...past.verified()).when(command.RecordContact({ words: '插座漏电麻手' })),
    );
    expect(raised?.data).toMatchObject({ severity: 'urgent', safety: true, decided: { by: 'rule' } });
  });

  it('corrects the category, CMP-18 and names a grave cause', () => {
    givenComplaint(...past.acknowledged())
      .when({ type: 'complaint.ClassifyComplaint', data: { complaintCategory: 'attitude', reason: '录音核实' } })
      .then(complaint.classified({}, because(COMPLAINT, '录音核实')));
    givenComplaint(...past.acknowledged())
      .when(command.ClassifyComplaint())
      .then(
        complaint.classified({ graveCause: 'improper-speech' }, because(COMPLAINT, '录音核实')),
        complaint.severity({ severity: 'urgent', graveCause: 'improper-speech', reasons: ['grave-cause'] }),
      );
  });
});

describe('CMP-03, CMP-15 evidence, external bodies, legal hold and notes, in any state', () => {
  it('attaches each file once, what the complainant gave under their key', () => {
    const photo = command.AttachEvidence({ attachmentId: 'photo-1', description: '发票' });
    givenComplaint(...past.closed())
      .when(photo)
      .then(complaint.evidence({}, { personal: [{ subject: CUSTOMER, fields: { description: '发票' } }] }));
    givenComplaint(...past.registered(), complaint.evidence())
      .when(photo)
      .thenNothing();
  });

  it('an external body makes it important, is answered and decides', () => {
    givenComplaint(...past.acknowledged())
      .when(command.AddExternalReference({ dueBy: '2026-10-08T17:00:00+08:00' }))
      .then(
        complaint.external({
          referenceId: 'c0ffee00-0000-4000-8000-000000000001',
          dueBy: '2026-10-08T09:00:00.000Z',
        }),
        complaint.severity({ severity: 'important', reasons: ['external-body'] }),
      );
    const known = [...past.acknowledged(), complaint.external()];
    const reference = { referenceId: 'reference-1' };
    givenComplaint(...known)
      .when(command.RecordExternalReply(reference))
      .then(complaint.externalReply());
    givenComplaint(...known, complaint.externalReply())
      .when(command.RecordExternalReply(reference))
      .thenNothing();
    givenComplaint(...known)
      .when(command.RecordExternalDecision(reference))
      .then(complaint.externalDecision());
    givenComplaint(...known, complaint.externalDecision())
      .when(command.RecordExternalDecision(reference))
      .thenRefused('COMPLAINT.REFERENCE_DECIDED');
    for (const unknown of [command.RecordExternalReply(), command.RecordExternalDecision()])
      givenComplaint(...past.acknowledged())
        .when(unknown)
        .thenRefused('COMPLAINT.REFERENCE_UNKNOWN');
  });

  it('a reference given at registration is known by its own name', () =>
    givenComplaint(complaint.registered({ external: { body: 'court', reference: '(2026)沪01' } }), complaint.severity())
      .when(command.RecordExternalReply({ referenceId: 'external' }))
      .thenTypes('complaint.ExternalReplySent'));

  it('DEC-15 a legal hold is placed in any state and lifted once', () => {
    givenComplaint(...past.closed())
      .by(people.manager)
      .when(command.PlaceLegalHold())
      .then(complaint.hold({ holdId: 'c0ffee00-0000-4000-8000-000000000001' }, because(COMPLAINT, '客户已起诉')));
    const lift = command.LiftLegalHold({ holdId: 'hold-1' });
    const held = [...past.closed(), complaint.hold()];
    givenComplaint(...held)
      .by(people.manager)
      .when(lift)
      .then(complaint.holdLifted({}, because(COMPLAINT, '案件已结')));
    givenComplaint(...held, complaint.holdLifted())
      .by(people.manager)
      .when(lift)
      .thenNothing();
    givenComplaint(...past.closed())
      .by(people.manager)
      .when(lift)
      .thenRefused('COMPLAINT.HOLD_UNKNOWN');
  });

  it('a note lies under the case’s key', () =>
    givenComplaint(...past.closed())
      .when(command.AddNote())
      .then(complaint.note({}, { personal: [{ subject: COMPLAINT, fields: { note: '客户周末不便接电话' } }] })));
});

describe('the registration of a complaint', () => {
  it('is reached at its collection', () => expect(complaintRegistration.collection).toBe('complaints'));
});
