import { problemsIn } from '@aftercare/domain';
import { definitions, historyOf } from './index';

it('the generated history holds only events that could have been stored', () => {
  const wrong = [1, 2, 3].flatMap((seed) =>
    historyOf(seed, 40).flatMap(({ type, data }) => {
      const definition = definitions.get(type);
      return definition ? problemsIn(definition.data, data).map((problem) => ({ type, ...problem })) : [{ type }];
    }),
  );
  expect(wrong).toEqual([]);
});

it('the same seed tells the same history', () => expect(historyOf(5, 20)).toEqual(historyOf(5, 20)));
