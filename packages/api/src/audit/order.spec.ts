import type { RecordedEvent } from '@aftercare/domain';
import { inOrderOfOccurrence, inOrderOfRecording, lateOnes } from './order';

const told = (
  stream: string,
  revision: number,
  times: { readonly recordedAt: string; readonly occurredAt?: string; readonly causedBy?: string },
): RecordedEvent => {
  const { recordedAt, occurredAt = recordedAt, causedBy = 'request' } = times;
  const metadata = { recordedAt, occurredAt, causationId: causedBy };
  return { stream, revision, eventId: `${stream}@${revision}`, metadata } as unknown as RecordedEvent;
};
const ids = (events: readonly RecordedEvent[]) => events.map(({ eventId }) => eventId);
const at = (minute: number) => `2026-10-01T08:${String(minute).padStart(2, '0')}:00.000Z`;

describe('the one order of a history with several streams (architecture §8)', () => {
  it('goes by recording, and puts a cause before its effect within one instant', () => {
    const opened = told('ticket-a', 3, { recordedAt: at(5), causedBy: 'work_order-b@0' });
    const planned = told('work_order-b', 0, { recordedAt: at(5), causedBy: 'ticket-a@2' });
    const routed = told('ticket-a', 2, { recordedAt: at(5) });
    const first = told('ticket-a', 1, { recordedAt: at(1) });
    expect(ids(inOrderOfRecording([opened, planned, routed, first]))).toEqual([
      'ticket-a@1',
      'ticket-a@2',
      'work_order-b@0',
      'ticket-a@3',
    ]);
  });

  it('shows a circle of causes, which only a forged log can hold, and does not hang on it', () => {
    const one = told('ticket-a', 0, { recordedAt: at(1), causedBy: 'ticket-b@0' });
    const other = told('ticket-b', 0, { recordedAt: at(1), causedBy: 'ticket-a@0' });
    expect(ids(inOrderOfRecording([one, other])).sort()).toEqual(['ticket-a@0', 'ticket-b@0']);
  });

  it('goes by what happened when asked, and marks what was recorded after something later (DEC-17)', () => {
    const arrival = told('work_order-b', 1, { recordedAt: at(50), occurredAt: at(10) });
    const call = told('ticket-a', 1, { recordedAt: at(20) });
    const close = told('ticket-a', 2, { recordedAt: at(55) });
    const ordered = inOrderOfOccurrence([call, close, arrival]);
    expect(ids(ordered)).toEqual(['work_order-b@1', 'ticket-a@1', 'ticket-a@2']);
    expect([...lateOnes(ordered)]).toEqual(['work_order-b@1']);
  });
});
