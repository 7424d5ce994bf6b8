import { problemsIn, type Problem } from '../kernel/index';
import { problem, twice } from './body-problems';
import { policyBodies, type PolicyBody } from './bodies';
import type { PolicyKind } from './events';
import { serviceLevelProblems } from './service-level-check';

/** Largest body: UTF-16 units as an event field allows, and bytes as they stand, escaped, in an event of 256 KiB. */
export const BODY_LIMITS = { units: 200_000, bytes: 240_000 } as const;

/** True when a body is too large to be stored as one event. */
export const isTooLarge = (json: string): boolean =>
  json.length > BODY_LIMITS.units || new TextEncoder().encode(JSON.stringify(json)).length > BODY_LIMITS.bytes;

/**
 * What is wrong with a candidate body, each with a JSON pointer into it: first its shape, then what a shape can't say
 * (an impact without a row, a reminder after the lapse). Empty: it may be published.
 */
export const bodyProblems = (kind: PolicyKind, body: unknown): readonly Problem[] => {
  const inShape = problemsIn(policyBodies[kind], body);
  if (inShape.length > 0) return inShape;
  // The shape was checked on the line above; the table's key says which one it is.
  return (sense[kind] as (body: unknown) => readonly Problem[])(body);
};

type Sense = { readonly [K in PolicyKind]: (body: PolicyBody<K>) => readonly Problem[] };

const sense: Sense = {
  type: () => [],
  safety: () => [],
  priority: ({ byImpact }) => twice('/byImpact', byImpact, ({ impact }) => impact),
  route: ({ byServiceType, byType }) => [
    ...twice('/byServiceType', byServiceType, ({ serviceType }) => serviceType),
    ...twice('/byType', byType, ({ type }) => type),
  ],
  dispatch: ({ remindMinutes, acceptMinutes }) =>
    remindMinutes < acceptMinutes ? [] : [problem('/remindMinutes', 'must be less than acceptMinutes')],
  warranty: ({ byCategory }) => twice('/byCategory', byCategory, ({ category }) => category),
  silence: ({ standard, byType }) => [
    ...lateSteps('/standard', standard),
    ...byType.flatMap((rule, index) => lateSteps(`/byType/${index}`, rule)),
    ...twice('/byType', byType, ({ type }) => type),
  ],
  closing: ({ afterClosingFromHours, afterClosingToHours }) =>
    afterClosingFromHours < afterClosingToHours
      ? []
      : [problem('/afterClosingToHours', 'must be more than afterClosingFromHours')],
  catalogue: ({ categories, faultCodes }) => [
    ...twice('/categories', categories, ({ category }) => category),
    ...twice('/faultCodes', faultCodes, ({ code }) => code),
  ],
  'service-level': serviceLevelProblems,
};

const lateSteps = (pointer: string, rule: PolicyBody<'silence'>['standard']): readonly Problem[] => [
  ...rule.remindAfterHours.flatMap((hours, index) =>
    hours < rule.decideAfterHours
      ? []
      : [problem(`${pointer}/remindAfterHours/${index}`, 'must be less than decideAfterHours')],
  ),
  ...(rule.callListAfterHours < rule.decideAfterHours
    ? []
    : [problem(`${pointer}/callListAfterHours`, 'must be less than decideAfterHours')]),
];
