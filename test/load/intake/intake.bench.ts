import { assessSafety, classifyType, policiesV1, TICKET_TYPES } from '@aftercare/domain';
import { describeEvaluation, evaluate, TARGETS } from '../../intake/evaluate';
import { messagesOf } from '../../intake/messages';
import { atLeast, atMost, median, type BenchRow } from '../bench';

const ROUNDS = 9;
/** A message has to be judged well under this, microseconds. */
const MICROSECONDS = 100;

const judge = (text: string) => ({
  type: classifyType(policiesV1.type.body, { text }).type,
  safety: assessSafety(policiesV1.safety.body, { text, marked: false }).safety,
});

/**
 * The shipped lists against what issue 3 promises: the rival's figure is the target. Prints the confusion table of both
 * halves to stderr; of the held-out half only totals.
 */
export function run(): Promise<BenchRow[]> {
  const tuning = messagesOf('tuning');
  const heldOut = messagesOf('held-out');
  for (const [title, rows] of [
    ['tuning half', tuning],
    ['held-out half', heldOut],
  ] as const) {
    process.stderr.write(`${describeEvaluation(title, evaluate(rows, judge), TICKET_TYPES)}\n\n`);
  }
  const { safety, typeRight, unclassified } = evaluate(heldOut, judge);
  const speed = microsecondsPerMessage([...tuning, ...heldOut].map(({ text }) => text));
  return Promise.resolve([
    atLeast(1, 'intake, safety recall, held out', 'share', { ours: safety.recall, rival: TARGETS.safetyRecall }),
    atLeast(1, 'intake, safety precision, held out', 'share', {
      ours: safety.precision,
      rival: TARGETS.safetyPrecision,
    }),
    atLeast(1, 'intake, type right, held out', 'share', { ours: typeRight, rival: TARGETS.typeRight }),
    atMost(1, 'intake, unclassified, held out', 'share', { ours: unclassified, rival: TARGETS.unclassified }),
    atMost(1, 'intake, type and safety of one message', 'µs', { ours: speed, rival: MICROSECONDS }),
  ]);
}

/** Median round, type and safety together, lists compiled before. */
const microsecondsPerMessage = (texts: readonly string[]): number => {
  const round = (): number => {
    const start = performance.now();
    for (const text of texts) judge(text);
    return ((performance.now() - start) * 1_000) / texts.length;
  };
  return median(Array.from({ length: ROUNDS }, round));
};
