import type { DomainEvent } from '../kernel/index';
import {
  CUSTOMER,
  givenTicket,
  people,
  ticketCommand as command,
  ticketEvent as ticket,
  ticketPast as past,
  UNIT,
  because,
  TICKET,
} from '../../testing/index';

const byPerson = { by: 'person' } as const;
const why = because(TICKET, '核实');
const hazardous = () => [
  ...past.registered(),
  ticket.prioritized({ safety: true, priority: 'P1', reasons: ['safety'] }),
];

describe('CLS-01 a person decides the type', () => {
  it('and what depends on it is decided again', () =>
    givenTicket(...past.registered(), ticket.owned())
      .when(command.ClassifyTicket({ type: 'enquiry', reason: '核实' }))
      .then(
        ticket.classified({ type: 'enquiry', decided: byPerson }, why),
        ticket.prioritized({ priority: 'P4', impact: 'none', reasons: ['type-without-fault'] }),
        ticket.routed({ route: 'first-touch' }),
        ticket.owned({ step: 'handling', role: 'agent' }),
      ));

  it('a complaint leaves its route and stays with the supervisor', () =>
    givenTicket(...past.registered())
      .when(command.ClassifyTicket({ type: 'complaint', reason: '核实' }))
      .then(
        ticket.classified({ type: 'complaint', decided: byPerson }, why),
        ticket.prioritized(),
        { type: 'ticket.HandlingRouted', data: { decided: { by: 'rule', policyVersion: 1 }, cycle: 1 } },
        ticket.owned({ step: 'supervision', role: 'supervisor', reason: 'complaint' }),
      ));

  it('leaves a priority set by hand and work under way alone', () =>
    givenTicket(...past.inProgress(), ticket.prioritized({ priority: 'P2', decided: byPerson }))
      .when(command.ClassifyTicket({ type: 'enquiry', reason: '核实' }))
      .then(ticket.classified({ type: 'enquiry', decided: byPerson }, why)));

  it('not after the end', () =>
    givenTicket(...past.completed())
      .when(command.ClassifyTicket())
      .thenRefused('TICKET.NOT_OPEN'));
});

describe('CLS-02..05 priority by hand and by rule', () => {
  it('a person sets the level with a reason; VIP does not lift it', () =>
    givenTicket(ticket.registered({ tier: 'vip' }), ticket.prioritized({ tier: 'vip' }))
      .when(command.PrioritizeTicket({ priority: 'P2', reason: '核实' }))
      .then(ticket.prioritized({ priority: 'P2', tier: 'vip', reasons: ['by-hand'], decided: byPerson }, why)));

  it('a person says the impact and the rule decides', () =>
    givenTicket(...past.registered())
      .when({ type: 'ticket.PrioritizeTicket', data: { impact: 'degraded', reason: '核实' } })
      .then(
        ticket.prioritized(
          {
            priority: 'P2',
            impact: 'degraded',
            reasons: ['impact-degraded', 'impact-said'],
            decided: { ...byPerson, policyVersion: 1 },
          },
          why,
        ),
      ));

  it('a safety case keeps the highest level; a command that says nothing is refused', () => {
    givenTicket(...hazardous())
      .when(command.PrioritizeTicket({ priority: 'P3' }))
      .thenRefused('TICKET.SAFETY_KEEPS_PRIORITY');
    givenTicket(...past.registered())
      .when({ type: 'ticket.PrioritizeTicket', data: { reason: '核实' } })
      .thenRefused('TICKET.NOTHING_SAID');
  });
});

