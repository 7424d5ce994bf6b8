import { changesBetween } from './changes';

describe('what changed between two states', () => {
  it('is told leaf by leaf, by name', () => {
    expect(
      changesBetween({ status: 'a', owner: { role: 'agent' } }, { status: 'b', owner: { role: 'agent' } }),
    ).toEqual([{ field: 'status', before: 'a', after: 'b' }]);
  });

  it('tells what came and what went', () => {
    expect(changesBetween({ gone: 1 }, { come: { deep: true } })).toEqual([
      { field: 'come.deep', after: true },
      { field: 'gone', before: 1 },
    ]);
  });

  it('follows items of a list by their id, not by their place', () => {
    const job = (id: string, open: boolean) => ({ id, open });
    expect(
      changesBetween({ jobs: [job('a', true), job('b', true)] }, { jobs: [job('b', true), job('a', false)] }),
    ).toEqual([{ field: 'jobs[a].open', before: true, after: false }]);
  });

  it('tells when a list was emptied or filled', () => {
    expect(changesBetween({ parts: ['x'] }, { parts: [] })).toEqual([
      { field: 'parts', after: [] },
      { field: 'parts[0]', before: 'x' },
    ]);
  });

  it('tells of a first item only that it came', () =>
    expect(changesBetween({ contacts: [] }, { contacts: [{ contactId: 'c1', reached: true }] })).toEqual([
      { field: 'contacts[c1].contactId', after: 'c1' },
      { field: 'contacts[c1].reached', after: true },
    ]));

  it('follows items by whatever id they bear, and by their place where two bear the same', () => {
    const share = (shareId: string, percent: number) => ({ shareId, percent });
    expect(changesBetween({ shares: [share('s1', 60), share('s2', 40)] }, { shares: [share('s2', 40)] })).toEqual([
      { field: 'shares[s1].percent', before: 60 },
      { field: 'shares[s1].shareId', before: 's1' },
    ]);
    expect(
      changesBetween({ told: [share('s1', 1), share('s1', 2)] }, { told: [share('s1', 1), share('s1', 3)] }),
    ).toEqual([{ field: 'told[1].percent', before: 2, after: 3 }]);
  });

  it('is nothing between equal states', () => {
    expect(changesBetween({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });
});
