/** One series: what it numbers, its month and the last serial given away. Before the first block: nothing is known. */
export type NumberSeries =
  | { readonly status: 'unused' }
  | { readonly status: 'used'; readonly kind: string; readonly month: string; readonly last: number };

export const initialNumberSeries: NumberSeries = { status: 'unused' };
