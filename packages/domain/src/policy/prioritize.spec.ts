import { prioritize } from './prioritize';
import { policiesV1 } from './v1/index';

const body = policiesV1.priority.body;
const matter = { type: 'repair', impact: 'unknown', impactSaid: false, safety: false, tier: 'normal' } as const;

describe('CLS-02..08 priority', () => {
  it('CLS-04 makes a safety case urgent whatever its impact', () =>
    expect(prioritize(body, { ...matter, safety: true, impact: 'intact', impactSaid: true })).toEqual({
      priority: 'P1',
      impact: 'intact',
      reasons: ['safety'],
    }));

  it.each([
    ['unusable', 'P1'],
    ['degraded', 'P2'],
    ['intact', 'P3'],
    ['unknown', 'P3'],
    ['none', 'P4'],
  ] as const)('CLS-03 puts impact %s at %s', (impact, priority) =>
    expect(prioritize(body, { ...matter, impact, impactSaid: true })).toMatchObject({ priority, impact }),
  );

  it('DEC-04 takes an enquiry without a statement for one without a fault', () =>
    expect(prioritize(body, { ...matter, type: 'enquiry' })).toEqual({
      priority: 'P4',
      impact: 'none',
      reasons: ['type-without-fault'],
    }));

  it('believes a person over the enquiry words', () =>
    expect(prioritize(body, { ...matter, type: 'enquiry', impact: 'unusable', impactSaid: true })).toMatchObject({
      priority: 'P1',
      impact: 'unusable',
    }));

  it('does not believe "no fault" that nobody said of a repair', () =>
    expect(prioritize(body, { ...matter, impact: 'none' })).toMatchObject({ priority: 'P3', impact: 'unknown' }));

  it('CLS-05 lifts a VIP one level, once, never above P1', () => {
    expect(prioritize(body, { ...matter, tier: 'vip' })).toEqual({
      priority: 'P2',
      impact: 'unknown',
      reasons: ['impact-unknown', 'vip'],
    });
    expect(prioritize(body, { ...matter, tier: 'vip', safety: true }).reasons).toEqual(['safety']);
  });
});
