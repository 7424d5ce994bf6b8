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
    .sort()
    .map((field) => ({
      field,
      ...(old.has(field) ? { before: old.get(field) } : {}),
      ...(now.has(field) ? { after: now.get(field) } : {}),
    }));
};

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
    ? value.map((item: unknown, index) => [`${path}[${nameOf(item) ?? index}]`, item] as const)
    : Object.entries(value).map(([name, item]) => [path === '' ? name : `${path}.${name}`, item] as const);
  // An empty list or object is a value of its own: else something that was emptied would look as if it never changed.
  if (members.length === 0) leaves.set(path, value);
  for (const [place, item] of members) collect(item, place, leaves);
};

/** Items of lists are told apart by their ids, so that one that moves up in its list has not changed. */
const nameOf = (item: unknown): string | undefined => {
  if (typeof item !== 'object' || item === null) return undefined;
  const { id } = item as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
};
