import { dryRun, type DryRunCase } from './dry-run';
import { policiesV1 } from './v1/index';

const one: DryRunCase = {
  ticketId: 't1',
  zone: 'Asia/Shanghai',
  text: '净水机滤芯嗡嗡作响',
  impact: 'degraded',
  impactSaid: true,
  safetyMarked: false,
  tier: 'normal',
  type: 'repair',
  safety: false,
  category: 'router',
  policies: policiesV1,
};

describe('CLS-06 a dry run says which past cases would have come out differently', () => {
  it('judges words again under the candidate list', () => {
    const candidate = {
      lists: [{ type: 'repair' as const, rank: 1, entries: [{ phrases: ['嗡嗡作响'] }] }],
    };
    const empty = { lists: [] };
    expect(dryRun('type', candidate, empty, [one, { ...one, ticketId: 't2', text: '你好' }])).toEqual({
      checked: 2,
      different: [{ ticketId: 't1', before: 'unclassified', after: 'repair' }],
    });
  });

  it('finds the safety cases that a list would miss', () => {
    const { body } = policiesV1.safety;
    const cases = [{ ...one, text: '插座漏电' }];
    expect(dryRun('safety', { ...body, entries: [] }, body, cases).different).toEqual([
      { ticketId: 't1', before: 'safety', after: 'no-safety' },
    ]);
  });

  it('compares priorities, routes and catalogue defaults', () => {
    const { priority, route, catalogue } = policiesV1;
    const strict = {
      ...priority.body,
      byImpact: priority.body.byImpact.map((row) =>
        row.impact === 'degraded' ? { ...row, priority: 'P1' as const } : row,
      ),
    };
    expect(dryRun('priority', strict, priority.body, [one]).different).toEqual([
      { ticketId: 't1', before: 'P2', after: 'P1' },
    ]);
    const nobody = { ...route.body, byType: [] };
    expect(dryRun('route', nobody, route.body, [{ ...one, type: 'enquiry' }]).different).toEqual([
      { ticketId: 't1', before: 'first-touch', after: 'supervisor' },
    ]);
    expect(dryRun('catalogue', { ...catalogue.body, categories: [] }, catalogue.body, [one]).different).toEqual([
      { ticketId: 't1', before: 'remote', after: 'visit' },
    ]);
  });

  it('compares cover only where it was determined, and silence only where a customer was waited for', () => {
    const { warranty, silence } = policiesV1;
    const unit = { unitId: 'u1', category: 'router', model: 'RT-AX3', soldOn: '2025-06-01' };
    const determined = { ...one, unit, determinedAt: '2026-11-22T00:00:00.000Z' };
    expect(dryRun('warranty', { ...warranty.body, months: 24 }, warranty.body, [one, determined])).toEqual({
      checked: 1,
      different: [{ ticketId: 't1', before: 'expired', after: 'in-warranty' }],
    });
    const waited = { ...one, pendingSince: '2026-11-02T02:00:00.000Z' };
    const patient = { ...silence.body, standard: { ...silence.body.standard, decideAfterHours: 96 } };
    expect(dryRun('silence', patient, silence.body, [one, waited, { ...waited, safety: true }])).toEqual({
      checked: 1,
      different: [
        { ticketId: 't1', before: 'accept 2026-11-05T02:00:00.000Z', after: 'accept 2026-11-06T02:00:00.000Z' },
      ],
    });
  });

  it('says plainly that dispatch and closing cannot be judged again from the past', () => {
    const { dispatch, closing } = policiesV1;
    expect(dryRun('dispatch', { ...dispatch.body, acceptMinutes: 60 }, dispatch.body, [one]).checked).toBe(0);
    expect(dryRun('closing', { ...closing.body, attempts: 5 }, closing.body, [one]).checked).toBe(0);
  });
});
