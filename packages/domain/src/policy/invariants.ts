import { invariant, plus, SECOND, type Instant } from '../kernel/index';
import type { InstalledPolicy, Policy, PolicyDraft } from './state';

/** How far ahead a version takes effect at least: caches of policies are re-read within 30 s (architecture §5). */
export const NOTICE = 60 * SECOND;
/** Kinds that touch what customers are owed: a second person approves. */
export const TWO_PERSON_KINDS: readonly string[] = ['warranty', 'closing', 'service-level'];

export const mustBeInstalled = invariant<Policy, InstalledPolicy>(
  'POLICY.NOT_INSTALLED',
  'a kind has its shipped version 1 before another is drafted',
  (policy): policy is InstalledPolicy => policy.status === 'installed' && policy.versions.length > 0,
);

export const mustBeItsKind = invariant<{ readonly policy: Policy; readonly kind: string }>(
  'POLICY.OTHER_KIND',
  'a policy stream holds the versions of one kind',
  ({ policy, kind }) => policy.status === 'not-installed' || policy.kind === kind,
);

interface Review {
  readonly draft: PolicyDraft;
  readonly person: string;
}

export const mustBeASecondPerson = invariant<Review>(
  'POLICY.APPROVER_IS_DRAFTER',
  'who drafted a version cannot approve it',
  ({ draft, person }) => draft.drafter !== person,
);

export const mustNotBeApproved = invariant<Review>(
  'POLICY.ALREADY_APPROVED',
  'a draft is approved once',
  ({ draft }) => draft.approver === undefined,
);

interface Publication {
  readonly policy: InstalledPolicy;
  readonly effectiveFrom: Instant;
  readonly now: Instant;
  readonly draft: PolicyDraft;
}

export const mustBeApproved = invariant<Publication>(
  'POLICY.NOT_APPROVED',
  'a version of warranty, closing or service levels is published only after a second person approved it',
  ({ policy, draft }) => !TWO_PERSON_KINDS.includes(policy.kind) || draft.approver !== undefined,
);

type Effect = Pick<Publication, 'policy' | 'effectiveFrom' | 'now'>;

export const mustGiveNotice = invariant<Effect>(
  'POLICY.EFFECTIVE_TOO_SOON',
  'a version takes effect 60 seconds after its publication at the earliest',
  ({ effectiveFrom, now }) => effectiveFrom >= plus(now, NOTICE),
);

export const mustFollowThePrevious = invariant<Effect>(
  'POLICY.EFFECTIVE_BEFORE_PREVIOUS',
  'a version takes effect after the one published before it',
  ({ policy, effectiveFrom }) => policy.versions.every((version) => version.effectiveFrom < effectiveFrom),
);
