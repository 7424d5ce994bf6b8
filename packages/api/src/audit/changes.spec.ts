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

  it('is nothing between equal states', () => {
    expect(changesBetween({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
  });
});
