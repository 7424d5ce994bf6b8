import { recordedAt, recordedStory, type Told } from '../../testing/recorded';
import { instantOf, millisOf, type Instant, type Reaction } from '../kernel/index';
import { policiesV1 } from '../policy/v1/index';
import { controlPointTimer, type ControlPointTimer } from './control-point-timer.process';

const timer = controlPointTimer(() => policiesV1);
const instance = 'complaint-1';
const uuid = (name: string): string => name;
/** A time on the clocks of Shanghai. */
const at = (local: string): Instant => instantOf(millisOf(`${local}:00.000+08:00`));
const on = (local: string, type: string, data: object = {}): Told =>
  recordedAt(at(local), { type: `complaint.${type}`, data: { round: 1, ...data } });
const registered = on('2026-11-23T10:00', 'ComplaintRegistered', {
  site: 'main',
  zone: 'Asia/Shanghai',
  safetyMarked: false,
});
const assessed = (local: string, severity: string): Told =>
  on(local, 'SeverityAssessed', { severity, safety: false, provisional: true });

/** A process whose state is stored as JSON after each input, as the runtime does. */
class Running {
  alarm: Instant | undefined;
  readonly sent: [Instant, string, unknown][] = [];
  #state = timer.initial;
  #wakes = 0;

  after(...story: readonly Told[]): this {
    for (const event of recordedStory(instance, story)) {
      const now = event.metadata.recordedAt;
      this.#take(timer.react(this.#state, { kind: 'event', event }, { now, instance, uuid }), now);
    }
    return this;
  }

  /** Lets time pass; alarms ring at their time, or all at the end: the process was down. */
  until(local: string, down = false): this {
    while (this.alarm !== undefined && this.alarm <= at(local)) {
      const now = down ? at(local) : this.alarm;
      this.#wakes += 1;
      this.#take(timer.react(this.#state, { kind: 'wake', id: `wake-${this.#wakes}` }, { now, instance, uuid }), now);
      expect(this.#wakes).toBeLessThan(50);
    }
    return this;
  }

  names(): readonly string[] {
    return this.sent.map(([, type, data]) => `${type} ${(data as { point: string }).point}`);
  }

  #take({ state, commands, nextWakeAt }: Reaction<ControlPointTimer>, now: Instant): void {
    this.#state = JSON.parse(JSON.stringify(state)) as ControlPointTimer;
    this.alarm = nextWakeAt;
    for (const { type, data } of commands) this.sent.push([now, type.slice('complaint.'.length), data]);
  }
}

describe('SLA-09, SLA-13 the control points of a complaint are reminded of and escalated', () => {
  it('reminds after three quarters of the time, and escalates once it is over', () => {
    const running = new Running().after(registered, assessed('2026-11-23T10:00', 'urgent'));
    expect(running.alarm).toBe('2026-11-23T02:22:30.000Z');
    running.until('2026-11-23T10:40');
    expect(running.sent).toEqual([
      [
        '2026-11-23T02:22:30.000Z',
        'RemindControlPoint',
        {
          point: 'acknowledge',
          round: 1,
          severity: 'urgent',
          policyVersion: 1,
          dueBy: at('2026-11-23T10:30'),
          count: 1,
        },
      ],
      [
        '2026-11-23T02:30:00.001Z',
        'MissControlPoint',
        {
          point: 'acknowledge',
          round: 1,
          severity: 'urgent',
          dueBy: at('2026-11-23T10:30'),
          escalatedTo: 'manager',
          policyVersion: 1,
        },
      ],
    ]);
  });

  it('is silent about what was met', () => {
    const running = new Running().after(
      registered,
      assessed('2026-11-23T10:00', 'urgent'),
      on('2026-11-23T10:10', 'ComplaintAcknowledged', { reached: true }),
      on('2026-11-23T11:00', 'ResponsibilityConfirmed'),
      on('2026-11-23T11:00', 'ResolutionPlanProposed'),
    );
    expect(running.alarm).toBeUndefined();
  });

  it('waits while information is awaited, and goes on behind it', () => {
    const story = [
      registered,
      assessed('2026-11-23T10:00', 'important'),
      on('2026-11-23T10:10', 'ComplaintAcknowledged'),
      on('2026-11-23T11:00', 'InformationRequested', { requestId: 'a' }),
    ];
    expect(new Running().after(...story).alarm).toBeUndefined();
    const running = new Running().after(
      ...story,
      on('2026-11-24T11:00', 'InformationReceived', { requestId: 'a', complete: true }),
    );
    running.until('2026-11-25T10:00');
    expect(running.sent.map(([when, type]) => [when, type])).toEqual([
      // Six of eight working hours, one of them before the pause.
      [at('2026-11-24T17:00'), 'RemindControlPoint'],
    ]);
  });

  it('looks again when the severity rises: a target that has passed meanwhile is escalated at once', () => {
    const running = new Running().after(
      registered,
      assessed('2026-11-23T10:00', 'general'),
      on('2026-11-23T10:10', 'ComplaintAcknowledged'),
      assessed('2026-11-23T15:00', 'urgent'),
    );
    expect(running.until('2026-11-23T15:30').names()).toEqual(['MissControlPoint responsibility']);
    running.until('2026-11-23T19:00');
    expect(running.names()).toEqual([
      'MissControlPoint responsibility',
      'RemindControlPoint plan',
      'MissControlPoint plan',
    ]);
  });

  it('sends everything once, also after it was down: what is late is not reminded of', () => {
    const running = new Running().after(registered, assessed('2026-11-23T10:00', 'urgent'));
    running.until('2026-11-25T10:00', true);
    expect(running.names()).toEqual([
      'MissControlPoint acknowledge',
      'MissControlPoint responsibility',
      'MissControlPoint plan',
    ]);
    expect(running.alarm).toBeUndefined();
  });

  it('asks no refused command again', () => {
    const running = new Running().after(registered, assessed('2026-11-23T10:00', 'urgent')).until('2026-11-23T10:35');
    expect(running.names()).toHaveLength(2);
    running.until('2026-11-23T12:00');
    expect(running.names()).toHaveLength(2);
  });

  it('begins anew with a new round', () => {
    const running = new Running().after(
      registered,
      assessed('2026-11-23T10:00', 'urgent'),
      on('2026-11-23T10:10', 'ComplaintAcknowledged'),
      on('2026-11-23T10:20', 'ResponsibilityConfirmed'),
      on('2026-11-23T10:30', 'ResolutionPlanProposed'),
      on('2026-11-24T10:00', 'SecondHandlingOpened', { round: 2 }),
    );
    running.until('2026-11-24T20:00');
    expect(running.sent.map(([, type, data]) => [type, data])).toMatchObject([
      ['RemindControlPoint', { point: 'plan', round: 2 }],
      ['MissControlPoint', { point: 'plan', round: 2 }],
    ]);
  });
});
