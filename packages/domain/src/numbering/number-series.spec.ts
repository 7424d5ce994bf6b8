import fc from 'fast-check';
import { event, fold, isRejection, type Recorded } from '../kernel/index';
import { recordedStory, scenarioOf } from '../../testing/index';
import { numberSeriesEvents, type NumberSeriesEvent } from './events';
import { formatNumber, numberPrefixes } from './number-format';
import { numberSeriesDecider, numberSeriesRegistration } from './registration';
import type { NumberSeries } from './state';

const stream = 'number_series-5f0c8f7e-0000-5000-8000-000000000001';
const given = scenarioOf(numberSeriesRegistration, {
  stream,
  facts: {},
  actor: { id: 'system', role: 'system' },
});
const allocated = (first: number, last: number) =>
  event(numberSeriesEvents.NumberBlockAllocated, { kind: 'ticket', month: '202611', first, last });
const allocate = (size: number, more: object = {}) => ({
  type: 'number_series.AllocateBlock',
  data: { kind: 'ticket', month: '202611', size, ...more },
});

describe('DEC-18 numbers are handed out in blocks, each once', () => {
  it('starts a month with serial 1', () => given().when(allocate(10)).then(allocated(1, 10)));

  it('goes on behind the last block, whatever of it was used', () =>
    given(allocated(1, 10), allocated(11, 110)).when(allocate(100)).then(allocated(111, 210)));

  it('refuses a block of another month or kind: each has a series of its own', () => {
    given(allocated(1, 10))
      .when(allocate(10, { month: '202612' }))
      .thenRefused('NUMBER_SERIES.OTHER_SERIES');
    given(allocated(1, 10))
      .when(allocate(10, { kind: 'complaint' }))
      .thenRefused('NUMBER_SERIES.OTHER_SERIES');
  });

  it('never gives the same number twice, over any sequence of blocks, kinds and months', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            kind: fc.constantFrom('ticket' as const, 'complaint' as const),
            month: fc.constantFrom('202611', '202612', '202701'),
            size: fc.integer({ min: 1, max: 400 }),
          }),
          { maxLength: 12 },
        ),
        (wishes) => {
          const series = new Map<string, NumberSeries>();
          const numbers: string[] = [];
          for (const wish of wishes) {
            const key = `${wish.kind}:${wish.month}`;
            const before = series.get(key) ?? numberSeriesDecider.initial;
            const decided = numberSeriesDecider.decide({ type: 'number_series.AllocateBlock', data: wish }, before, {
              now: '2026-11-22T00:00:00.000Z',
              actor: { id: 'system', role: 'system' },
              stream,
              commandId: 'c',
              facts: {},
            });
            if (isRejection(decided)) throw new Error(decided.code);
            const events = recordedStory(stream, decided) as Recorded<NumberSeriesEvent>[];
            series.set(key, fold(numberSeriesDecider, events, before));
            for (const { data } of events)
              for (let serial = data.first; serial <= data.last; serial += 1)
                numbers.push(formatNumber(data.month, serial, numberPrefixes[wish.kind]));
          }
          expect(new Set(numbers).size).toBe(numbers.length);
        },
      ),
      { numRuns: 50 },
    ));
});

describe('INT-18 a number is year, month and serial', () => {
  it('has a serial of at least three digits, and does not break above 999', () => {
    expect(formatNumber('202410', 1)).toBe('202410001');
    expect(formatNumber('202410', 999)).toBe('202410999');
    expect(formatNumber('202410', 1_000)).toBe('2024101000');
  });

  it('CMP-04 sets the letters of its kind in front', () =>
    expect(formatNumber('202410', 7, numberPrefixes.complaint)).toBe('KS202410007'));
});
