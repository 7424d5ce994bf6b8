import fc from 'fast-check';
import type { ListEntry } from './bodies';
import { compilePhrases, DEFAULT_WITHIN, EXCEPT_REACH } from './phrase-matcher';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Looks at every place of every phrase: slow, and too simple to be wrong. */
const placesOf = (phrase: string, text: string): Place[] =>
  phrase.split('|').flatMap((alternative) =>
    [...text].flatMap((_point, start) => {
      const end = start + [...alternative].length;
      return [...text].slice(start, end).join('') === alternative ? [{ start, end }] : [];
    }),
  );
const together = (entry: ListEntry, text: string): Place[] =>
  entry.phrases
    .map((phrase) => placesOf(phrase, text).map((place) => [place]))
    .reduce((heads, slot) => heads.flatMap((head) => slot.map((place) => [...head, ...place])))
    .filter(
      (places) =>
        Math.max(...places.map(({ start }) => start)) - Math.min(...places.map(({ end }) => end)) <=
        (entry.within ?? DEFAULT_WITHIN),
    )
    .map((places) => ({
      start: Math.min(...places.map(({ start }) => start)),
      end: Math.max(...places.map(({ end }) => end)),
    }));
const naively = (entry: ListEntry, text: string): boolean =>
  together(entry, text).some(
    (span) =>
      !(entry.except ?? [])
        .flatMap((phrase) => placesOf(phrase, text))
        .some(({ start, end }) => end >= span.start - EXCEPT_REACH && start <= span.end + EXCEPT_REACH),
  );

const word = fc.string({ unit: fc.constantFrom('冷', '热', '水', '😀'), minLength: 1, maxLength: 3 });
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('|'));
const message = fc.string({ unit: fc.constantFrom('冷', '热', '水', '😀', '的', '了'), maxLength: 40 });
const found = (entries: ListEntry[], text: string) =>
  compilePhrases(entries)
    .find(text)
    .map(({ entry }) => entry);

describe('INT-17, CLS-04 how a list is searched', () => {
  it('finds exactly the entries that a search of every place finds, whatever else is in the list', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record(
            { phrases: fc.array(phrase, { minLength: 1, maxLength: 2 }), within: fc.integer({ min: 1, max: 8 }) },
            { requiredKeys: ['phrases'] },
          ),
          { minLength: 1, maxLength: 6 },
        ),
        message,
        (entries, text) => {
          const expected = entries.flatMap((entry, index) => (naively(entry, text) ? [index] : []));
          expect(found(entries, text)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    ));

  it('leaves out exactly the matches beside an exception', () =>
    fc.assert(
      fc.property(
        phrase,
        fc.array(phrase, { minLength: 1, maxLength: 2 }),
        fc.string({ unit: fc.constantFrom('冷', '热', '水', '的', '了', '我', '家'), maxLength: 60 }),
        (one, except, text) => {
          const entry = { phrases: [one], except };
          expect(found([entry], text)).toEqual(naively(entry, text) ? [0] : []);
        },
      ),
      { numRuns: 300 },
    ));

  it('takes 6 code points for beside, and not 7', () => {
    const entry = { phrases: ['爆炸'], except: ['游戏'] };
    expect(found([entry], '游戏一二三四五六爆炸')).toEqual([]);
    expect(found([entry], '游戏一二三四五六七爆炸')).toEqual([0]);
    expect(found([entry], '爆炸一二三四五六游戏')).toEqual([]);
    expect(found([entry], '爆炸一二三四五六七游戏')).toEqual([0]);
  });

  it('says phrases of the list, shortened to what an event holds', () => {
    const [match] = compilePhrases([{ phrases: ['电'.repeat(60), '水'.repeat(60)] }]).find(
      '电'.repeat(60) + '水'.repeat(60),
    );
    expect(match?.words).toBe('电'.repeat(50));
  });
});
