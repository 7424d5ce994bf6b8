import { registry, type RecordedEvent } from '@aftercare/domain';
import { reasonsInWords } from './event-sentence';

/** An event of version 1 as it is read today. */
const lifted = (type: string, data: Record<string, unknown>): RecordedEvent =>
  ({ type, data: registry.event(type)!.upcasts.reduce((older, lift) => lift(older), data) }) as RecordedEvent;

describe('why something was decided', () => {
  it('is still told where version 1 had it in clear: at the top, and beside who decided', () => {
    const said = { zh: '电话核实', en: '电话核实' };
    const decided = { by: 'person', reason: said.zh };
    expect(reasonsInWords(lifted('ticket.HandlingRouted', { route: 'visit', decided, cycle: 1 }))).toContainEqual(said);
    for (const type of ['complaint.LegalHoldPlaced', 'work_order.DispatchWithdrawn', 'customer.ErasureRefused'])
      expect(reasonsInWords(lifted(type, { reason: said.zh }))).toEqual([said]);
  });
});
