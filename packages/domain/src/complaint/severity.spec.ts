import {
  complaintCommand as command,
  complaintEvent as complaint,
  complaintPast as past,
  complaintPeople as people,
  givenComplaint,
  because,
  COMPLAINT,
} from '../../testing/index';
import { severityOf } from './rules';

const measured = { nature: 'ordinary', reach: 'single', urgency: 'routine', safety: false } as const;
const assess = (data: object) => command.AssessSeverity({ ...measured, ...data, reason: '核查' });
const urgent = { severity: 'urgent' as const, safety: true, reasons: ['safety'] };

describe('CMP-08 severity by rule', () => {
  it.each([
    [{ safety: true }, 'urgent', ['safety']],
    [{ safety: false, graveCause: 'demanding-favours' }, 'urgent', ['grave-cause']],
    [{ safety: false, nature: 'grave' }, 'urgent', ['nature-grave']],
    [{ safety: false, urgency: 'immediate' }, 'urgent', ['urgency-immediate']],
    [{ safety: false, reach: 'public', nature: 'serious' }, 'urgent', ['reach-public-and-serious']],
    [{ safety: false, external: true }, 'important', ['external-body']],
    [{ safety: false, nature: 'serious', urgency: 'soon' }, 'important', ['nature-serious', 'urgency-soon']],
    [{ safety: false, reach: 'several' }, 'important', ['reach-several']],
    [{ safety: false, nature: 'ordinary', reach: 'single', urgency: 'routine' }, 'general', ['nothing-special']],
  ] as const)('%j is %s', (measures, severity, reasons) =>
    expect(severityOf({ external: false, ...measures })).toEqual({ severity, reasons }),
  );
});

describe('CMP-08 assessed after verification', () => {
  it('by nature, reach and urgency, no longer provisional', () =>
    givenComplaint(...past.verified())
      .when(assess({ nature: 'serious', urgency: 'soon' }))
      .then(
        complaint.severity(
          {
            severity: 'important',
            provisional: false,
            nature: 'serious',
            reach: 'single',
            urgency: 'soon',
            reasons: ['nature-serious', 'urgency-soon'],
            decided: { by: 'person', ruleVersion: 1 },
          },
          because(COMPLAINT, '核查'),
        ),
      ));

  it('not before it was verified, nor when it has ended', () => {
    givenComplaint(...past.acknowledged())
      .when(assess({}))
      .thenRefused('COMPLAINT.NOT_VERIFIED');
    givenComplaint(...past.closed())
      .when(assess({}))
      .thenRefused('COMPLAINT.NOT_OPEN');
  });

  it('anybody raises a hazard at once, which is never taken away by the rule', () => {
    givenComplaint(...past.registered())
      .by(people.agent)
      .when(command.MarkSafety())
      .then(
        complaint.severity({ ...urgent, decided: { by: 'person', ruleVersion: 1 } }, because(COMPLAINT, '外壳漏电')),
      );
    givenComplaint(...past.registered(), complaint.severity(urgent))
      .by(people.agent)
      .when(command.MarkSafety())
      .thenNothing();
  });
});

describe('lowering needs a second person', () => {
  const grave = () => [...past.verified(), complaint.severity(urgent)];
  const proposed = () => [...grave(), { told: complaint.loweringProposed(measured), by: people.crm }];

  it('a lower level, or a hazard that is none, is only proposed', () => {
    givenComplaint(...grave())
      .when(assess({}))
      .then(
        complaint.loweringProposed(
          { ...measured, loweringId: 'c0ffee00-0000-4000-8000-000000000001' },
          because(COMPLAINT, '核查'),
        ),
      );
    givenComplaint(...grave())
      .when(assess({ urgency: 'immediate' }))
      .thenTypes('complaint.SeverityLoweringProposed');
    givenComplaint(...past.verified(), complaint.severity({ severity: 'urgent', graveCause: 'repeated-repair' }))
      .when(assess({ nature: 'grave' }))
      .thenTypes('complaint.SeverityLoweringProposed');
    givenComplaint(...grave())
      .when(assess({ safety: true }))
      .thenTypes('complaint.SeverityAssessed');
  });

  it('another one approves or rejects it, never the proposer', () => {
    const approve = command.ApproveSeverityLowering({ loweringId: 'lowering-1' });
    const reject = command.RejectSeverityLowering({ loweringId: 'lowering-1' });
    givenComplaint(...proposed())
      .by(people.quality)
      .when(approve)
      .then(
        complaint.severity({
          ...measured,
          severity: 'general',
          provisional: false,
          decided: { by: 'person', ruleVersion: 1 },
          loweringId: 'lowering-1',
        }),
      );
    givenComplaint(...proposed())
      .by(people.quality)
      .when(reject)
      .then(complaint.loweringRejected({}, because(COMPLAINT, '隐患未排除')));
    const bySupervisor = [...grave(), { told: complaint.loweringProposed(), by: people.supervisor }];
    for (const own of [approve, reject]) {
      givenComplaint(...bySupervisor)
        .by(people.supervisor)
        .when(own)
        .thenRefused('COMPLAINT.SECOND_PERSON_NEEDED');
      givenComplaint(...grave())
        .by(people.quality)
        .when(own)
        .thenRefused('COMPLAINT.LOWERING_UNKNOWN');
    }
  });

  it('new evidence or a rejection ends the proposal', () => {
    for (const ended of [complaint.severity(urgent), complaint.loweringRejected()])
      givenComplaint(...proposed(), ended)
        .by(people.quality)
        .when(command.ApproveSeverityLowering({ loweringId: 'lowering-1' }))
        .thenRefused('COMPLAINT.LOWERING_UNKNOWN');
  });
});
