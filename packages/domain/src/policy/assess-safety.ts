import type { Text } from '../kernel/index';
import type { SafetyPolicy } from './bodies';
import { compilePhrases, type PhraseMatcher } from './phrase-matcher';

/** Whether a matter is a safety case, why, and what the customer should be told at once. */
export interface SafetyAssessment {
  readonly safety: boolean;
  /** Phrases of the policy found in the text; empty when only the agent's mark made it so. At most 20. */
  readonly matched: string[];
  /** The advice for what was found; the general advice (the entry without phrases) where none is more specific. */
  readonly advice: Text[];
}

interface Compiled {
  readonly hazards: PhraseMatcher;
  /** One entry per advice phrase; `adviceOf[i]` is the advice that entry i belongs to. */
  readonly topics: PhraseMatcher;
  readonly adviceOf: readonly number[];
}

const compiled = new WeakMap<SafetyPolicy, Compiled>();

const compile = (body: SafetyPolicy): Compiled => {
  const known = compiled.get(body);
  if (known) return known;
  const topics = body.advice.flatMap(({ phrases }, advice) => phrases.map((phrase) => ({ phrase, advice })));
  const made = {
    hazards: compilePhrases(body.entries),
    topics: compilePhrases(topics.map(({ phrase }) => ({ phrases: [phrase] }))),
    adviceOf: topics.map(({ advice }) => advice),
  };
  compiled.set(body, made);
  return made;
};

/**
 * CLS-04, Safety v1: a list entry in the customer's words or the agent's mark. Negated words count too: a missed hazard is
 * worse than a false alarm, and only a person may lower it.
 *
 * @param body the safety policy in force; compiled once per object, so keep the parsed body
 * @param input the customer's words as written; `marked`: a person marked the matter as a hazard
 */
export const assessSafety = (
  body: SafetyPolicy,
  input: { readonly text: string; readonly marked: boolean },
): SafetyAssessment => {
  const { hazards, topics, adviceOf } = compile(body);
  const matched = [...new Set(hazards.find(input.text).map(({ words }) => words))].slice(0, 20);
  const safety = input.marked || matched.length > 0;
  if (!safety) return { safety, matched, advice: [] };
  const specific = new Set(topics.find(input.text).map(({ entry }) => adviceOf[entry]));
  const advice = body.advice
    .filter(({ phrases }, index) => (specific.size > 0 ? specific.has(index) : phrases.length === 0))
    .map(({ zh, en }) => ({ zh, en }));
  return { safety, matched, advice };
};
