import { minutesIn } from '../../testing/recorded';
import { problemsInBatch } from './batch-problems';
import { workOrderCommands } from './commands';

const occurredAt = minutesIn(0);
const pointers = (...facts: readonly unknown[]) => problemsInBatch({ facts }).map(({ pointer }) => pointer);

describe('a malformed batch of facts', () => {
  it('has no problem when it is well-formed', () =>
    expect(problemsInBatch(workOrderCommands.RecordFacts.example)).toEqual([]));
  it('names the field of the fact, not only the fact', () => {
    expect(
      pointers(
        { fact: 'WorkStarted', occurredAt },
        { fact: 'PartFitted', occurredAt, partUseId: 'u', partNo: 'P', quantity: 0, unit: 'piece', charge: 'warranty' },
      ),
    ).toEqual(['/facts/1/unitCost', '/facts/1/quantity']);
    expect(pointers({ fact: 'WorkStarted' })).toEqual(['/facts/0/occurredAt']);
    expect(pointers({ fact: 'WorkStarted', occurredAt, x: 1 })).toEqual(['/facts/0/x']);
    expect(pointers({ fact: 'WorkStarted', occurredAt: '2026-02-31T00:00:00Z' })).toEqual(['/facts/0/occurredAt']);
  });
  it('takes anything for a fact', () => {
    expect(pointers({ fact: 'toString', occurredAt }, null, [], 7)).toEqual([
      '/facts/0/fact',
      '/facts/1/fact',
      '/facts/2/fact',
      '/facts/3/fact',
    ]);
    expect(problemsInBatch(null).length).toBeGreaterThan(0);
    expect(problemsInBatch({ facts: [] })).toHaveLength(1);
    expect(problemsInBatch({ facts: Array.from({ length: 101 }, () => ({})) }).length).toBeGreaterThan(0);
  });
});
