import { FormatRegistry, Type, type Static, type TLiteral, type TSchema, type TUnion } from '@sinclair/typebox';

const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const dateTimeShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const localDateShape = /^\d{4}-\d{2}-\d{2}$/;
/** A format, not a pattern: patterns are compiled without the `u` flag, where \p{C} means the letters p and C. */
const labelShape = /^[^\s\p{C}][^\p{C}]*$/u;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The number that two digits at `at` write. */
const two = (value: string, at: number): number => value.charCodeAt(at) * 10 + value.charCodeAt(at + 1) - 528;

/**
 * Whether a day of the right shape exists: the 31st of February parses in JavaScript as a day of March. Counted by hand,
 * because every event read back has an instant or two and a Date costs as much as the rest of the check.
 */
const isRealDate = (value: string): boolean => {
  const day = two(value, 8);
  const month = two(value, 5);
  if (day < 1 || month < 1 || month > 12) return false;
  if (month !== 2 || day < 29) return day <= DAYS[month - 1]!;
  const year = two(value, 0) * 100 + two(value, 2);
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
};

/** ISO 8601 allows one instant of an hour 24, the end of the day. */
const isRealTime = (value: string): boolean =>
  two(value, 11) < 24 ? two(value, 14) < 60 && two(value, 17) < 60 : value.endsWith('T24:00:00.000Z');

/** Asking Intl costs as much as reading ten events, and a company has a handful of zones. */
const zonesSeen = new Set<string>();

const isZone = (name: string): boolean => {
  if (zonesSeen.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (!/^[A-Z]/.test(name)) return false;
    zonesSeen.add(name);
    return true;
  } catch {
    return false;
  }
};

FormatRegistry.Set('instant', (value) => instantShape.test(value) && isRealDate(value) && isRealTime(value));
FormatRegistry.Set(
  'date-time',
  (value) => dateTimeShape.test(value) && isRealDate(value) && Number.isFinite(Date.parse(value)),
);
FormatRegistry.Set('local-date', (value) => localDateShape.test(value) && isRealDate(value));
FormatRegistry.Set('zone', isZone);
FormatRegistry.Set('label', (value) => labelShape.test(value));
FormatRegistry.Set('text', (value) => value.isWellFormed());

/** Stored instant: UTC with milliseconds. */
export const instant = () => Type.String({ format: 'instant' });
/** Instant as people and machines send it: ISO 8601 with `Z` or an offset. Normalise with `instantOf(millisOf(x))`. */
export const dateTime = () => Type.String({ format: 'date-time' });
/** Calendar day without a zone: `2026-10-01`. */
export const localDate = () => Type.String({ format: 'local-date' });
/** IANA time zone. */
export const zone = () => Type.String({ format: 'zone', maxLength: 64 });
/** What a person writes; length in UTF-16 units. */
export const text = (maxLength = 2_000) => Type.String({ format: 'text', minLength: 1, maxLength });
/** A code: no spaces, never personal. */
export const code = (maxLength = 64) => Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/+-]*$', maxLength });
/** A code as catalogues have them, Chinese allowed: a model, a fault code, a part number, a batch. */
export const label = (maxLength = 100) => Type.String({ format: 'label', minLength: 1, maxLength });
/** An id: uuid or a short opaque name. */
export const id = () => Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$' });
export const uuid = () => Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
/** Six-digit GB/T 2260 region code. */
export const region = () => Type.String({ pattern: '^[0-9]{6}$' });
export const whole = (minimum = 0, maximum = Number.MAX_SAFE_INTEGER) => Type.Integer({ minimum, maximum });
export const flag = () => Type.Boolean();
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
export const list = <T extends TSchema>(schema: T, maxItems = 100, minItems = 0) =>
  Type.Array(schema, { maxItems, minItems });

/** One of the listed words. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  Type.Union(words.map((word) => Type.Literal(word))) as unknown as TUnion<
    { [K in keyof Words]: TLiteral<Words[K] & string> } & TSchema[]
  >;

/** Part of a payload; unknown members are refused. */
export const part = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** Money in integer minor units with its ISO 4217 currency (DEC-16). */
export const money = () => part({ amount: whole(-1e12, 1e12), currency: Type.String({ pattern: '^[A-Z]{3}$' }) });
export type Money = Static<ReturnType<typeof money>>;

/** A stretch of time, `from` before `to`. */
export const timeWindow = () => part({ from: instant(), to: instant() });
export type TimeWindow = Static<ReturnType<typeof timeWindow>>;
