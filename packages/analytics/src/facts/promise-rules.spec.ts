import { naiveCases } from '../metrics/kept-promise-rate/fold';
import { PROMISE_EVENTS, PROMISE_KINDS, promiseStepsOf, type PromisingEvent } from './promise-rules';

describe('CMP-12 which promises count as kept or broken', () => {
  it('are those of the wall, without the milestones of plans: nobody outside was promised them (CMP-09)', () => {
    expect(PROMISE_KINDS).not.toContain('milestone');
    const event = {
      type: 'complaint.ResolutionPlanApproved',
      stream: 'complaint-1',
      data: { planId: 'plan-1', round: 1, zone: 'Asia/Shanghai' },
    } as unknown as PromisingEvent;
    expect(promiseStepsOf(event)).toEqual([]);
    expect(naiveCases([event], 0)).toEqual([]);
    for (const type of ['ResolutionPlanProposed', 'ResolutionPlanApproved', 'PlanStepCompleted'])
      expect(PROMISE_EVENTS).not.toContain(`complaint.${type}`);
  });
});
