import { policiesV1 } from '@aftercare/domain';
import { record, streamOf, type Told } from '../testing';
import { complaintVolume } from './complaint-volume';
import { controlPointsMet } from './control-points-met';
import { dismissedShare } from './dismissed-share';
import { keptPromiseRate } from './kept-promise-rate';
import { type Metric } from './metric';
import { secondHandlingRate } from './second-handling-rate';

/** A time on the clocks of Shanghai. */
const at = (local: string): string => new Date(`${local}:00.000+08:00`).toISOString();
const AT = Date.parse(at('2026-12-31T10:00'));

const on =
  (n: number) =>
  (local: string, type: string, data: Readonly<Record<string, unknown>> = {}): Told => ({
    stream: streamOf('complaint', n),
    type: `complaint.${type}`,
    recordedAt: at(local),
    data: { round: 1, ...data },
  });
const complaint = (n: number, local: string, data: Readonly<Record<string, unknown>> = {}): readonly Told[] => [
  on(n)(local, 'ComplaintRegistered', {
    number: `KS20261100${String(n)}`,
    site: 'main',
    zone: 'Asia/Shanghai',
    channel: 'phone',
    complainant: 'anonymous',
    complaintCategory: 'attitude',
    safetyMarked: false,
    about: { model: 'A1' },
    ...data,
  }),
  on(n)(local, 'SeverityAssessed', { severity: 'general', provisional: true, safety: false }),
];
const share = (party: string, percent: number) => ({ shareId: party, party, percent, kind: 'unit', named: false });
const asked = { from: '2026-11-01', to: '2027-01-01' };
const figures = (metric: Metric, told: readonly Told[], dimensions: readonly string[] = []) =>
  metric.fold(record(told), metric.parameters({ ...asked, dimensions }), AT);

describe('CMP-05, CMP-07, CMP-08 complaint volume and mix', () => {
  it('goes by the category, severity and responsibility as last decided', () => {
    const told = [
      ...complaint(1, '2026-11-02T10:00'),
      on(1)('2026-11-03T10:00', 'ComplaintClassified', { complaintCategory: 'charges', reason: '更正' }),
      on(1)('2026-11-03T10:00', 'SeverityAssessed', { severity: 'important', provisional: false, safety: false }),
      on(1)('2026-11-04T10:00', 'ResponsibilityConfirmed', { shares: [share('company', 70), share('customer', 30)] }),
      ...complaint(2, '2026-11-02T10:00'),
      on(2)('2026-11-04T10:00', 'ResponsibilityConfirmed', {
        shares: [share('company', 50), share('third-party', 50)],
      }),
      ...complaint(3, '2026-11-02T10:00', { about: {} }),
    ];
    expect(figures(complaintVolume, told, ['category', 'severity', 'model', 'responsibility']).rows).toMatchObject([
      { category: 'attitude', severity: 'general', model: '(unknown)', responsibility: 'not-yet', complaints: 1 },
      { category: 'attitude', severity: 'general', model: 'A1', responsibility: 'shared', share: 1 / 3 },
      { category: 'charges', severity: 'important', model: 'A1', responsibility: 'company', open: 1 },
    ]);
  });
});

describe('CMP-14 second-handling rate', () => {
  it('counts a complaint once, and leaves out who was told no outcome', () => {
    const told = [
      ...complaint(1, '2026-11-02T10:00'),
      on(1)('2026-11-05T10:00', 'OutcomeCommunicated'),
      on(1)('2026-11-06T10:00', 'SecondHandlingOpened', { round: 2 }),
      on(1)('2026-11-09T10:00', 'OutcomeCommunicated', { round: 2 }),
      on(1)('2026-11-10T10:00', 'SecondHandlingOpened', { round: 3 }),
      ...complaint(2, '2026-11-02T10:00'),
      on(2)('2026-11-05T10:00', 'OutcomeCommunicated'),
      ...complaint(3, '2026-11-02T10:00'),
    ];
    expect(figures(secondHandlingRate, told)).toMatchObject({
      totals: { complaints: 2, second: 1, rate: 0.5 },
      excluded: { 'no-outcome-yet': 1 },
      provisional: 1,
    });
  });
});

describe('CMP-19 dismissed share', () => {
  it('shows a dismissal that did not hold, and counts open and withdrawn ones apart', () => {
    const dismissed = {
      grounds: 'not-genuine',
      recourse: ['12315'],
      channel: 'phone',
      appealBy: at('2027-01-05T10:00'),
    };
    const told = [
      ...complaint(1, '2026-11-02T10:00'),
      on(1)('2026-11-05T10:00', 'DismissalCommunicated', dismissed),
      ...complaint(2, '2026-11-02T10:00'),
      on(2)('2026-11-05T10:00', 'DismissalCommunicated', dismissed),
      on(2)('2026-11-06T10:00', 'DismissalAppealed', { round: 2 }),
      on(2)('2026-11-16T10:00', 'ComplaintClosed', { outcome: 'satisfied' }),
      ...complaint(3, '2026-11-02T10:00'),
      on(3)('2026-11-03T10:00', 'ComplaintWithdrawn', { continuedInternally: false }),
      ...complaint(4, '2026-11-02T10:00'),
    ];
    expect(figures(dismissedShare, told)).toMatchObject({
      totals: { decided: 2, dismissed: 1, appealed: 1, overturned: 1, share: 0.5 },
      excluded: { open: 1, withdrawn: 1 },
      provisional: 1,
    });
  });
});

