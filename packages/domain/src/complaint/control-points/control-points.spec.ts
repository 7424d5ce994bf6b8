import fc from 'fast-check';
import { recordedAt, recordedStory, type Told } from '../../../testing/recorded';
import { DAY, HOUR, instantOf, millisOf, MINUTE, type Instant, type Recorded } from '../../kernel/index';
import { policiesV1 } from '../../policy/v1/index';
import type { ControlPoint, Severity } from '../../vocabulary';
import type { ComplaintEvent } from '../events';
import { controlPointReadings, firstDue, type ControlPointReading, type ServiceLevelLookup } from './readings';
import { trackControlPoints, type ControlPointTrack } from './track';

const v1 = policiesV1['service-level'];
const levels: ServiceLevelLookup = () => v1;
/** A time on the clocks of Shanghai. */
const at = (local: string): Instant => instantOf(millisOf(`${local}:00.000+08:00`));
const on = (local: string, type: string, data: object = {}): Told =>
  recordedAt(at(local), { type: `complaint.${type}`, data: { round: 1, ...data } });
const registered = (local: string, data: object = {}, receivedAt = at(local)): Told =>
  recordedAt(at(local), {
    type: 'complaint.ComplaintRegistered',
    data: { site: 'main', zone: 'Asia/Shanghai', safetyMarked: false, round: 1, ...data },
    receivedAt,
  });
const assessed = (local: string, severity: Severity, safety = false): Told =>
  on(local, 'SeverityAssessed', { severity, safety, provisional: true });

const trackOf = (...story: readonly Told[]): ControlPointTrack => {
  const events = recordedStory('complaint-1', story) as Recorded<ComplaintEvent>[];
  return events.reduce<ControlPointTrack | null>((track, event) => trackControlPoints(track, event), null)!;
};
const readings = (now: string, ...story: readonly Told[]) => controlPointReadings(trackOf(...story), levels, at(now));
const of = (all: readonly ControlPointReading[], point: ControlPoint, round = 1) =>
  all.find((one) => one.point === point && one.round === round)!;

