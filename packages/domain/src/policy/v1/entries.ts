import type { ListEntry } from '../bodies';

/** How the shipped lists are written down: phrases separated by blanks; the result is plain policy data. */
const split = (phrases: string): string[] => phrases.split(/\s+/).filter((phrase) => phrase !== '');

/** One entry per phrase. */
export const words = (phrases: string): ListEntry[] => split(phrases).map((phrase) => ({ phrases: [phrase] }));

/**
 * One entry: a phrase of each group within `within` code points of each other. The groups become alternatives (`a|b`), not
 * one entry per combination: a body has to stay below 3,000 entries and 240 KB to be stored as one event.
 */
export const near = (within: number, ...groups: readonly string[]): ListEntry[] => [
  { phrases: groups.map((group) => split(group).join('|')), within },
];

/**
 * The same entries, not counting where they stand inside or right beside one of the `except` contexts. Single words with the
 * same contexts are put into one entry as alternatives, so that the contexts are stored once.
 */
export const unless = (except: string, ...entries: readonly ListEntry[][]): ListEntry[] => {
  const all = entries.flat();
  const isWord = (entry: ListEntry) => entry.phrases.length === 1 && !entry.except;
  const alternatives = all.filter(isWord).flatMap(({ phrases }) => phrases);
  const merged = alternatives.length > 0 ? [{ phrases: [alternatives.join('|')] }] : [];
  return [...merged, ...all.filter((entry) => !isWord(entry))].map((entry: ListEntry) => ({
    ...entry,
    except: [...(entry.except ?? []), split(except).join('|')],
  }));
};