describe('SLA-09, DEC-02 control points met in time, as judged then', () => {
  const { body } = policiesV1['service-level'];
  const stricter: Told = {
    stream: streamOf('policy', 9),
    type: 'policy.PolicyPublished',
    recordedAt: at('2026-11-09T10:00'),
    data: {
      kind: 'service-level',
      version: 2,
      effectiveFrom: at('2026-11-10T00:00'),
      body: JSON.stringify({
        ...body,
        bySeverity: body.bySeverity.map((rule) => ({
          ...rule,
          limits: { ...rule.limits, acknowledge: { amount: 10, unit: 'minute' } },
        })),
      }),
      reason: '示例',
    },
  };
  const acknowledged = (n: number, day: string) => [
    ...complaint(n, `${day}T10:00`),
    on(n)(`${day}T12:00`, 'ComplaintAcknowledged', { reached: true, channel: 'phone', contactId: 'c' }),
  ];

  it('keeps what was judged before a stricter version took effect', () =>
    expect(
      figures(
        controlPointsMet,
        [stricter, ...acknowledged(1, '2026-11-02'), ...acknowledged(2, '2026-11-16')],
        ['point', 'policyVersion'],
      ).rows,
    ).toMatchObject([
      { point: 'acknowledge', policyVersion: '1', judged: 1, inTime: 1, rate: 1 },
      { point: 'acknowledge', policyVersion: '2', judged: 1, inTime: 0, rate: 0 },
      // Never done, and long past due by now.
      { point: 'plan', policyVersion: '1', judged: 1, inTime: 0 },
      { point: 'plan', policyVersion: '2', judged: 1, inTime: 0 },
      { point: 'responsibility', judged: 1 },
      { point: 'responsibility', judged: 1 },
    ]));

  it('counts what stopped before it was due apart', () =>
    expect(
      figures(controlPointsMet, [
        ...acknowledged(1, '2026-11-02'),
        on(1)('2026-11-02T13:00', 'ComplaintWithdrawn', { continuedInternally: false }),
      ]),
    ).toMatchObject({ totals: { judged: 1, inTime: 1 }, excluded: { stopped: 2, running: 0 }, provisional: 0 }));
});

describe('CMP-12, SLA-06 kept-promise rate', () => {
  const commitment = (commitmentId: string, expectedBy: string) => ({ commitmentId, expectedBy, channel: 'phone' });

  it('tells kept, late, broken and void apart', () => {
    const told = [
      ...complaint(1, '2026-11-02T10:00', {
        external: { body: '12315', reference: 'R', dueBy: at('2026-11-20T10:00') },
      }),
      ...['a', 'b', 'c'].map((id) =>
        on(1)('2026-11-03T10:00', 'CommitmentGiven', commitment(id, at('2026-11-05T10:00'))),
      ),
      on(1)('2026-11-04T10:00', 'CommitmentKept', { commitmentId: 'a' }),
      on(1)('2026-11-06T10:00', 'CommitmentKept', { commitmentId: 'b' }),
      on(1)('2026-11-07T10:00', 'ComplaintWithdrawn', { continuedInternally: false }),
    ];
    expect(figures(keptPromiseRate, told, ['kind'])).toMatchObject({
      rows: [
        { kind: 'commitment', promises: 3, kept: 1, late: 1, rate: 1 / 3 },
        { kind: 'external', promises: 0, excluded: 1, rate: null },
      ],
      excluded: { void: 1 },
      provisional: 1,
    });
  });

  it('judges a promise moved in time by its new date, and one moved too late as broken', () => {
    const progress = (local: string, by: string) => on(1)(local, 'ProgressCommunicated', { expectedBy: at(by) });
    const told = [
      ...complaint(1, '2026-11-02T10:00'),
      progress('2026-11-03T10:00', '2026-11-05T10:00'),
      progress('2026-11-04T10:00', '2026-11-09T10:00'),
      progress('2026-11-10T10:00', '2026-11-12T10:00'),
      on(1)('2026-11-11T10:00', 'OutcomeCommunicated'),
    ];
    expect(figures(keptPromiseRate, told).totals).toEqual({ promises: 2, kept: 1, late: 0, moved: 1, rate: 0.5 });
  });
});
