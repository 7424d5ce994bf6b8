import type { Instant } from '../../kernel/index';
import { isOpen, type Case, type ExistingComplaint, type Stage } from '../state';

interface Everything extends Case {
  readonly status: string;
  readonly endedAt?: Instant;
  readonly appealBy?: Instant;
  readonly inside?: Stage | undefined;
}

/** What a complaint keeps when its status changes: everything but the fields of the status it leaves. */
export const carried = (complaint: ExistingComplaint): Case => {
  const { status: _status, endedAt: _endedAt, appealBy: _appealBy, inside: _inside, ...kept } = complaint as Everything;
  return kept;
};

/** The work moves on: of an open complaint as its status, of a withdrawn one inside. What has ended stays as it is. */
export const movedTo = (complaint: ExistingComplaint, stage: Stage): ExistingComplaint => {
  if (isOpen(complaint)) return { ...carried(complaint), status: stage };
  return complaint.status === 'withdrawn' && complaint.inside !== undefined
    ? { ...complaint, inside: stage }
    : complaint;
};

/** What a new round begins with. */
export const freshRound = {
  requests: [],
  verified: undefined,
  plan: undefined,
  verdictAttempts: [],
  verdict: undefined,
  escalationDue: false,
} as const satisfies Partial<Case>;
