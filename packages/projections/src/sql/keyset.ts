import { sql, type RawBuilder } from 'kysely';
import { cursorFrom, cursorTo, type CursorValues } from './cursor';

/** One page of a list. */
export interface Page<R> {
  readonly rows: readonly R[];
  /** Where to go on; absent on the last page. */
  readonly next?: string;
}

/** What every paged query takes. */
export interface Paging {
  /** 1 … 200; default 50. */
  readonly limit?: number;
  readonly cursor?: string;
}

export const MAX_PAGE = 200;

/** The page size that is meant: whole, at least 1, at most 200. */
export const pageSize = ({ limit = 50 }: Paging): number => Math.min(Math.max(Math.trunc(limit), 1), MAX_PAGE);

/** A list's order: its columns, all ascending, the last one unique. */
export interface Order {
  readonly list: string;
  readonly columns: readonly (readonly [name: string, kind: 'string' | 'number'])[];
}

/** `(a, b, key) > (…)`: what lies behind the cursor. Row values are compared the same by SQLite and PostgreSQL. */
export const behind = (order: Order, cursor: string): RawBuilder<boolean> => {
  const values = cursorFrom(
    order.list,
    cursor,
    order.columns.map(([, kind]) => kind),
  );
  const names = order.columns.map(([name]) => sql.ref(name));
  return sql<boolean>`(${sql.join(names)}) > (${sql.join(values.map((value) => sql.val(value)))})`;
};

/** Cuts what was read (one more than the page holds) into a page with its cursor. */
export const pageOf = <S, R>(
  read: readonly S[],
  options: { readonly size: number; readonly order: Order; at(row: S): CursorValues; show(row: S): R },
): Page<R> => {
  const { size, order } = options;
  const shown = read.slice(0, size);
  const last = shown.at(-1);
  const rows = shown.map((row) => options.show(row));
  return read.length > size && last ? { rows, next: cursorTo(order.list, options.at(last)) } : { rows };
};
