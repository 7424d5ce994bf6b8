import type { Problem } from '../kernel/index';

export const problem = (pointer: string, message: string): Problem => ({ pointer, message });

/** A problem for each row whose key stands before it already. */
export const twice = <Row>(pointer: string, rows: readonly Row[], keyOf: (row: Row) => string): readonly Problem[] => {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = keyOf(row);
    const repeated = seen.has(key);
    seen.add(key);
    return repeated ? [problem(`${pointer}/${index}`, 'stands here a second time')] : [];
  });
};
