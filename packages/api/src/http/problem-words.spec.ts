import { code, dateTime, flag, id, list, oneOf, part, problemsIn, text, uuid, whole } from '@aftercare/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { invalid } from './problem';
import { problemsInWords } from './problem-words';

const zh = (message: string): string => problemsInWords([{ pointer: '', message }], 'zh')[0]!.message;

describe('DEC-21 what is wrong with a request', () => {
  it('is said field by field in the language asked for', () => {
    const shape = part({
      a: text(5),
      b: whole(1, 9),
      c: list(id(), 2, 1),
      d: oneOf(['phone', 'letter']),
      e: dateTime(),
      f: uuid(),
      g: flag(),
      h: code(),
      i: part({ j: text(1) }),
      k: text(3),
      l: oneOf(['phone', 'letter']),
    });
    const wrong = { a: '123456', b: 10, c: [], d: 'pigeon', e: 'yesterday', f: 'x', g: 1, h: '', i: 'x', z: 1 };
    const problems = problemsIn(shape, wrong);
    const said = Object.fromEntries(problemsInWords(problems, 'zh').map(({ pointer, message }) => [pointer, message]));
    expect(said).toMatchObject({
      '/a': '最多 5 个字符',
      '/b': '不能大于 9',
      '/c': '至少 1 项',
      '/d': '只能是以下之一:phone, letter',
      '/e': '须为带时区的日期时间,例如 2026-10-01T18:00:00+08:00',
      '/f': '须为 UUID',
      '/g': '须为 true 或 false',
      '/i': '须为对象',
      '/k': '缺少必填项',
      '/l': '缺少必填项',
      '/z': '不支持的字段',
    });
    expect(Object.values(said).every((one) => /[一-鿿]/.test(one))).toBe(true);
    expect(problemsInWords(problems, 'en')).toEqual(problems);
    expect(problems.find(({ pointer }) => pointer === '/d')?.message).toBe('Expected one of: phone, letter');
    expect(invalid(problems).document('zh').errors).toEqual(problemsInWords(problems, 'zh'));
  });

  it('has words for every message that this server itself says of a field', () => {
    const root = join(__dirname, '..');
    const messages = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /(?:pointer: [^}]*message: |malformed\([^)]*?, )['`]([^'`]+)['`]/g,
        ),
      ])
      .map(([, message]) => message!.replace(/\$\{\w+\}/, '32'));
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.filter((message) => !/[一-鿿]/.test(zh(message)))).toEqual([]);
  });
});