describe('SLA-09, DEC-03 the five control points', () => {
  const general = [registered('2026-11-23T10:00'), assessed('2026-11-23T10:00', 'general')];

  it.each([
    ['urgent', '2026-11-23T10:30', '2026-11-23T14:00', '2026-11-23T18:00'],
    ['important', '2026-11-23T12:00', '2026-11-24T10:00', '2026-11-25T10:00'],
    ['general', '2026-11-24T10:00', '2026-11-25T10:00', '2026-11-26T10:00'],
  ] as const)(
    'sets the first three from when the matter was received: %s',
    (severity, acknowledge, responsibility, plan) => {
      const all = readings('2026-11-23T10:05', registered('2026-11-23T10:00'), assessed('2026-11-23T10:00', severity));
      expect(all.map(({ point }) => point)).toEqual(['acknowledge', 'responsibility', 'plan']);
      expect(all.map(({ dueBy }) => dueBy)).toEqual([at(acknowledge), at(responsibility), at(plan)]);
      expect(all.every(({ state, late, policyVersion }) => state === 'running' && !late && policyVersion === 1)).toBe(
        true,
      );
    },
  );

  it('starts when the letter came, not when somebody typed it in', () => {
    const [first] = readings('2026-11-23T10:05', registered('2026-11-23T10:00', {}, at('2026-11-20T09:00')));
    expect(first).toMatchObject({ startedAt: at('2026-11-20T09:00'), dueBy: at('2026-11-21T09:00'), late: true });
  });

  it('counts working days for what is not urgent, and days of 24 hours for what is', () => {
    const story = [on('2026-11-27T17:00', 'ResolutionPlanApproved', { planId: 'p' })];
    const execution = of(readings('2026-11-27T17:00', ...general, ...story), 'execution');
    expect(execution).toMatchObject({ calendar: 'office', dueBy: at('2026-12-08T17:00'), provisional: false });
    const urgent = of(
      readings('2026-11-27T17:00', ...general, assessed('2026-11-23T11:00', 'urgent'), ...story),
      'execution',
    );
    expect(urgent).toMatchObject({ calendar: 'always', dueBy: at('2026-11-28T17:00') });
  });

  it('runs on `always` for safety at any level', () => {
    const all = readings(
      '2026-11-21T10:00',
      registered('2026-11-21T10:00'),
      assessed('2026-11-21T10:00', 'important', true),
    );
    expect(all.map(({ calendar }) => calendar)).toEqual(['always', 'always', 'always']);
    expect(of(all, 'responsibility')).toMatchObject({ allowedMs: DAY, dueBy: at('2026-11-22T10:00') });
  });

  it('ends each with its own event, the first that comes', () => {
    const all = readings(
      '2026-12-01T10:00',
      ...general,
      on('2026-11-23T10:20', 'ComplaintAcknowledged', { reached: false }),
      on('2026-11-24T10:00', 'ResponsibilityProposed'),
      on('2026-11-24T11:00', 'ResponsibilityConfirmed'),
      on('2026-11-24T12:00', 'ResolutionPlanProposed', { planId: 'a' }),
      on('2026-11-24T13:00', 'ResolutionPlanRejected', { planId: 'a' }),
      on('2026-11-24T14:00', 'ResolutionPlanProposed', { planId: 'b' }),
      on('2026-11-24T15:00', 'ResolutionPlanApproved', { planId: 'b' }),
      on('2026-11-25T15:00', 'OutcomeCommunicated'),
      on('2026-11-26T09:30', 'VerdictRecorded', { verdict: 'satisfied' }),
    );
    expect(all.map(({ point, endedAt }) => [point, endedAt])).toEqual([
      ['acknowledge', at('2026-11-23T10:20')],
      ['responsibility', at('2026-11-24T11:00')],
      ['plan', at('2026-11-24T12:00')],
      ['execution', at('2026-11-25T15:00')],
      ['verdict', at('2026-11-26T09:30')],
    ]);
    expect(all.every(({ state, late }) => state === 'met' && !late)).toBe(true);
    expect(firstDue(trackOf(...general, on('2026-11-24T11:00', 'ComplaintClosed')), levels)).toBeUndefined();
  });

  it('ends responsibility too when it stays undetermined', () =>
    expect(
      of(
        readings('2026-11-30T10:00', ...general, on('2026-11-23T12:00', 'ResponsibilityUndetermined')),
        'responsibility',
      ).state,
    ).toBe('met'));

  it('pauses all but the first while information is awaited, until the last of it is there', () => {
    const story = [
      ...general,
      on('2026-11-23T11:00', 'InformationRequested', { requestId: 'a' }),
      on('2026-11-23T11:30', 'InformationRequested', { requestId: 'b' }),
    ];
    const paused = readings(
      '2026-11-23T16:00',
      ...story,
      on('2026-11-23T15:00', 'InformationReceived', { requestId: 'a', complete: true }),
    );
    expect(of(paused, 'acknowledge')).toMatchObject({ state: 'running', dueBy: at('2026-11-24T10:00') });
    expect(of(paused, 'plan')).toMatchObject({ state: 'paused', elapsedMs: HOUR, late: false });
    expect(of(paused, 'plan').dueBy).toBeUndefined();
    const resumed = readings(
      '2026-11-23T16:00',
      ...story,
      on('2026-11-23T15:00', 'InformationReceived', { requestId: 'a', complete: true }),
      on('2026-11-23T16:00', 'InformationRequestWithdrawn', { requestId: 'b' }),
    );
    // Four working hours less: 11:00–12:00 and 13:00–16:00.
    expect(of(resumed, 'plan')).toMatchObject({ state: 'running', dueBy: at('2026-11-26T15:00') });
  });

  it('re-targets from the same start when the severity rises, and back when it is lowered', () => {
    const raised = [...general, assessed('2026-11-23T16:00', 'urgent')];
    expect(of(readings('2026-11-23T16:00', ...raised), 'responsibility')).toMatchObject({
      startedAt: at('2026-11-23T10:00'),
      dueBy: at('2026-11-23T14:00'),
      late: true,
    });
    expect(
      of(readings('2026-11-23T17:00', ...raised, assessed('2026-11-23T16:30', 'general')), 'responsibility'),
    ).toMatchObject({
      dueBy: at('2026-11-25T10:00'),
      late: false,
    });
  });

  it('judges what was met by the severity of then', () => {
    const all = readings(
      '2026-11-24T10:00',
      ...general,
      on('2026-11-23T12:00', 'ComplaintAcknowledged', { reached: true }),
      assessed('2026-11-23T16:00', 'urgent'),
    );
    expect(of(all, 'acknowledge')).toMatchObject({ severity: 'general', late: false });
  });

  it('lets a new round restart the last three, the plan at once', () => {
    const all = readings(
      '2026-11-27T10:00',
      ...general,
      on('2026-11-23T11:00', 'ComplaintAcknowledged'),
      on('2026-11-23T12:00', 'ResponsibilityConfirmed'),
      on('2026-11-23T13:00', 'ResolutionPlanProposed'),
      on('2026-11-23T14:00', 'ResolutionPlanApproved'),
      on('2026-11-24T14:00', 'OutcomeCommunicated'),
      on('2026-11-25T14:00', 'VerdictRecorded', { verdict: 'dissatisfied' }),
      on('2026-11-25T14:00', 'SecondHandlingOpened', { round: 2 }),
      on('2026-11-26T10:00', 'ResolutionPlanProposed', { round: 2 }),
      on('2026-11-26T11:00', 'ResolutionPlanApproved', { round: 2 }),
    );
    expect(
      all.filter(({ round }) => round === 2).map(({ point, state, startedAt }) => [point, state, startedAt]),
    ).toEqual([
      ['plan', 'met', at('2026-11-25T14:00')],
      ['execution', 'running', at('2026-11-26T11:00')],
    ]);
    expect(all.filter(({ point }) => point === 'acknowledge' || point === 'responsibility')).toHaveLength(2);
  });

  it('stops what was not met when the complaint ends, and gives it again to who comes back', () => {
    const dismissed = [
      ...general,
      on('2026-11-23T12:00', 'ComplaintAcknowledged'),
      on('2026-11-24T09:00', 'DismissalCommunicated'),
    ];
    expect(readings('2026-12-24T09:00', ...dismissed).map(({ state }) => state)).toEqual(['met', 'stopped', 'stopped']);
    const appealed = readings(
      '2026-11-30T10:00',
      ...dismissed,
      on('2026-11-30T09:00', 'DismissalAppealed', { round: 2 }),
    );
    expect(appealed.filter(({ state }) => state === 'running').map(({ point, round }) => [point, round])).toEqual([
      ['responsibility', 2],
      ['plan', 2],
    ]);
  });

  it('goes on inside for a withdrawn safety complaint, without acknowledgement and verdict', () =>
    expect(
      readings(
        '2026-11-24T10:00',
        ...general,
        on('2026-11-23T11:00', 'ComplaintWithdrawn', { continuedInternally: true }),
      ).map(({ state }) => state),
    ).toEqual(['stopped', 'running', 'running']));

  it('remembers that somebody was reminded, and a breach recorded, even if the target moves later', () => {
    const [first] = readings(
      '2026-11-24T12:00',
      ...general,
      on('2026-11-24T04:00', 'ControlPointReminded', { point: 'acknowledge', count: 1, dueBy: at('2026-11-24T10:00') }),
      on('2026-11-24T10:01', 'ControlPointMissed', { point: 'acknowledge', dueBy: at('2026-11-24T10:00') }),
    );
    expect(first).toMatchObject({ reminded: 1, missedAt: at('2026-11-24T10:01'), late: true });
  });
});

