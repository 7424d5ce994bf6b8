import type { Recorded } from '../kernel/index';
import type { PolicyEvent } from './events';
import type { InstalledPolicy, Policy } from './state';

/** Folds one policy event; total. Who drafted and who approved is the actor that the event's metadata names. */
export const evolvePolicy = (policy: Policy, event: Recorded<PolicyEvent>): Policy => {
  const installed: InstalledPolicy =
    policy.status === 'installed' ? policy : { status: 'installed', kind: event.data.kind, versions: [], drafts: [] };
  const others = (draftId: string | undefined) => installed.drafts.filter((draft) => draft.draftId !== draftId);
  switch (event.type) {
    case 'policy.PolicyDrafted': {
      const { draftId, effectiveFrom, body, reason } = event.data;
      const draft = { draftId, effectiveFrom, body, reason, drafter: event.metadata.actor.id };
      return { ...installed, drafts: [...others(draftId), draft] };
    }
    case 'policy.PolicyApproved': {
      const approver = event.metadata.actor.id;
      const drafts = installed.drafts.map((draft) =>
        draft.draftId === event.data.draftId ? { ...draft, approver } : draft,
      );
      return { ...installed, drafts };
    }
    case 'policy.PolicyRejected':
      return { ...installed, drafts: others(event.data.draftId) };
    case 'policy.PolicyPublished': {
      const { version, effectiveFrom, body, draftId } = event.data;
      const versions = [...installed.versions, { version, effectiveFrom, body }];
      return { ...installed, versions, drafts: others(draftId) };
    }
    default:
      return never(event, installed);
  }
};

const never = (_event: never, policy: Policy): Policy => policy;
