import { KindGuard, type TSchema, type TString } from '@sinclair/typebox';

/** Values that fit the patterns of kernel/schema.ts, tried in this order. */
const CANDIDATES = [
  'example-1',
  'AC-1',
  '310104',
  'CNY',
  '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001',
  'iVBORw0KGgoAAAAA',
  'a'.repeat(64),
];
const BY_FORMAT: Readonly<Record<string, string>> = {
  instant: '2026-10-01T08:00:00.000Z',
  'date-time': '2026-10-01T16:00:00+08:00',
  'local-date': '2026-03-01',
  zone: 'Asia/Shanghai',
  text: '示例',
};

/** A value that has the shape: optional members filled, lists with one item, the first of several alternatives. */
export const exampleOf = (schema: TSchema): unknown => {
  if (KindGuard.IsObject(schema))
    return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, exampleOf(part)]));
  if (KindGuard.IsArray(schema)) return schema.maxItems === 0 ? [] : [exampleOf(schema.items)];
  if (KindGuard.IsUnion(schema)) return exampleOf(schema.anyOf[0] as TSchema);
  if (KindGuard.IsLiteral(schema)) return schema.const;
  if (KindGuard.IsBoolean(schema)) return true;
  if (KindGuard.IsInteger(schema)) return Math.max(schema.minimum ?? 1, 1);
  if (KindGuard.IsString(schema)) return stringFor(schema);
  throw new Error(`no example for ${JSON.stringify(schema)}`);
};

const stringFor = ({ pattern, format, minLength = 0, maxLength = Infinity }: TString): string => {
  if (pattern === undefined) return BY_FORMAT[format ?? 'text'] ?? '示例';
  const fits = new RegExp(pattern, 'u');
  const found = CANDIDATES.find((text) => fits.test(text) && text.length >= minLength && text.length <= maxLength);
  if (found === undefined) throw new Error(`no example for ${pattern}`);
  return found;
};
