import type { Instant, Recorded } from '../kernel/index';
import type { UnitFacts } from '../ticket/facts';
import type { PoliciesInForce, PolicyBody, PolicyInForce } from './bodies';
import { POLICY_KINDS, type PolicyEvent, type PolicyKind } from './events';
import { instantAt } from './local-time';
import { warrantyStart } from './warranty';

/** A published version, its body parsed once: lists are compiled per body object, so keep histories as long as they hold. */
export interface PolicyVersion<K extends PolicyKind = PolicyKind> extends PolicyInForce<K> {
  readonly effectiveFrom: Instant;
}

/** All versions of a kind, oldest first. */
export type PolicyHistory<K extends PolicyKind = PolicyKind> = readonly PolicyVersion<K>[];

/** The histories of all kinds, as read from their streams. */
export type PolicyHistories = { readonly [K in PolicyKind]: PolicyHistory<K> };

/**
 * The published versions in a kind's stream. Bodies were checked before they were published, so they are taken as they are.
 *
 * @param kind the stream's kind: gives the bodies their type
 */
export const policyHistory = <K extends PolicyKind>(
  kind: K,
  events: readonly Recorded<PolicyEvent>[],
): PolicyHistory<K> =>
  events.flatMap((event) =>
    event.type === 'policy.PolicyPublished' && event.data.kind === kind
      ? [
          {
            version: event.data.version,
            effectiveFrom: event.data.effectiveFrom,
            body: JSON.parse(event.data.body) as PolicyBody<K>,
          },
        ]
      : [],
  );

/** The version that applies at an instant: the latest that took effect by then. Undefined only before the installation. */
export const policyInForce = <K extends PolicyKind>(
  history: PolicyHistory<K>,
  at: Instant,
): PolicyVersion<K> | undefined =>
  history.reduce<PolicyVersion<K> | undefined>(
    (latest, version) =>
      version.effectiveFrom <= at && (!latest || version.effectiveFrom >= latest.effectiveFrom) ? version : latest,
    undefined,
  );

/** The versions of all kinds at an instant; undefined when a kind isn't installed. */
export const policiesInForce = (histories: PolicyHistories, at: Instant): PoliciesInForce | undefined => {
  const found = POLICY_KINDS.map((kind) => [kind, policyInForce<PolicyKind>(histories[kind], at)] as const);
  if (found.some(([, version]) => !version)) return undefined;
  // Each kind got a version out of its own history, and every kind is there.
  return Object.fromEntries(found) as unknown as PoliciesInForce;
};

/**
 * DEC-20: the warranty version in force on the day on which the unit's warranty started; without a known start the one in
 * force at `at`. The start by production date depends on a policy itself: the days of the version at `at` are used for it.
 */
export const warrantyVersionFor = (
  history: PolicyHistory<'warranty'>,
  unit: UnitFacts | undefined,
  when: { readonly at: Instant; readonly zone: string },
): PolicyInForce<'warranty'> | undefined => {
  const today = policyInForce(history, when.at);
  const start = today && unit && warrantyStart(today.body, unit);
  return start ? policyInForce(history, instantAt(start.startsOn, when.zone)) : today;
};
