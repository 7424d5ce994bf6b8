import type { TSchema } from '@sinclair/typebox';
import { TypeCompiler, ValueErrorType, type TypeCheck, type ValueError } from '@sinclair/typebox/compiler';

/** One thing wrong with a value: a JSON pointer (RFC 6901) and a sentence that never repeats the value. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>();

const checkOf = (schema: TSchema): TypeCheck<TSchema> => {
  const known = compiled.get(schema);
  if (known) return known;
  const check = TypeCompiler.Compile(schema);
  compiled.set(schema, check);
  return check;
};

/** True when `value` has the shape; compiled once per schema. */
export const matches = (schema: TSchema, value: unknown): boolean => checkOf(schema).Check(value);

/** Of a closed list of words: which they are, because "union value" tells nobody what to send. */
const saidOf = ({ type, schema, message }: ValueError): string => {
  const { anyOf } = schema as TSchema & { readonly anyOf?: unknown };
  if (type !== ValueErrorType.Union || !Array.isArray(anyOf)) return message;
  const words = anyOf.flatMap((one: { readonly const?: unknown }) =>
    typeof one.const === 'string' ? [one.const] : [],
  );
  return words.length === anyOf.length ? `Expected one of: ${words.join(', ')}` : message;
};

/** As far as its steps look like names of fields or places in a list: anything may be sent as a name, a person's too. */
const NAMED = /^(?:\/(?:[A-Za-z][A-Za-z0-9_-]{0,39}|\d{1,5})(?=\/|$))*/;
const pointerTo = (path: string): string => NAMED.exec(path)?.[0] ?? '';

/**
 * Every problem in `value`, one per pointer, at most `limit`; empty when it has the shape. An unknown member whose name is
 * no field's is told of at what holds it.
 */
export const problemsIn = (schema: TSchema, value: unknown, limit = 50): readonly Problem[] => {
  if (matches(schema, value)) return [];
  const found = new Map<string, string>();
  for (const error of checkOf(schema).Errors(value)) {
    const pointer = pointerTo(error.path);
    if (!found.has(pointer)) found.set(pointer, saidOf(error));
    if (found.size >= limit) break;
  }
  return [...found].map(([pointer, message]) => ({ pointer, message }));
};
