import { optional, text, whole } from '@aftercare/domain';

/** What every list takes: `next` of an answer is the `cursor` of the following page. */
export const pagingInput = { limit: optional(whole(1, 200)), cursor: optional(text(1_000)) };

export const pagingOf = ({ limit, cursor }: { readonly limit?: number; readonly cursor?: string }) => ({
  ...(limit === undefined ? {} : { limit }),
  ...(cursor === undefined ? {} : { cursor }),
});

/** The fields that were given. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
