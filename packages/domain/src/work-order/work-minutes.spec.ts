import { minutesIn } from '../../testing/recorded';
import type { WorkMark } from './state';
import { workMinutes } from './work-minutes';

const mark = (minute: number, what: WorkMark['mark']): WorkMark => ({
  at: minutesIn(minute),
  mark: what,
  by: 'e-1',
  crew: true,
});
const minutes = (...marks: readonly WorkMark[]) => workMinutes(marks, minutesIn(100));

describe('DEC-14 repair time 维修时长', () => {
  it('is nothing without a start', () => expect(minutes(mark(10, 'suspend'), mark(20, 'resume'))).toBe(0));
  it('runs from the start to the completion', () => expect(minutes(mark(40, 'start'))).toBe(60));
  it('leaves suspensions out, also one that never ended', () => {
    expect(minutes(mark(0, 'start'), mark(10, 'suspend'), mark(40, 'resume'))).toBe(70);
    expect(minutes(mark(0, 'start'), mark(10, 'suspend'))).toBe(10);
  });
  it('doesn’t depend on the order in which marks came, nor on one that came twice', () => {
    expect(minutes(mark(40, 'resume'), mark(0, 'start'), mark(10, 'suspend'), mark(10, 'suspend'))).toBe(70);
    expect(minutes(mark(0, 'start'), mark(20, 'start'), mark(200, 'suspend'))).toBe(100);
  });
});