describe('CLS-04 safety', () => {
  it('a person marks a hazard once', () => {
    givenTicket(...past.registered())
      .when(command.MarkSafety({ reason: '核实' }))
      .then(
        ticket.prioritized(
          {
            priority: 'P1',
            safety: true,
            reasons: ['safety'],
            decided: { ...byPerson, policyVersion: 1 },
          },
          why,
        ),
      );
    givenTicket(...hazardous())
      .when(command.MarkSafety())
      .thenNothing();
  });

  it('only a person lowers it, with a reason; the rule then decides without it', () => {
    givenTicket(...hazardous())
      .when(command.LowerSafety({ reason: '核实' }))
      .then(ticket.prioritized({ decided: { ...byPerson, policyVersion: 1 } }, why));
    givenTicket(...past.registered())
      .when(command.LowerSafety())
      .thenRefused('TICKET.NOT_A_SAFETY_CASE');
  });

  it('words of a contact re-run the priority in any open state', () => {
    for (const open of [past.registered(), past.inProgress(), past.pendingConfirmation(), past.confirmed()])
      expect(
        givenTicket(...open).when(command.RecordContact({ words: '插座在冒烟', direction: 'inbound' })).decided,
      ).toMatchObject([
        { type: 'ticket.CustomerContacted' },
        { type: 'ticket.TicketPrioritized', data: { safety: true } },
      ]);
  });

  it('negated words count too, and count again after a person lowered the mark', () => {
    const lowered = [...hazardous(), ticket.prioritized({ safetyMatched: ['冒烟'], decided: byPerson })];
    expect(givenTicket(...lowered).when(command.AddNote({ note: '没有冒烟' })).decided).toMatchObject([
      { type: 'ticket.NoteAdded' },
      { data: { safety: true, priority: 'P1' } },
    ]);
  });

  it('what is known already, and what comes after the end, changes nothing', () => {
    const raised = givenTicket(...past.registered()).when(command.RecordContact({ words: '冒烟' })).decided;
    givenTicket(...past.registered(), ...(raised as DomainEvent[]))
      .when(command.RecordContact({ contactId: 'contact-2', words: '冒烟' }))
      .thenTypes('ticket.CustomerContacted');
    givenTicket(...past.completed())
      .when(command.AddNote({ note: '冒烟' }))
      .thenTypes('ticket.NoteAdded');
  });

  it('advice is a person’s act', () =>
    givenTicket(...hazardous())
      .when(command.GiveSafetyAdvice({ advice: '请断电' }))
      .then(ticket.safetyAdviceGiven({}, { personal: [{ subject: TICKET, fields: { advice: '请断电' } }] })));
});

describe('routes and warranty', () => {
  it('a person overrides the route, also while work is in progress', () => {
    givenTicket(...past.registered())
      .when(command.RouteTicket({ route: 'remote', reason: '核实' }))
      .then(ticket.routed({ route: 'remote', decided: byPerson }, why), ticket.owned());
    givenTicket(...past.inProgress())
      .when(command.RouteTicket({ route: 'remote', reason: '核实' }))
      .then(ticket.routed({ route: 'remote', decided: byPerson }, why));
  });

  it('a complaint has no route', () =>
    givenTicket(...past.registered(), ticket.classified({ type: 'complaint' }))
      .when(command.RouteTicket())
      .thenRefused('TICKET.IS_COMPLAINT'));

  const unit = { unitId: UNIT, category: 'air-conditioner', model: 'KFR-35GW', soldOn: '2026-03-01' };

  it('INT-13 the warranty is determined by rule, or by a person with a reason', () => {
    givenTicket(...past.registered())
      .knowing({ unit })
      .when({ type: 'ticket.DetermineWarranty', data: {} })
      .then(
        ticket.warranty({
          from: '2026-02-28T16:00:00.000Z',
          until: '2027-03-01T16:00:00.000Z',
          coverage: 'in-warranty',
        }),
      );
    givenTicket(...past.inProgress())
      .when(command.DetermineWarranty({ coverage: 'not-covered', reason: '进水' }))
      .then(ticket.warranty({ coverage: 'not-covered', basis: 'none' }, because(TICKET, '进水')));
    givenTicket(...past.inProgress())
      .when({ type: 'ticket.DetermineWarranty', data: { coverage: 'expired' } })
      .thenRefused('TICKET.REASON_MISSING');
  });

  it('INT-12 a unit is identified once and may be corrected', () => {
    givenTicket(...past.registered())
      .knowing({ unit })
      .when(command.IdentifyProductUnit())
      .thenTypes('ticket.ProductUnitIdentified', 'ticket.WarrantyDetermined');
    const identified = [...past.registered(), ticket.unitIdentified()];
    givenTicket(...identified)
      .knowing({ unit })
      .when(command.IdentifyProductUnit())
      .thenNothing();
    givenTicket(...identified)
      .when(command.CorrectProductUnit({ unitId: 'other-unit' }))
      .thenTypes('ticket.ProductUnitCorrected', 'ticket.WarrantyDetermined');
    givenTicket(...past.registered())
      .when(command.IdentifyProductUnit())
      .thenRefused('TICKET.UNIT_UNKNOWN');
    givenTicket(...identified)
      .when(command.CorrectProductUnit())
      .thenRefused('TICKET.UNIT_UNKNOWN');
    givenTicket(...past.registered())
      .when(command.CorrectProductUnit({ unitId: UNIT }))
      .thenRefused('TICKET.UNIT_NOT_IDENTIFIED');
  });
});

