type Maybe<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` where members that may be undefined are members that may be missing. */
export type Present<T> = { [K in Exclude<keyof T, Maybe<T>>]: T[K] } & { [K in Maybe<T>]?: Exclude<T[K], undefined> };

/** Leaves out members without a value: stored payloads know no `undefined`. A plain loop: every ticket event passes here. */
export const present = <T extends object>(fields: T): Present<T> => {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept as Present<T>;
};
