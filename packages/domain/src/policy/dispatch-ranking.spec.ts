import { candidate, OUTLET } from '../../testing/work-order';
import { rankCandidates, type DispatchJob } from './dispatch-ranking';
import { policiesV1 } from './index';

/** 16:00 in Shanghai. */
const now = '2026-10-01T08:00:00.000Z';
const job: DispatchJob = {
  kind: 'visit',
  category: 'air-conditioner',
  skills: ['refrigeration'],
  region: '310104',
  turnedDown: [],
};
const rank = (candidates: Parameters<typeof rankCandidates>[2], changes: Partial<DispatchJob> = {}, at = now) =>
  rankCandidates(policiesV1.dispatch.body, { ...job, ...changes }, candidates, { now: at, zone: 'Asia/Shanghai' });
const whyNot = (...given: Parameters<typeof rank>) => rank(...given).excluded.map(({ excluded }) => excluded);
const order = (...given: Parameters<typeof rank>) => rank(...given).ranked.map(({ id }) => id);

describe('DSP-04 who is ruled out', () => {
  it('asks for category, skill, region, capacity and an active person, and says every reason', () => {
    const unfit = candidate({ active: false, categories: [], skills: [], regions: ['3201'], openJobs: 6 });
    expect(whyNot([unfit])).toEqual([['inactive', 'category', 'skill', 'region', 'capacity']]);
    expect(whyNot([candidate()])).toEqual([]);
  });

  it('lets an outlet have thirty open jobs, and a person as many as their own capacity says', () => {
    expect(whyNot([candidate({ kind: 'outlet', id: OUTLET, openJobs: 29 })])).toEqual([]);
    expect(whyNot([candidate({ kind: 'outlet', id: OUTLET, openJobs: 30 })])).toEqual([['capacity']]);
    expect(whyNot([candidate({ openJobs: 2, capacity: 2 })])).toEqual([['capacity']]);
  });

  it('passes over who declined or let this order lapse, also when it was theirs before', () => {
    const by = { kind: 'engineer', id: candidate().id } as const;
    expect(whyNot([candidate()], { turnedDown: [{ by, why: 'declined-before' }], preferred: by })).toEqual([
      ['declined-before'],
    ]);
    expect(whyNot([candidate()], { turnedDown: [{ by, why: 'lapsed-before' }] })).toEqual([['lapsed-before']]);
  });

  it('CLO-04 passes over who is named in an open complaint about the matter', () => {
    const { id } = candidate();
    expect(whyNot([candidate()], { recused: [id], preferred: { kind: 'engineer', id } })).toEqual([['recused']]);
    expect(whyNot([candidate()], { recused: ['somebody-else'] })).toEqual([]);
  });

  it('takes everybody without a roster as on duty from 08:00 to 22:00 on the clocks of the site', () => {
    expect(whyNot([candidate()], {}, '2026-10-01T13:59:59.999Z')).toEqual([]);
    expect(whyNot([candidate()], {}, '2026-10-01T14:00:00.000Z')).toEqual([['off-duty']]);
    expect(whyNot([candidate()], {}, '2026-10-02T00:00:00.000Z')).toEqual([]);
  });

  it('looks at the roster at the start of the requested window, and at absences', () => {
    const requestedWindow = { from: '2026-10-02T01:00:00.000Z', to: '2026-10-02T04:00:00.000Z' };
    const shift = { from: '2026-10-02T00:00:00.000Z', to: '2026-10-02T08:00:00.000Z' };
    expect(whyNot([candidate({ shifts: [shift] })], { requestedWindow })).toEqual([]);
    expect(whyNot([candidate({ shifts: [shift] })])).toEqual([['off-duty']]);
    expect(whyNot([candidate({ shifts: [] })], { requestedWindow })).toEqual([['off-duty']]);
    expect(whyNot([candidate({ absences: [shift] })], { requestedWindow })).toEqual([['off-duty']]);
  });

  it('needs a served region for a visit, where a province or city code stands for all below it', () => {
    for (const regions of [['31'], ['310000'], ['3101'], ['310100'], ['310104']])
      expect(whyNot([candidate({ regions })])).toEqual([]);
    expect(whyNot([candidate({ regions: ['310105'] })])).toEqual([['region']]);
    expect(whyNot([candidate()], { region: undefined } as never)).toEqual([['region']]);
  });

  it('ignores regions for remote work', () =>
    expect(rank([candidate({ regions: [] })], { kind: 'remote' }).ranked).toMatchObject([{ closeness: 0 }]));
});

describe('DSP-02 who comes first', () => {
  it('is who has the fewest open jobs, then who is closest, then who waited longest, then by id', () => {
    const busy = candidate({ id: 'busy', openJobs: 1, regions: ['310104'] });
    const far = candidate({ id: 'far', regions: ['31'] });
    const near = candidate({ id: 'near', regions: ['310104'], lastDispatchedAt: '2026-10-01T07:00:00.000Z' });
    const rested = candidate({ id: 'rested', regions: ['310104'], lastDispatchedAt: '2026-09-30T07:00:00.000Z' });
    const fresh = candidate({ id: 'fresh', regions: ['310104'] });
    const twin = candidate({ id: 'a-twin', regions: ['310104'] });
    expect(order([busy, far, near, rested, fresh, twin])).toEqual(['a-twin', 'fresh', 'rested', 'near', 'far', 'busy']);
  });

  it('is the engineer of the trip before, when nothing rules them out', () => {
    const same = candidate({ id: 'same', openJobs: 5 });
    const preferred = { kind: 'engineer', id: 'same' } as const;
    expect(order([candidate({ id: 'idle' }), same], { preferred })).toEqual(['same', 'idle']);
    expect(order([candidate({ id: 'idle' }), { ...same, openJobs: 6 }], { preferred })).toEqual(['idle']);
  });
});
