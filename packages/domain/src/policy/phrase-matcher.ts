import type { ListEntry } from './bodies';
import { codePointsOf, normalise } from './normalise';

/** Code points between a match and an `except` phrase that still make the phrase its context. */
export const EXCEPT_REACH = 6;
/** How far apart the phrases of an entry may stand when it doesn't say. */
export const DEFAULT_WITHIN = 12;

/** An entry that a text contains. */
export interface PhraseMatch {
  /** Index of the entry in the list that was compiled. */
  readonly entry: number;
  /** Code points of all its phrases together: what "longest match" compares. */
  readonly length: number;
  /** First code point of the match in the text. */
  readonly start: number;
}

/** A list made fast. */
export interface PhraseMatcher {
  /** Every entry that matches, once each, in list order. The text is normalised here. */
  find(text: string): readonly PhraseMatch[];
}

interface Node {
  readonly next: Map<number, Node>;
  /** The phrase that ends here. */
  phrase?: number;
}

interface CompiledEntry {
  readonly entry: number;
  readonly phrases: readonly number[];
  readonly within: number;
  readonly except: readonly number[];
  readonly length: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where each phrase stands: phrase → starts, ascending. Most phrases of a list stand nowhere. */
type Found = ReadonlyMap<number, readonly number[]>;

/**
 * Compiles a list. What a match is (bodies.ts, ListEntry), precisely:
 * - text and phrases are compared in their normalised form, lengths and distances are code points;
 * - one phrase: it stands in the text. Several: they stand in any order, and between the end of the one that ends first and
 *   the start of the one that starts last lie at most `within` (default 12) code points; of several candidates behind a
 *   phrase the nearest counts;
 * - a match spans from the start of its first phrase to the end of its last. It is void when an `except` phrase overlaps
 *   this span or stands within 6 code points of it. Another place in the text may still match.
 * Cost: one walk over the text, whatever the number of entries; only entries whose first phrase was seen are looked at.
 */
export const compilePhrases = (entries: readonly ListEntry[]): PhraseMatcher => {
  const root: Node = { next: new Map() };
  const lengths: number[] = [];
  const ids = new Map<string, number>();

  const phraseId = (phrase: string): number => {
    const normal = normalise(phrase);
    const known = ids.get(normal);
    if (known !== undefined) return known;
    const id = lengths.length;
    const points = codePointsOf(normal);
    ids.set(normal, id);
    lengths.push(points.length);
    insert(root, points, id);
    return id;
  };

  const byFirstPhrase = new Map<number, CompiledEntry[]>();
  entries.forEach((entry, index) => {
    const phrases = entry.phrases.map(phraseId);
    const compiled: CompiledEntry = {
      entry: index,
      phrases,
      within: entry.within ?? DEFAULT_WITHIN,
      except: (entry.except ?? []).map(phraseId),
      length: phrases.reduce((sum, phrase) => sum + (lengths[phrase] ?? 0), 0),
    };
    const first = phrases[0] ?? -1;
    byFirstPhrase.set(first, [...(byFirstPhrase.get(first) ?? []), compiled]);
  });

  return {
    find: (text) => {
      const found = occurrences(root, codePointsOf(normalise(text)));
      const matches: PhraseMatch[] = [];
      for (const phrase of found.keys()) {
        for (const entry of byFirstPhrase.get(phrase) ?? []) {
          const span = firstSpan(entry, found, lengths);
          if (span) matches.push({ entry: entry.entry, length: entry.length, start: span.start });
        }
      }
      return matches.sort((a, b) => a.entry - b.entry);
    },
  };
};

const insert = (root: Node, points: readonly number[], id: number): void => {
  let node = root;
  for (const point of points) {
    let next = node.next.get(point);
    if (!next) {
      next = { next: new Map() };
      node.next.set(point, next);
    }
    node = next;
  }
  if (points.length > 0) node.phrase = id;
};

const occurrences = (root: Node, text: readonly number[]): Found => {
  const found = new Map<number, number[]>();
  for (let start = 0; start < text.length; start += 1) {
    let node: Node | undefined = root;
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
};

/** The first place where the entry matches and none of its `except` phrases voids it. */
const firstSpan = (entry: CompiledEntry, found: Found, lengths: readonly number[]): Span | undefined => {
  for (const phrase of entry.phrases) if (!found.has(phrase)) return undefined;
  for (const span of spans(entry, found, lengths)) {
    if (!entry.except.some((phrase) => standsBy(span, found.get(phrase), lengths[phrase] ?? 0))) return span;
  }
  return undefined;
};

function* spans(entry: CompiledEntry, found: Found, lengths: readonly number[]): Generator<Span> {
  const [only, ...more] = entry.phrases;
  if (more.length === 0 && only !== undefined) {
    const length = lengths[only] ?? 0;
    for (const start of found.get(only) ?? []) yield { start, end: start + length };
    return;
  }
  for (const anchor of new Set(entry.phrases)) {
    for (const start of found.get(anchor) ?? []) {
      const span = spanBehind(entry, start, found, lengths);
      if (span) yield span;
    }
  }
}

/** The tightest span that begins at `start` and holds the nearest occurrence of every phrase from there on. */
const spanBehind = (
  entry: CompiledEntry,
  start: number,
  found: Found,
  lengths: readonly number[],
): Span | undefined => {
  let firstEnd = Infinity;
  let lastStart = start;
  let end = start;
  for (const phrase of entry.phrases) {
    const nearest = atOrAfter(found.get(phrase) ?? [], start);
    if (nearest === undefined) return undefined;
    const phraseEnd = nearest + (lengths[phrase] ?? 0);
    firstEnd = Math.min(firstEnd, phraseEnd);
    lastStart = Math.max(lastStart, nearest);
    end = Math.max(end, phraseEnd);
  }
  return lastStart - firstEnd <= entry.within ? { start, end } : undefined;
};

/** Binary search: a long message of one repeated character must not turn quadratic. */
const atOrAfter = (starts: readonly number[], from: number): number | undefined => {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return starts[low];
};

const standsBy = (span: Span, starts: readonly number[] | undefined, length: number): boolean => {
  if (!starts) return false;
  const nearest = atOrAfter(starts, span.start - EXCEPT_REACH - length);
  return nearest !== undefined && nearest <= span.end + EXCEPT_REACH;
};

/**
 * What an event says about a match: the phrases as the policy has them, never the customer's words (these are personal).
 * At most 100 UTF-16 units, the room an event gives one match.
 */
export const describeMatch = (entry: ListEntry): string => {
  const all = entry.phrases.join('…');
  return all.length <= 100 ? all : (entry.phrases[0] ?? '');
};
