/** A place in a list that was sorted by columns: the values of the last row shown. */
export type CursorValues = readonly (string | number)[];

/** What came as a cursor is none of ours, or belongs to another list. The caller answers 400. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'CURSOR_INVALID';
  constructor() {
    super('the cursor does not belong to this list');
  }
}

/** Opaque to the caller; `list` says which list (and order) it belongs to. */
export const cursorTo = (list: string, values: CursorValues): string =>
  Buffer.from(JSON.stringify([list, ...values])).toString('base64url');

/** The values of a cursor; `shape` is what they must be, in order. Throws `InvalidCursorError`. */
export const cursorFrom = (list: string, cursor: string, shape: readonly ('string' | 'number')[]): CursorValues => {
  const [name, ...values] = parsed(cursor);
  const fits = values.length === shape.length && values.every((value, index) => typeof value === shape[index]);
  if (name !== list || !fits) throw new InvalidCursorError();
  return values as CursorValues;
};

const parsed = (cursor: string): readonly unknown[] => {
  if (cursor.length > 1_000 || !/^[A-Za-z0-9_-]+$/.test(cursor)) throw new InvalidCursorError();
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through: no JSON is no cursor.
  }
  throw new InvalidCursorError();
};
