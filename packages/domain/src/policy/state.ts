import type { Instant } from '../kernel/index';
import type { PolicyKind } from './events';

/** A version as published; `body` is the JSON text that the event holds. */
export interface PublishedVersion {
  readonly version: number;
  readonly effectiveFrom: Instant;
  readonly body: string;
}

/** A draft that waits for approval, rejection or publication. */
export interface PolicyDraft {
  readonly draftId: string;
  readonly effectiveFrom: Instant;
  readonly body: string;
  readonly reason: string;
  /** Staff id of who wrote it, and of who approved it. */
  readonly drafter: string;
  readonly approver?: string;
}

/** The policies of one kind: what was published, oldest first, and what is being prepared. */
export type Policy =
  | { readonly status: 'not-installed' }
  | {
      readonly status: 'installed';
      readonly kind: PolicyKind;
      readonly versions: readonly PublishedVersion[];
      readonly drafts: readonly PolicyDraft[];
    };

export type InstalledPolicy = Extract<Policy, { readonly status: 'installed' }>;

export const initialPolicy: Policy = { status: 'not-installed' };
