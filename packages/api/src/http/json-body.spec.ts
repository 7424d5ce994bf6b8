import { isPlainJson, parseJsonBody } from './json-body';
import { ProblemError } from './problem';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));

describe('a request body', () => {
  it('is read as JSON, escapes and nesting included', () => {
    const value = { a: ['x"y\\', { b: '{"a":1}' }], c: { a: 1 }, d: [] };
    expect(parse(JSON.stringify(value))).toEqual(value);
    expect(parse(' 7 ')).toBe(7);
  });

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"x":{"y":1,"y":2}}]', '{"constructor":1}'])(
    'is refused when a name stands twice or is one of the prototype: %s',
    (text) => expect(() => parse(text)).toThrow(ProblemError),
  );

  it('may use one name in several objects', () => {
    expect(parse('[{"a":1},{"a":2,"b":{"a":3}}]')).toEqual([{ a: 1 }, { a: 2, b: { a: 3 } }]);
  });

  it('is refused beyond 32 levels, at any size', () => {
    expect(parse('['.repeat(32) + ']'.repeat(32))).toBeDefined();
    expect(() => parse('['.repeat(33) + ']'.repeat(33))).toThrow(ProblemError);
    expect(() => parse('['.repeat(100_000) + ']'.repeat(100_000))).toThrow(ProblemError);
  });

  it('is JSON in UTF-8 without encoding, or nothing', () => {
    expect(isPlainJson('application/json', undefined)).toBe(true);
    expect(isPlainJson('Application/JSON; charset="UTF-8"', 'identity')).toBe(true);
    expect(isPlainJson('application/json; charset=gbk', undefined)).toBe(false);
    expect(isPlainJson('application/json', 'br')).toBe(false);
    expect(isPlainJson('application/merge-patch+json', undefined)).toBe(false);
  });
});
