import { matches, type RecordedEvent } from '../../src/kernel/index';
import { registry } from '../../src/registry';
import { generateHistory } from './generate';

const counts = (history: readonly RecordedEvent[]) =>
  history.reduce<Record<string, number>>((sum, { type }) => ({ ...sum, [type]: (sum[type] ?? 0) + 1 }), {});

describe('generated histories', () => {
  const history = generateHistory({ seed: 7, tickets: 150 });

  it('are the same for the same seed, and others for another', () => {
    expect(generateHistory({ seed: 3, tickets: 10 })).toEqual(generateHistory({ seed: 3, tickets: 10 }));
    expect(generateHistory({ seed: 3, tickets: 10 })).not.toEqual(generateHistory({ seed: 4, tickets: 10 }));
  });

  it('hold only events that fit their schema, in one order of time, gapless within each stream', () => {
    const revisions = new Map<string, number>();
    let last = '';
    for (const event of history) {
      const definition = registry.event(event.type);
      expect(definition && matches(definition.data, event.data)).toBe(true);
      expect(event.metadata.recordedAt >= last).toBe(true);
      last = event.metadata.recordedAt;
      expect(event.revision).toBe((revisions.get(event.stream) ?? -1) + 1);
      revisions.set(event.stream, event.revision);
    }
  });

  it('hold what metrics are hard about: repeats, reopenings, rejections, silence, late facts, corrections, no access', () => {
    const known = counts(history);
    for (const type of [
      'ticket.TicketSubmitted',
      'ticket.TicketReopened',
      'ticket.ResolutionRejected',
      'ticket.ResolutionAcceptedBySilence',
      'ticket.TicketLinked',
      'ticket.TicketClosed',
      'ticket.TicketClosedUnresolved',
      'work_order.PartUseCorrected',
      'work_order.WorkOrderDeclined',
      'work_order.AcceptanceLapsed',
      'work_order.FieldConflictRaised',
      'work_order.WorkOrderCancelled',
    ])
      expect({ type, held: (known[type] ?? 0) > 0 }).toEqual({ type, held: true });
    const outcomes = new Set(
      history.flatMap(({ type, data }) =>
        type === 'work_order.WorkCompleted' ? [(data as { outcome: string }).outcome] : [],
      ),
    );
    expect(outcomes).toContain('no-access');
    expect(outcomes).toContain('further-visit-needed');
    const firstTouch = history.some(
      ({ type, data }) => type === 'ticket.ResolutionProposed' && (data as { by: string }).by === 'first-touch',
    );
    const late = history.some(({ metadata }) => metadata.occurredAt < metadata.recordedAt);
    expect({ firstTouch, late }).toEqual({ firstTouch: true, late: true });
  });
});
