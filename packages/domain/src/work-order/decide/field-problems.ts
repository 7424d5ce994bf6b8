import { between, MINUTE, type Instant, type Problem } from '../../kernel/index';
import type { FieldFact, FieldFactOf } from '../field-facts';

/** DEC-17: further ahead than this is a wrong clock. */
const AHEAD_ALLOWED = 5 * MINUTE;
const SIGNATURE_BYTES = 32 * 1_024;
/** Base64 of the eight magic bytes of a PNG and the first byte behind them, which is always 0. */
const PNG = 'iVBORw0KGgo';

/** Facts whose occurredAt lies more than five minutes ahead of `now`; `pointerOf(i)` is where fact i stands in the body. */
export const aheadOf = (
  facts: readonly FieldFact[],
  now: Instant,
  pointerOf: (index: number) => string,
): readonly Problem[] =>
  facts.flatMap(({ occurredAt }, index) =>
    occurredAt !== undefined && between(now, occurredAt) > AHEAD_ALLOWED
      ? [{ pointer: `${pointerOf(index)}/occurredAt`, message: 'more than 5 minutes ahead' }]
      : [],
  );

/** What is wrong with a fact beyond the shape of its fields. */
export const malformedIn = (facts: readonly FieldFact[], pointerOf: (index: number) => string): readonly Problem[] =>
  facts.flatMap((fact, index) =>
    problemsOf(fact).map(([field, message]) => ({ pointer: `${pointerOf(index)}/${field}`, message })),
  );

const problemsOf = (fact: FieldFact): readonly (readonly [field: string, message: string])[] => {
  if (fact.fact === 'WorkCompleted')
    return fact.outcome === 'further-visit-needed' && fact.reason === undefined
      ? [['reason', 'required when a further visit is needed']]
      : [];
  return fact.fact === 'ServiceReportFiled' ? reportProblems(fact) : [];
};

const reportProblems = (report: FieldFactOf<'ServiceReportFiled'>): readonly (readonly [string, string])[] => {
  if (report.acceptance === 'refused' && report.refusalReason === undefined)
    return [['refusalReason', 'required when the customer refuses to sign']];
  if (report.acceptance !== 'signed')
    return report.signature === undefined ? [] : [['signature', 'only a signed report has one']];
  if (report.signature === undefined) return [['signature', 'required when the report is signed']];
  return signatureProblem(report.signature);
};

/** A PNG of at most 32 KiB, in complete base64; looked at without decoding it. */
const signatureProblem = (base64: string): readonly (readonly [string, string])[] => {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  if (base64.length % 4 !== 0 || !base64.startsWith(PNG)) return [['signature', 'not a PNG in base64']];
  return (base64.length / 4) * 3 - padding > SIGNATURE_BYTES ? [['signature', 'more than 32 KiB']] : [];
};
