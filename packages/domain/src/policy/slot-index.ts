import { PhraseIndex, type Found } from './phrase-index';

/** A phrase at a place in the text, code points. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly phrase: number;
}

/** The slots that a text fills. */
export interface FoundSlots {
  /** Every slot of which some alternative stands in the text. */
  slots(): Iterable<number>;
  has(slot: number): boolean;
  /** Where its alternatives stand, by start, of two at one start the longer first. */
  places(slot: number): readonly Place[];
}

/** Phrases with alternatives, `a|b|c`, each kept once however many entries share it. */
export class SlotIndex {
  private readonly phrases = new PhraseIndex();
  private readonly ids = new Map<string, number>();
  /** Slots that a phrase is an alternative of. */
  private readonly slotsOf = new Map<number, number[]>();
  /** Per slot, how much seeing it tells: the length of its shortest alternative, then how few it has. */
  private readonly telling: number[] = [];

  /** The number of a slot. */
  add(alternatives: string): number {
    const known = this.ids.get(alternatives);
    if (known !== undefined) return known;
    const slot = this.telling.length;
    const phrases = new Set(
      alternatives
        .split('|')
        .filter((phrase) => phrase !== '')
        .map((phrase) => this.phrases.add(phrase)),
    );
    for (const phrase of phrases) {
      const slots = this.slotsOf.get(phrase);
      if (slots) slots.push(slot);
      else this.slotsOf.set(phrase, [slot]);
    }
    const shortest = Math.min(...[...phrases].map((phrase) => this.phrases.lengthOf(phrase)));
    this.telling.push(shortest - phrases.size / 10_000);
    this.ids.set(alternatives, slot);
    return slot;
  }

  /** Of the slots of one entry the one that fewest texts will fill: only where it stands the entry is looked at. */
  mostTelling(slots: readonly number[]): number {
    return slots.reduce((best, slot) => ((this.telling[slot] ?? 0) > (this.telling[best] ?? 0) ? slot : best));
  }

  /** An alternative as the list has it. */
  textOf(phrase: number): string {
    return this.phrases.textOf(phrase);
  }

  /** The slots that a normalised text fills. */
  find(text: readonly number[]): FoundSlots {
    const found = this.phrases.find(text);
    const filled = new Map<number, number[]>();
    for (const phrase of found.keys()) {
      for (const slot of this.slotsOf.get(phrase) ?? []) {
        const known = filled.get(slot);
        if (known) known.push(phrase);
        else filled.set(slot, [phrase]);
      }
    }
    const placed = new Map<number, readonly Place[]>();
    return {
      slots: () => filled.keys(),
      has: (slot) => filled.has(slot),
      places: (slot) => {
        const known = placed.get(slot);
        if (known) return known;
        const places = this.placesOf(filled.get(slot) ?? [], found);
        placed.set(slot, places);
        return places;
      },
    };
  }

  private placesOf(phrases: readonly number[], found: Found): readonly Place[] {
    const places = phrases.flatMap((phrase) => {
      const length = this.phrases.lengthOf(phrase);
      return (found.get(phrase) ?? []).map((start) => ({ start, end: start + length, phrase }));
    });
    return phrases.length === 1 ? places : places.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}
