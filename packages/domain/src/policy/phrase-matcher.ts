import type { ListEntry } from './bodies';
import { codePointsOf, normalise } from './normalise';
import { SlotIndex, type FoundSlots, type Place } from './slot-index';

/** Code points between a match and an `except` phrase that still make the phrase its context. */
export const EXCEPT_REACH = 6;
/** How far apart the phrases of an entry may stand when it doesn't say. */
export const DEFAULT_WITHIN = 12;
/** Room that an event gives one match, UTF-16 units. */
const DESCRIPTION = 100;

/** An entry that a text contains. */
export interface PhraseMatch {
  /** Index of the entry in the list that was compiled. */
  readonly entry: number;
  /** Code points of all phrases found for it together: what "longest match" compares. */
  readonly length: number;
  /** The list's phrases that were found, joined by `…`; never the customer's own words, these are personal. */
  readonly words: string;
}

/** A list made fast. */
export interface PhraseMatcher {
  /** Every entry that matches, once each, in list order. The text is normalised here. */
  find(text: string): readonly PhraseMatch[];
}

interface CompiledEntry {
  readonly entry: number;
  /** Its phrases, as slots. */
  readonly slots: readonly number[];
  readonly within: number;
  /** All its `except` phrases as one slot; undefined: none. */
  readonly except: number | undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly places: readonly Place[];
}

/**
 * Compiles a list. What a match is, precisely:
 * - text and phrases are compared in their normalised form; lengths and distances are code points;
 * - a phrase stands in the text when one of its alternatives does;
 * - several phrases stand in any order, and between the end of the one that ends first and the start of the one that starts
 *   last lie at most `within` (default 12) code points; behind each place the nearest place of the others counts;
 * - a match spans from the start of its first phrase to the end of its last. It is void when an `except` phrase overlaps
 *   this span or stands within 6 code points of it. Another place in the text may still match;
 * - of several places of one entry the one with the most code points is reported.
 * Cost: one walk over the text, whatever the number of entries; only entries whose most telling phrase was seen are looked
 * at, and phrases that entries share are looked up once.
 */
export const compilePhrases = (entries: readonly ListEntry[]): PhraseMatcher => {
  const slots = new SlotIndex();
  const byTrigger = new Map<number, CompiledEntry[]>();
  entries.forEach(({ phrases, within = DEFAULT_WITHIN, except = [] }, entry) => {
    const compiled: CompiledEntry = {
      entry,
      slots: phrases.map((phrase) => slots.add(phrase)),
      within,
      except: except.length > 0 ? slots.add(except.join('|')) : undefined,
    };
    const trigger = slots.mostTelling(compiled.slots);
    const known = byTrigger.get(trigger);
    if (known) known.push(compiled);
    else byTrigger.set(trigger, [compiled]);
  });

  return {
    find: (text) => {
      const found = slots.find(codePointsOf(normalise(text)));
      const matches: PhraseMatch[] = [];
      for (const slot of found.slots()) {
        for (const entry of byTrigger.get(slot) ?? []) {
          const span = longestSpan(entry, found);
          if (span) matches.push({ entry: entry.entry, length: span.length, words: describe(span, slots) });
        }
      }
      return matches.sort((a, b) => a.entry - b.entry);
    },
  };
};

const longestSpan = (entry: CompiledEntry, found: FoundSlots): Span | undefined => {
  if (!entry.slots.every((slot) => found.has(slot))) return undefined;
  const contexts = entry.except === undefined ? [] : found.places(entry.except);
  let longest: Span | undefined;
  for (const span of spansOf(
    entry.slots.map((slot) => found.places(slot)),
    entry.within,
  )) {
    if (longest && span.length <= longest.length) continue;
    if (!contexts.some((context) => standsBy(span, context))) longest = span;
  }
  return longest;
};

function* spansOf(places: readonly (readonly Place[])[], within: number): Generator<Span> {
  for (const anchors of places) {
    for (const anchor of anchors) {
      const span = spanBehind(places, anchors, anchor);
      if (span && span.gap <= within) yield span;
    }
  }
}

/** The span that begins with `anchor` and takes of each other phrase the nearest place from there on. */
const spanBehind = (
  places: readonly (readonly Place[])[],
  anchors: readonly Place[],
  anchor: Place,
): (Span & { readonly gap: number }) | undefined => {
  const chosen: Place[] = [];
  for (const slot of places) {
    const place = slot === anchors ? anchor : firstFrom(slot, anchor.start);
    if (!place) return undefined;
    chosen.push(place);
  }
  return {
    start: anchor.start,
    end: Math.max(...chosen.map(({ end }) => end)),
    length: chosen.reduce((sum, { start, end }) => sum + end - start, 0),
    gap: Math.max(...chosen.map(({ start }) => start)) - Math.min(...chosen.map(({ end }) => end)),
    places: chosen,
  };
};

/** Binary search: a long message of one repeated word must not turn quadratic. */
const firstFrom = (places: readonly Place[], start: number): Place | undefined =>
  places[lowerBound(places.length, (at) => (places[at] as Place).start >= start)];

const standsBy = (span: Span, context: Place): boolean =>
  context.end >= span.start - EXCEPT_REACH && context.start <= span.end + EXCEPT_REACH;

/** The first of `size` positions for which `reached` is true; `size` when none is. */
const lowerBound = (size: number, reached: (at: number) => boolean): number => {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const describe = (span: Span, slots: SlotIndex): string => {
  const words = span.places.map(({ phrase }) => slots.textOf(phrase));
  const all = words.join('…');
  if (all.length <= DESCRIPTION) return all;
  return [...(words[0] ?? '')].slice(0, DESCRIPTION / 2).join('');
};
