import { problemsIn } from '../../kernel/index';
import { policyBodies } from '../bodies';
import { POLICY_KINDS } from '../events';
import { policiesV1 } from './index';

describe('CLS-06 the rules that ship', () => {
  it.each(POLICY_KINDS)('has a version 1 of the %s policy whose body has the shape of its kind', (kind) => {
    expect(policiesV1[kind].version).toBe(1);
    expect(problemsIn(policyBodies[kind], policiesV1[kind].body)).toEqual([]);
  });

  it.each(POLICY_KINDS)('can be stored as one event: the %s policy stays below the limits of a body', (kind) => {
    const body = JSON.stringify(policiesV1[kind].body);
    expect(body.length).toBeLessThanOrEqual(200_000);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(240_000);
  });

  it('DSP-04, SLA-03 dispatches below 6 open jobs an engineer and 30 an outlet, accepted within 30 minutes', () => {
    expect(policiesV1.dispatch.body).toMatchObject({
      engineerCapacity: 6,
      outletCapacity: 30,
      acceptMinutes: 30,
      remindMinutes: 20,
      failuresUntilSupervisor: 2,
      calendar: 'reachable',
    });
  });

  it('INT-27 has a catalogue that spans household, electronic, office, industrial products and software', () => {
    const { categories, faultCodes } = policiesV1.catalogue.body;
    expect(categories.length).toBeGreaterThanOrEqual(10);
    expect(faultCodes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(faultCodes.map(({ code }) => code)).size).toBe(faultCodes.length);
    expect(new Set(categories.map(({ category }) => category)).size).toBe(categories.length);
  });

  it('WAR-07 marks every statutory rule as one to verify', () => {
    for (const rule of policiesV1.warranty.body.statutory) {
      expect(rule.zh).toContain('核实');
      expect(rule.en).toContain('verify against the regulation');
    }
  });
});
