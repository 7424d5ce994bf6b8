/** Turns traditional characters into simplified ones; what is simplified already stays. */
type ToSimplified = (text: string) => string;

let toSimplified: ToSimplified | undefined;

/** The dictionary takes about 25 ms to load: done once, by whoever first compiles a list, not by importing this file. */
const simplifier = (): ToSimplified => {
  if (!toSimplified) {
    // The package declares its types as an ES module, which a CommonJS file may not import; its CommonJS build is fine.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const opencc = require('opencc-js/t2cn') as { Converter(way: { from: 't'; to: 'cn' }): ToSimplified };
    toSimplified = opencc.Converter({ from: 't', to: 'cn' });
  }
  return toSimplified;
};

/**
 * The form in which customers' words and list phrases are compared (INT-17): NFKC (full width → half width), traditional →
 * simplified, lower case. Spaces and punctuation stay. Idempotent.
 */
export const normalise = (text: string): string => simplifier()(text.normalize('NFKC')).toLowerCase();

/** The code points of a text: what lengths and distances of list entries are counted in. */
export const codePointsOf = (text: string): readonly number[] => {
  const points: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) as number;
    points.push(point);
    if (point > 0xffff) at += 1;
  }
  return points;
};