describe('facts are decided on the live state, in every state', () => {
  it('a contact is recorded once, with its words under the customer’s key and when it happened', () => {
    const said = { contactId: 'contact-1', words: '什么时候来', occurredAt: '2026-10-01T16:01:00+08:00' } as const;
    givenTicket(...past.completed())
      .when(command.RecordContact(said))
      .then(
        ticket.contacted(
          {},
          { personal: [{ subject: CUSTOMER, fields: { words: said.words } }], occurredAt: '2026-10-01T08:01:00.000Z' },
        ),
      );
    givenTicket(...past.completed(), ticket.contacted())
      .when(command.RecordContact(said))
      .thenNothing();
  });

  it('INT-11 identity is verified', () =>
    givenTicket(...past.registered())
      .when(command.VerifyContact())
      .then(ticket.verified()));

  it('links are noted once and never to itself', () => {
    givenTicket(...past.completed())
      .when(command.LinkTicket({ ticketId: 'other' }))
      .then(ticket.linked());
    givenTicket(...past.completed(), ticket.linked())
      .when(command.LinkTicket({ ticketId: 'other' }))
      .thenNothing();
    givenTicket(...past.registered())
      .when(command.LinkTicket({ ticketId: '7d9f1c52-0000-4000-8000-000000000001' }))
      .thenRefused('TICKET.LINK_TO_ITSELF');
  });

  it('a tracking link works 30 days and is revoked by an event', () => {
    givenTicket(...past.registered())
      .at('2026-10-01T09:00:00.000Z')
      .when(command.IssueTrackingLink())
      .then(
        ticket.linkIssued({
          linkId: 'c0ffee00-0000-4000-8000-000000000001',
          expiresAt: '2026-10-31T09:00:00.000Z',
        }),
      );
    const issued = [...past.registered(), ticket.linkIssued()];
    givenTicket(...issued)
      .when(command.RevokeTrackingLink({ linkId: 'link-1' }))
      .then(ticket.linkRevoked());
    givenTicket(...issued, ticket.linkRevoked())
      .when(command.RevokeTrackingLink({ linkId: 'link-1' }))
      .thenNothing();
    givenTicket(...issued)
      .when(command.RevokeTrackingLink())
      .thenRefused('TICKET.LINK_UNKNOWN');
  });

  it('a note about the customer and one about the case lie under different keys', () => {
    const { decided } = givenTicket(...past.registered())
      .by(people.warehouse)
      .when(command.AddNote({ about: 'customer', note: '周末在家' }));
    expect(decided).toMatchObject([{ personal: [{ subject: CUSTOMER }] }]);
    expect(givenTicket(...past.registered()).when(command.AddNote()).decided).toMatchObject([
      { personal: [{ subject: 'ticket-7d9f1c52-0000-4000-8000-000000000001' }] },
    ]);
  });
});
