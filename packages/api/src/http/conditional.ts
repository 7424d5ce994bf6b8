import { problem } from './problem';

/** Strong entity tag of a revision: `"7"`. */
export const etagOf = (revision: number): string => `"${revision}"`;

/**
 * The revision of If-Match; undefined when the header is missing. `W/"7"` is accepted: proxies that compress weaken the
 * tag. `*` and lists are refused, they don't say what was seen.
 */
export const seenRevisionOf = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined) return undefined;
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (revision === undefined) throw problem('PRECONDITION.INVALID');
  return Number(revision);
};

/** The Idempotency-Key; undefined when missing, 400 when it is no 1 to 200 visible ASCII characters. */
export const idempotencyKeyOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) throw problem('IDEMPOTENCY.KEY_INVALID');
  return header;
};
