import type { Upcast } from './define-event';
import { optional, text } from './schema';

/**
 * Free text that an earlier version of an event kept in `data`, where it can't be forgotten. It stays readable there and is
 * never written again: what people type lies in a personal part (ADR 13).
 */
export const inClear = () => optional(text(1_000));

/** Lifts such a version: `field` becomes `inClear`, at the top, or within each of the named `parts` of the data. */
export const keptInClear =
  (field: string, parts?: readonly string[]): Upcast =>
  (data) =>
    parts === undefined
      ? renamed(data, field)
      : { ...data, ...Object.fromEntries(parts.map((name) => [name, renamed(data[name] as typeof data, field)])) };

const renamed = (data: Record<string, unknown>, field: string): Record<string, unknown> => {
  const { [field]: said, ...rest } = data;
  return said === undefined ? rest : { ...rest, inClear: said };
};
