/** A value at one place of a state; absent on one side when the place is not there. */
export interface Change {
  /** `priority`, `jobs[9b2c…].open`, `parts[0].quantity`. */
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The places at which two states differ, by name, leaves only.
 *
 * @param before any JSON value, a folded state
 * @param after the same later
 */
export const changesBetween = (before: unknown, after: unknown): readonly Change[] => {
  const old = leavesOf(before);
  const now = leavesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)))
    .filter((field) => !isFilled(field, old, now))
    .sort()
    .map((field) => ({
      field,
      ...(old.has(field) ? { before: old.get(field) } : {}),
      ...(now.has(field) ? { after: now.get(field) } : {}),
    }));
};

/** An empty list that got its first item has not gone: what came says it all. */
const isFilled = (field: string, old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): boolean =>
  typeof old.get(field) === 'object' &&
  old.get(field) !== null &&
  [...now.keys()].some((place) => place.startsWith(`${field}[`) || place.startsWith(`${field}.`));

const leavesOf = (value: unknown): ReadonlyMap<string, unknown> => {
  const leaves = new Map<string, unknown>();
  collect(value, '', leaves);
  return leaves;
};

const collect = (value: unknown, path: string, leaves: Map<string, unknown>): void => {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    leaves.set(path, value);
    return;
  }
  const members = Array.isArray(value)
    ? namesOf(value).map((name, index) => [`${path}[${name}]`, value[index] as unknown] as const)
    : Object.entries(value).map(([name, item]) => [path === '' ? name : `${path}.${name}`, item] as const);
  // An empty list or object is a value of its own: else something that was emptied would look as if it never changed.
  if (members.length === 0) leaves.set(path, value);
  for (const [place, item] of members) collect(item, place, leaves);
};

/** Items of lists are told apart by their ids, so that one that moves up in its list has not changed; else by their place. */
const namesOf = (items: readonly unknown[]): readonly (string | number)[] => {
  const ids = items.map(idOf);
  return ids.map((one, index) => (one !== undefined && ids.indexOf(one) === ids.lastIndexOf(one) ? one : index));
};

/** `id`, else the first member that is called so: `contactId`, `shareId`. */
const idOf = (item: unknown): string | undefined => {
  if (typeof item !== 'object' || item === null) return undefined;
  const named = Object.entries(item).filter(([name, value]) => /^id$|Id$/.test(name) && typeof value === 'string');
  const [, id] = named.find(([name]) => name === 'id') ?? named[0] ?? [];
  return id as string | undefined;
};
