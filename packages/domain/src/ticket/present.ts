type Maybe<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** `T` where members that may be undefined are members that may be missing. */
export type Present<T> = { [K in Exclude<keyof T, Maybe<T>>]: T[K] } & { [K in Maybe<T>]?: Exclude<T[K], undefined> };

/** Leaves out members without a value: stored payloads know no `undefined`. */
export const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
