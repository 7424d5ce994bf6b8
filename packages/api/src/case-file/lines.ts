import type { Cell, Line } from './blocks';

/** A line longer than this could be higher than a page, and is cut into several. */
const LONGEST = 400;

/** A cell as lines, none of them higher than a page; control characters have no glyph. */
export const linesOf = (cell: Cell): readonly Line[] => {
  const lines: readonly Line[] = typeof cell === 'string' ? [{ text: cell }] : cell;
  return lines.flatMap(({ text, tone }) =>
    text
      .split(/\r\n|\r|\n/)
      .flatMap((one) => inPieces(one.replace(/\p{Cc}/gu, ' ')))
      .map((one) => ({ text: one, ...(tone ? { tone } : {}) })),
  );
};

const inPieces = (text: string): readonly string[] => {
  const characters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += LONGEST) pieces.push(characters.slice(at, at + LONGEST).join(''));
  return pieces.length === 0 ? [''] : pieces;
};
