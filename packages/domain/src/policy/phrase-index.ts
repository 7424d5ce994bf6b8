import { codePointsOf, normalise } from './normalise';

interface Node {
  readonly next: Map<number, Node>;
  /** The phrase that ends here. */
  phrase?: number;
}

/** Where each phrase stands: phrase → first code points, ascending. Most phrases of a list stand nowhere. */
export type Found = ReadonlyMap<number, readonly number[]>;

/** Many phrases in a tree by code point: a text is searched for all of them in one walk. */
export class PhraseIndex {
  private readonly root: Node = { next: new Map() };
  private readonly lengths: number[] = [];
  private readonly texts: string[] = [];
  /** By normalised form, and by every way of writing it that was added: normalising is what compiling a list costs. */
  private readonly ids = new Map<string, number>();

  /** The number of a phrase; phrases that are the same when normalised share it. */
  add(phrase: string): number {
    const written = this.ids.get(phrase);
    if (written !== undefined) return written;
    const normal = normalise(phrase);
    const known = this.ids.get(normal);
    if (known !== undefined) {
      this.ids.set(phrase, known);
      return known;
    }
    const points = codePointsOf(normal);
    const id = this.texts.push(phrase) - 1;
    this.lengths.push(points.length);
    this.ids.set(normal, id);
    this.ids.set(phrase, id);
    this.insert(points, id);
    return id;
  }

  /** Length of a phrase in code points. */
  lengthOf(phrase: number): number {
    return this.lengths[phrase] ?? 0;
  }

  /** A phrase as it was first written in the list. */
  textOf(phrase: number): string {
    return this.texts[phrase] ?? '';
  }

  /** Every place of every phrase in a normalised text, overlapping ones too. */
  find(text: readonly number[]): Found {
    const found = new Map<number, number[]>();
    for (let start = 0; start < text.length; start += 1) {
      let node: Node | undefined = this.root;
      for (let at = start; at < text.length; at += 1) {
        node = node.next.get(text[at] as number);
        if (!node) break;
        if (node.phrase === undefined) continue;
        const starts = found.get(node.phrase);
        if (starts) starts.push(start);
        else found.set(node.phrase, [start]);
      }
    }
    return found;
  }

  private insert(points: readonly number[], id: number): void {
    let node = this.root;
    for (const point of points) {
      let next = node.next.get(point);
      if (!next) {
        next = { next: new Map() };
        node.next.set(point, next);
      }
      node = next;
    }
    if (points.length > 0) node.phrase = id;
  }
}
