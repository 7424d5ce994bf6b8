import {
  CUSTOMER,
  givenTicket,
  people,
  ticketCommand as command,
  ticketEvent as ticket,
  ticketFacts,
  UNIT,
} from '../../testing/index';
import type { DomainEvent } from '../kernel/index';

const { RegisterTicket, SubmitTicket, ReviewIntake } = command;
const repair = { words: '空调不制冷', serviceType: 'on-site', impact: 'unusable', region: '310104' } as const;
const find = (decided: unknown, type: string) => (decided as DomainEvent[]).find((event) => event.type === type)?.data;

describe('INT-10, INT-21 a person registers a matter', () => {
  it('decides type, priority, route and owner in the same append, and answers at once on the phone (DEC-07)', () =>
    givenTicket()
      .when(RegisterTicket({ ...repair, channel: 'phone' }))
      .thenTypes(
        'ticket.TicketRegistered',
        'ticket.TicketClassified',
        'ticket.TicketPrioritized',
        'ticket.WarrantyDetermined',
        'ticket.HandlingRouted',
        'ticket.OwnerAssigned',
        'ticket.CustomerContacted',
      ));

  it('records number, site, tier and region as known, and what was said under the customer’s key', () => {
    const { decided } = givenTicket().when({
      type: 'ticket.RegisterTicket',
      data: { customerId: CUSTOMER.slice(9), channel: 'email', words: '空调不制冷', contactName: '张三' },
    });
    const [first] = decided as DomainEvent[];
    expect(first).toEqual({
      type: 'ticket.TicketRegistered',
      data: {
        number: '202610001',
        serial: 1,
        site: 'shanghai',
        zone: 'Asia/Shanghai',
        channel: 'email',
        customer: CUSTOMER,
        tier: 'normal',
        region: '310104',
        impact: 'unknown',
        safetyMarked: false,
        cycle: 1,
      },
      personal: [{ subject: CUSTOMER, fields: { words: '空调不制冷', contactName: '张三' } }],
    });
  });

  it('normalises times that come with an offset and keeps when the matter reached us', () => {
    const { decided } = givenTicket()
      .at('2026-10-01T10:00:00.000Z')
      .when(
        RegisterTicket({
          ...repair,
          channel: 'letter',
          receivedAt: '2026-10-01T09:00:00+08:00',
          requestedWindow: { from: '2026-10-02T09:00:00+08:00', to: '2026-10-02T12:00:00+08:00' },
        }),
      );
    const [first] = decided as DomainEvent[];
    expect(first?.receivedAt).toBe('2026-10-01T01:00:00.000Z');
    expect(find(decided, 'ticket.TicketRegistered')).toMatchObject({
      requestedWindow: { from: '2026-10-02T01:00:00.000Z', to: '2026-10-02T04:00:00.000Z' },
    });
  });

  it('INT-17 takes the customer’s intent before any word', () => {
    const { decided } = givenTicket().when(RegisterTicket({ ...repair, intent: 'return-exchange' }));
    expect(find(decided, 'ticket.TicketClassified')).toMatchObject({
      type: 'return-exchange',
      decided: { by: 'customer' },
    });
  });

  it('INT-12, INT-13 identifies the unit and determines the warranty when the unit is on record', () => {
    const unit = { unitId: UNIT, category: 'air-conditioner', model: 'KFR-35GW', soldOn: '2026-03-01' };
    const { decided } = givenTicket().knowing({ unit }).when(RegisterTicket(repair));
    expect(find(decided, 'ticket.ProductUnitIdentified')).toMatchObject({ unitId: UNIT, model: 'KFR-35GW' });
    expect(find(decided, 'ticket.WarrantyDetermined')).toMatchObject({ coverage: 'in-warranty', basis: 'invoice' });
  });

  it('INT-11 records a proof of purchase under the customer’s key', () => {
    const { decided } = givenTicket().when(RegisterTicket({ ...repair, proofOfPurchase: 'INV-0001' }));
    expect(decided).toContainEqual(
      ticket.verified(
        { method: 'purchase-number' },
        { personal: [{ subject: CUSTOMER, fields: { proofOfPurchase: 'INV-0001' } }] },
      ),
    );
  });

  it('CLS-04 a hazard in the words, or marked by the agent, is urgent', () => {
    for (const said of [
      { words: '插座漏电麻手' },
      { words: '没有声音', safetyMarked: true },
      { words: '坏了', environment: '机器冒烟' },
    ]) {
      const { decided } = givenTicket().when(RegisterTicket({ ...repair, impact: 'intact', ...said }));
      expect(find(decided, 'ticket.TicketPrioritized')).toMatchObject({ priority: 'P1', safety: true });
    }
  });

  it('CLS-05 lifts a VIP one level, by the tier as of registration', () => {
    const vip = { stream: CUSTOMER, tier: 'vip' } as const;
    const { decided } = givenTicket()
      .knowing({ customer: vip })
      .when(RegisterTicket({ ...repair, impact: 'degraded' }));
    expect(find(decided, 'ticket.TicketPrioritized')).toMatchObject({ priority: 'P1', tier: 'vip' });
  });

  it('DEC-15 registers nothing under the name of somebody who asked to be forgotten', () =>
    givenTicket()
      .knowing({ customer: { stream: CUSTOMER, tier: 'normal', restricted: true } })
      .when(RegisterTicket(repair))
      .thenRefused('TICKET.CUSTOMER_RESTRICTED'));

  it('keeps a complaint and an unclassified matter on the supervisor’s list, without a route', () => {
    for (const said of [{ intent: 'complaint' as const }, { words: '嗯嗯' }]) {
      const { decided } = givenTicket().when(RegisterTicket({ ...repair, ...said }));
      expect(find(decided, 'ticket.HandlingRouted')).toBeUndefined();
      expect(find(decided, 'ticket.OwnerAssigned')).toMatchObject({ step: 'supervision', role: 'supervisor' });
    }
  });

  it('CLS-10 gives every route its owner', () => {
    const owners = {
      enquiry: { step: 'handling', role: 'agent', person: 'agent-1' },
      'return-exchange': { step: 'handling', role: 'agent' },
      'parts-missing': { step: 'handling', role: 'warehouse' },
      repair: { step: 'dispatch', role: 'supervisor' },
      installation: { step: 'supervision', role: 'supervisor', reason: 'route-not-built' },
      'software-bug': { step: 'supervision', role: 'supervisor', reason: 'route-not-built' },
    } as const;
    for (const [intent, owner] of Object.entries(owners)) {
      const { decided } = givenTicket().when(
        RegisterTicket({ intent: intent as keyof typeof owners, serviceType: undefined as never }),
      );
      expect(find(decided, 'ticket.OwnerAssigned')).toEqual({ ...owner, cycle: 1 });
    }
  });

  it('refuses an unknown customer, a missing number, a future receipt, a reversed window and a second registration', () => {
    givenTicket()
      .knowing({ customer: undefined as never })
      .when(RegisterTicket())
      .thenRefused('TICKET.UNKNOWN_CUSTOMER');
    givenTicket()
      .knowing({ number: undefined as never })
      .when(RegisterTicket())
      .thenRefused('TICKET.NUMBER_MISSING');
    givenTicket()
      .when(RegisterTicket({ receivedAt: '2026-10-01T08:06:00.000Z' }))
      .thenRefused('TICKET.RECEIVED_IN_FUTURE');
    givenTicket()
      .when(RegisterTicket({ requestedWindow: { from: '2026-10-02T09:00:00Z', to: '2026-10-02T09:00:00Z' } }))
      .thenRefused('TICKET.WINDOW_REVERSED');
    givenTicket(ticket.registered()).when(RegisterTicket()).thenRefused('TICKET.ALREADY_EXISTS');
    givenTicket().when(command.AddNote()).thenRefused('TICKET.NOT_FOUND');
  });
});

