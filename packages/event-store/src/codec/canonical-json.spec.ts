import fc from 'fast-check';
import { RefusedPayloadError } from '../port/event-store';
import { canonicalJson, sortedJson } from './canonical-json';

const key = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,6}$/);
const storable = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical JSON', () => {
  it('comes back from JSON as the same value and the same text', () => {
    fc.assert(
      fc.property(storable, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        // What a store that parses and writes JSON itself would keep of it.
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(key, storable, { maxKeys: 6 }), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1, c: { d: undefined } })).toBe('{"a":1,"c":{}}');
  });

  it.each<[string, unknown]>([
    ['a float', { a: 1.5 }],
    ['minus zero', { a: -0 }],
    ['not a number', { a: NaN }],
    ['infinity', { a: Infinity }],
    ['an unsafe integer', { a: 2 ** 53 }],
    ['a bigint', { a: 1n }],
    ['a function', { a: () => 1 }],
    ['a symbol', { a: Symbol('a') }],
    ['a lone high surrogate', { a: 'x\ud83d' }],
    ['a lone low surrogate', { a: '\ude00x' }],
    ['a hole', { a: [1, , 2] }],
    ['undefined in an array', { a: [undefined] }],
    ['a date', { a: new Date(0) }],
    ['a map', { a: new Map() }],
    ['an instance', { a: new (class Thing {})() }],
    ['a key with a capital', { Aa: 1 }],
    ['a key with a dash', { 'a-b': 1 }],
    ['a key that is a number', { 1: 1 }],
    ['the reserved key', { $p: [] }],
    ['a prototype in disguise', JSON.parse('{"__proto__":{"a":1}}')],
    ['nothing', undefined],
    ['nesting without end', Array.from({ length: 100 }).reduce<unknown>((inner) => ({ a: inner }), 1)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(RefusedPayloadError);
  });

  it('names the place, never the value', () => {
    expect(() => canonicalJson({ a: [{ phone: 1.38 }] })).toThrow('/a/0/phone: only safe integers survive every store');
  });

  it('sorts any JSON for a digest, floats and free keys included', () => {
    expect(sortedJson({ 'b-c': 1.5, A: [{ z: 1, y: 2 }] })).toBe('{"A":[{"y":2,"z":1}],"b-c":1.5}');
  });
});
