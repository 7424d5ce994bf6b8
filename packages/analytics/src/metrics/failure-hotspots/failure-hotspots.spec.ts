import { DAY, plus } from '@aftercare/domain';
import { record, streamOf, type Told } from '../../testing';
import { failureHotspots } from './index';

const cases = (count: number, from: number, at: string, faultCode?: string): readonly Told[] =>
  Array.from({ length: count }, (_, index): readonly Told[] => {
    const stream = streamOf('ticket', from + index);
    const on = (type: string, data: Readonly<Record<string, unknown>>): Told => ({
      stream,
      type: `ticket.${type}`,
      recordedAt: at,
      data: { ...data, cycle: 1 },
    });
    return [
      on('TicketRegistered', { zone: 'Asia/Shanghai', channel: 'phone', customer: 'c', category: '空调', model: 'A1' }),
      on('TicketClassified', { type: 'repair', matched: [], decided: { by: 'rule' } }),
      on('DiagnosisRecorded', faultCode === undefined ? {} : { faultCode: 'E0' }),
      ...(faultCode === undefined ? [] : [{ ...on('DiagnosisRecorded', { faultCode }), recordedAt: plus(at, DAY) }]),
    ];
  }).flat();

const hotspots = (...told: readonly (readonly Told[])[]) =>
  failureHotspots.fold(
    record(told.flat()),
    failureHotspots.parameters({ from: '2026-02-01', to: '2026-03-01', dimensions: ['model', 'fault'] }),
    0,
  ).rows;

describe('DEC-12 failure hotspots', () => {
  const [before, now] = ['2026-01-10T02:00:00.000Z', '2026-02-10T02:00:00.000Z'];

  it('goes by the last code recorded, flags ten cases that are half as many again, and shows cases without a code', () =>
    expect(hotspots(cases(8, 1, before, 'E1'), cases(12, 20, now, 'E1'), cases(3, 40, now))).toEqual([
      { model: 'A1', fault: 'E1', cases: 12, share: 0.8, previous: 8, ratio: 1.5, flagged: true },
      { model: 'A1', fault: '(no code)', cases: 3, share: 0.2, previous: 0, ratio: null, flagged: false },
    ]));

  it('does not flag nine cases, nor ten that rose less; says zero when every case has a code', () => {
    const nine = hotspots(cases(1, 1, before, 'E1'), cases(9, 20, now, 'E1'));
    expect(nine).toMatchObject([{ flagged: false }, { fault: '(no code)', cases: 0 }]);
    expect(hotspots(cases(7, 1, before, 'E1'), cases(10, 20, now, 'E1'))[0]).toMatchObject({ flagged: false });
  });
});