describe('INT-19 a machine submits, a person reviews', () => {
  it('knows type, safety and priority before anybody reviewed it', () => {
    const { decided } = givenTicket()
      .by(people.channel)
      .when(SubmitTicket({ words: '热水器漏电', channel: 'wechat' }));
    expect((decided as DomainEvent[]).slice(0, 4).map(({ type }) => type)).toEqual([
      'ticket.TicketSubmitted',
      'ticket.TicketClassified',
      'ticket.TicketPrioritized',
      'ticket.OwnerAssigned',
    ]);
    expect(find(decided, 'ticket.TicketPrioritized')).toMatchObject({ safety: true, priority: 'P1' });
    expect(find(decided, 'ticket.OwnerAssigned')).toMatchObject({ step: 'review', role: 'agent' });
    expect(find(decided, 'ticket.CustomerContacted')).toBeUndefined();
  });

  const submitted = [
    ticket.submitted(),
    ticket.classified(),
    ticket.prioritized(),
    ticket.owned({ step: 'review', role: 'agent' }),
  ];

  it('completes the submission, prioritises and routes it', () =>
    givenTicket(...submitted)
      .when({ type: 'ticket.ReviewIntake', data: { serviceType: 'on-site', impact: 'unusable', address: '测试路1号' } })
      .then(
        ticket.reviewed(
          { serviceType: 'on-site', impact: 'unusable' },
          { personal: [{ subject: CUSTOMER, fields: { address: '测试路1号' } }] },
        ),
        ticket.prioritized({ priority: 'P1', impact: 'unusable', reasons: ['impact-unusable'] }),
        ticket.routed({ route: 'visit' }),
        ticket.owned({ step: 'dispatch', role: 'supervisor' }),
      ));

  it('never lowers safety by itself, and raises it by what the review adds', () => {
    const hazardous = [...submitted, ticket.prioritized({ safety: true, priority: 'P1', safetyMatched: ['漏电'] })];
    const kept = givenTicket(...hazardous).when(ReviewIntake()).decided;
    expect(find(kept, 'ticket.TicketPrioritized')).toMatchObject({ safety: true, safetyMatched: ['漏电'] });
    const raised = givenTicket(...submitted).when(ReviewIntake({ remediesTried: '重启后冒烟' })).decided;
    expect(find(raised, 'ticket.TicketPrioritized')).toMatchObject({ safety: true, priority: 'P1' });
  });

  it('a person’s word on the intent decides the type', () => {
    const { decided } = givenTicket(...submitted).when(ReviewIntake({ intent: 'complaint' }));
    expect(find(decided, 'ticket.TicketClassified')).toMatchObject({ type: 'complaint', decided: { by: 'person' } });
    expect(find(decided, 'ticket.OwnerAssigned')).toMatchObject({ step: 'supervision', reason: 'complaint' });
  });

  it('is reviewed once, and not worked on before', () => {
    givenTicket(...submitted, ticket.reviewed())
      .when(ReviewIntake())
      .thenRefused('TICKET.NOT_AWAITING_REVIEW');
    givenTicket(...submitted)
      .when(command.ProposeResolution())
      .thenRefused('TICKET.NOT_DISPATCHABLE');
    givenTicket(...submitted)
      .by(people.system)
      .when(command.OpenJob())
      .thenRefused('TICKET.NOT_BEING_HANDLED');
    givenTicket(...submitted)
      .when(command.RecordDiagnosis())
      .thenRefused('TICKET.NOT_BEING_HANDLED');
  });

  it('keeps the facts that it decided on', () => expect(ticketFacts.policies.type.version).toBe(1));
});
