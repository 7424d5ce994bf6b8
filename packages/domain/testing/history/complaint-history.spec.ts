import { matches, type RecordedEvent } from '../../src/kernel/index';
import { registry } from '../../src/registry';
import { generateHistory } from './generate';

const of = (history: readonly RecordedEvent[], type: string) => history.filter((event) => event.type === type);
const values = (history: readonly RecordedEvent[], type: string, name: string): string[] =>
  [...new Set(of(history, type).map(({ data }) => String((data as Record<string, unknown>)[name])))].sort();

describe('generated histories with complaints', () => {
  const history = generateHistory({ seed: 7, tickets: 220, complaints: true });

  it('hold only events that fit, gapless within each stream, and none of them without the option', () => {
    const revisions = new Map<string, number>();
    for (const { stream, type, data, revision } of history) {
      const definition = registry.event(type);
      expect(definition && matches(definition.data, data)).toBe(true);
      expect(revision).toBe((revisions.get(stream) ?? -1) + 1);
      revisions.set(stream, revision);
    }
    const without = generateHistory({ seed: 7, tickets: 20 });
    expect(without.filter(({ type }) => type.includes('omplaint'))).toEqual([]);
  });

  it('lead to every outcome, through every turn that metrics and lists are hard about', () => {
    expect(values(history, 'complaint.ComplaintClosed', 'outcome')).toEqual([
      'external-body',
      'final-position',
      'no-answer',
      'satisfied',
    ]);
    expect(values(history, 'complaint.VerdictRecorded', 'verdict')).toEqual(['dissatisfied', 'no-answer', 'satisfied']);
    expect(values(history, 'complaint.SeverityAssessed', 'severity')).toEqual(['general', 'important', 'urgent']);
    expect(values(history, 'complaint.ComplaintRegistered', 'complainant')).toEqual(['anonymous', 'customer']);
    for (const type of [
      'DismissalCommunicated',
      'DismissalAppealed',
      'ComplaintWithdrawn',
      'SecondHandlingOpened',
      'ComplaintEscalated',
      'ComplaintReopened',
      'ResponsibilityAppealed',
      'AppealDecided',
      'ResponsibilityBecameFinal',
      'ResponsibilityUndetermined',
      'InformationRequested',
      'ControlPointReminded',
      'ControlPointMissed',
      'ReworkTicketOpened',
      'CommitmentKept',
      'LessonsRecorded',
    ])
      expect({ type, held: of(history, `complaint.${type}`).length > 0 }).toEqual({ type, held: true });
  });

  it('tie complaints to tickets: grievances that became one, tickets that know of theirs, rework that came back', () => {
    const became = of(history, 'ticket.TicketCancelled').filter(
      ({ data }) => (data as { reason: string }).reason === 'became-complaint',
    );
    expect(became.length).toBeGreaterThan(0);
    for (const { stream, data } of became) {
      const complaint = history.find(
        (one) => one.stream === `complaint-${(data as { complaintId: string }).complaintId}`,
      );
      expect(complaint?.metadata.correlationId).toBe(stream);
    }
    expect(of(history, 'ticket.ComplaintEnded').length).toBeGreaterThan(0);
    const rework = of(history, 'complaint.PlanStepCompleted').filter(({ data }) => 'ticketId' in (data as object));
    expect(rework.length).toBeGreaterThan(0);
  });
});
