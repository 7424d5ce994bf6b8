import type { TicketType } from '../vocabulary';
import type { TypePolicy } from './bodies';
import { compilePhrases, type PhraseMatch, type PhraseMatcher } from './phrase-matcher';

/** The type that the rule finds, with the list phrases that made it so. */
export interface Classification {
  readonly type: TicketType;
  /** Phrases of the policy, the deciding one first; empty when an intent or nothing decided. At most 20. */
  readonly matched: string[];
}

interface Row {
  readonly type: TicketType;
  readonly rank: number;
}

interface Compiled {
  readonly rows: readonly Row[];
  readonly matcher: PhraseMatcher;
}

const compiled = new WeakMap<TypePolicy, Compiled>();

const compile = (body: TypePolicy): Compiled => {
  const known = compiled.get(body);
  if (known) return known;
  const made = {
    rows: body.lists.flatMap(({ type, rank, entries }) => entries.map(() => ({ type, rank }))),
    matcher: compilePhrases(body.lists.flatMap(({ entries }) => entries)),
  };
  compiled.set(body, made);
  return made;
};

/**
 * INT-17, Type v1. An intent chosen by the customer comes first. Else of all list entries in the text the lowest rank wins,
 * inside a rank the longest match, then list order; no match → `unclassified`.
 *
 * @param body the type policy in force; compiled once per object, so keep the parsed body
 * @param input the customer's words as written, and the intent where one was chosen
 */
export const classifyType = (
  body: TypePolicy,
  input: { readonly text: string; readonly intent?: TicketType | undefined },
): Classification => {
  if (input.intent && input.intent !== 'unclassified') return { type: input.intent, matched: [] };
  const { rows, matcher } = compile(body);
  const matches = matcher.find(input.text);
  const rowOf = (match: PhraseMatch) => rows[match.entry] as Row;
  // Matches come in list order: of equals the first stays.
  const beats = (match: PhraseMatch, leader: PhraseMatch): boolean => {
    const byRank = rowOf(leader).rank - rowOf(match).rank;
    return byRank === 0 ? match.length > leader.length : byRank > 0;
  };
  const best = matches.reduce<PhraseMatch | undefined>(
    (leader, match) => (leader && !beats(match, leader) ? leader : match),
    undefined,
  );
  if (!best) return { type: 'unclassified', matched: [] };
  const type = rowOf(best).type;
  const others = matches.filter((match) => match !== best && rowOf(match).type === type);
  const words = [best, ...others].map(({ words: found }) => found);
  return { type, matched: [...new Set(words)].slice(0, 20) };
};
