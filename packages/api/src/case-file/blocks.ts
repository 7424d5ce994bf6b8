/** One line of a cell; `soft`: secondary, `mark`: what should catch the eye. */
export interface Line {
  readonly text: string;
  readonly tone?: 'strong' | 'soft' | 'mark' | undefined;
}
export type Cell = string | readonly Line[];

/** A picture, opened when its turn comes: one at a time in memory. */
export interface Picture {
  readonly caption: string;
  /** The content, a JPEG or PNG that may be embedded, or why there is none. */
  readonly content: () => Promise<Buffer | string>;
  /** Points. */
  readonly maxHeight: number;
}

/** What a case file is made of, before anybody thinks of paper. */
export type Block =
  | { readonly kind: 'title'; readonly text: string; readonly above: string }
  | { readonly kind: 'chapter'; readonly text: string }
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Line['tone'] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'table';
      /** Widths are shares of the page's width. */
      readonly columns: readonly { readonly title: string; readonly width: number }[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | ({ readonly kind: 'picture' } & Picture);

/** What a chapter says when there is nothing in it: that it is empty shows, instead of being left out. */
export const nothing = (text: string): Block => ({ kind: 'text', text, tone: 'soft' });
