import {
  policyInForce,
  type Actor,
  type Instant,
  type PolicyEvent,
  type PolicyKind,
  type Recorded,
} from '@aftercare/domain';

/** Who did something, when. */
interface Deed {
  readonly by: Pick<Actor, 'id' | 'role'>;
  readonly at: Instant;
}

/** A published version with everybody who had a hand in it. */
export interface VersionView {
  readonly version: number;
  readonly effectiveFrom: Instant;
  readonly reason: string;
  readonly published: Deed;
  readonly draftId?: string;
  readonly drafted?: Deed;
  readonly approved?: Deed;
  readonly body: unknown;
}

/** A draft that waits for its approval or publication. */
export interface DraftView {
  readonly draftId: string;
  readonly effectiveFrom: Instant;
  readonly reason: string;
  readonly drafted: Deed;
  readonly approved?: Deed;
  readonly body: unknown;
}

/** One kind of policy as people read it. */
export interface PolicyView {
  readonly kind: PolicyKind;
  /** Oldest first. */
  readonly versions: readonly VersionView[];
  readonly drafts: readonly DraftView[];
}

/** Reads one kind's stream for people: the domain's state leaves out who and when, which only readers need. */
export const policyView = (kind: PolicyKind, events: readonly Recorded<PolicyEvent>[]): PolicyView => {
  const drafts = new Map<string, DraftView>();
  const versions: VersionView[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'policy.PolicyDrafted': {
        const { draftId, effectiveFrom, reason, body } = event.data;
        drafts.set(draftId, { draftId, effectiveFrom, reason, drafted: deedOf(event), body: JSON.parse(body) });
        break;
      }
      case 'policy.PolicyApproved': {
        const draft = drafts.get(event.data.draftId);
        if (draft) drafts.set(draft.draftId, { ...draft, approved: deedOf(event) });
        break;
      }
      case 'policy.PolicyRejected':
        drafts.delete(event.data.draftId);
        break;
      case 'policy.PolicyPublished': {
        const { version, effectiveFrom, reason, draftId, body } = event.data;
        const draft = draftId === undefined ? undefined : drafts.get(draftId);
        if (draft) drafts.delete(draft.draftId);
        versions.push({
          version,
          effectiveFrom,
          reason,
          published: deedOf(event),
          ...(draft ? { draftId: draft.draftId, drafted: draft.drafted } : {}),
          ...(draft?.approved ? { approved: draft.approved } : {}),
          body: JSON.parse(body),
        });
        break;
      }
    }
  }
  return { kind, versions, drafts: [...drafts.values()] };
};

/** The version that applies at an instant, by the domain's own rule. */
export const inForceAt = ({ versions }: PolicyView, at: Instant): VersionView | undefined =>
  policyInForce(versions as Parameters<typeof policyInForce>[0], at) as VersionView | undefined;

/** Published versions that take effect later. */
export const upcomingAt = ({ versions }: PolicyView, at: Instant): readonly VersionView[] =>
  versions.filter(({ effectiveFrom }) => effectiveFrom > at);

const deedOf = ({ metadata: { actor, recordedAt } }: Recorded<PolicyEvent>): Deed => ({
  by: { id: actor.id, role: actor.role },
  at: recordedAt,
});