describe('DEC-02 as judged then and under today’s policy', () => {
  const stricter = {
    version: 2,
    body: {
      ...v1.body,
      bySeverity: v1.body.bySeverity.map((rule) => ({
        ...rule,
        limits: { ...rule.limits, acknowledge: { amount: 10, unit: 'minute' as const } },
      })),
      holidays: [
        ...v1.body.holidays,
        { year: 2027, source: '示例', off: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03' }], worked: [] },
      ],
    },
  };
  const change = at('2026-12-20T00:00');
  const then: ServiceLevelLookup = (start) => (start >= change ? stricter : v1);
  const track = trackOf(registered('2026-11-23T10:00'), on('2026-11-23T12:00', 'ComplaintAcknowledged'));

  it('keeps the version in force when the clock started', () => {
    expect(of(controlPointReadings(track, then, at('2026-12-21T10:00')), 'acknowledge')).toMatchObject({
      policyVersion: 1,
      late: false,
    });
    expect(
      of(
        controlPointReadings(track, () => then(at('2026-12-21T10:00')), at('2026-12-21T10:00')),
        'acknowledge',
      ),
    ).toMatchObject({ policyVersion: 2, late: true });
  });

  it('marks what rests on holidays that nobody had published, until a version brings them', () => {
    const late = trackOf(registered('2026-12-30T10:00'));
    const now = at('2026-12-30T10:00');
    expect(of(controlPointReadings(late, levels, now), 'plan')).toMatchObject({
      dueBy: at('2027-01-04T10:00'),
      provisional: true,
    });
    expect(of(controlPointReadings(late, then, now), 'plan')).toMatchObject({
      policyVersion: 2,
      dueBy: at('2027-01-05T10:00'),
      provisional: false,
    });
  });
});

describe('SLA-09 whatever happens to a complaint', () => {
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 2_000 }),
      step: fc.constantFrom<readonly [string, object]>(
        ['SeverityAssessed', { severity: 'urgent', safety: false }],
        ['SeverityAssessed', { severity: 'general', safety: false }],
        ['InformationRequested', { requestId: 'a' }],
        ['InformationReceived', { requestId: 'a', complete: true }],
        ['ComplaintAcknowledged', {}],
        ['ResponsibilityConfirmed', {}],
        ['ResolutionPlanProposed', {}],
        ['ResolutionPlanApproved', {}],
        ['OutcomeCommunicated', {}],
        ['VerdictRecorded', {}],
        ['SecondHandlingOpened', { round: 2 }],
        ['ComplaintClosed', {}],
        ['ComplaintReopened', { round: 3 }],
      ),
    }),
    { maxLength: 25 },
  );
  const storyOf = (all: readonly { readonly after: number; readonly step: readonly [string, object] }[]) => {
    let now = millisOf(at('2026-09-21T10:00'));
    return [
      registered('2026-09-21T10:00'),
      ...all.map(({ after, step: [type, data] }) => {
        now += after * MINUTE;
        return recordedAt(instantOf(now), { type: `complaint.${type}`, data: { round: 1, ...data } });
      }),
    ];
  };

  it('lets one run of each point at a time be open, each with a start and never an end before it', () =>
    fc.assert(
      fc.property(steps, (all) => {
        const { clocks } = trackOf(...storyOf(all));
        const open = clocks.filter(({ ended }) => !ended).map(({ point }) => point);
        expect(new Set(open).size).toBe(open.length);
        for (const { startedAt, ended } of clocks) expect(ended === undefined || ended.at >= startedAt).toBe(true);
      }),
      { numRuns: 150 },
    ));

  it('is first due when the earliest of its open readings is, and calls late exactly what ended or stands after that', () =>
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 60 * 24 * 90 }), (all, minutes) => {
        const track = trackOf(...storyOf(all));
        const now = instantOf(millisOf(at('2026-09-21T10:00')) + minutes * MINUTE);
        const found = controlPointReadings(track, levels, now);
        const due = found
          .flatMap(({ state, dueBy }) => ((state === 'running' || state === 'paused') && dueBy ? [dueBy] : []))
          .sort();
        expect(firstDue(track, levels)?.dueBy).toBe(due[0]);
        for (const { late, dueBy, endedAt } of found)
          expect(late).toBe(dueBy !== undefined && (endedAt ?? now) > dueBy);
      }),
      { numRuns: 150 },
    ));
});
