import { flag, list, part, text } from './schema';
import { problemsIn } from './validation';

describe('what is wrong with a value', () => {
  const shape = part({ words: text(10), steps: list(part({ done: flag() })) });
  const pointers = (value: object) =>
    problemsIn(shape, { words: '好', steps: [], ...value }).map(({ pointer }) => pointer);

  it('is told by where it stands, unknown fields by their names', () => {
    expect(pointers({ words: 1, steps: [{ done: true }, { done: 'yes' }], worsd: '' })).toEqual([
      '/worsd',
      '/words',
      '/steps/1/done',
    ]);
  });

  it('SEC-01 never repeats a name that is no field’s: it may be a person’s', () => {
    for (const name of ['张三', '13800000000', 'a.b@example.invalid', 'x'.repeat(60), 'words 张三', '']) {
      expect(pointers({ [name]: 1 })).toEqual(['']);
      expect(pointers({ steps: [{ done: true, [name]: 1 }] })).toEqual(['/steps/0']);
    }
  });
});
