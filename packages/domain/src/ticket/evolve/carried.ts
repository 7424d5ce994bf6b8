import type { Case, ExistingTicket } from '../state';

/** Every field that belongs to some status only. */
interface Everything extends Case {
  readonly status: string;
  readonly before?: unknown;
  readonly proposedAt?: unknown;
  readonly reminders?: unknown;
  readonly bySilence?: unknown;
  readonly endedAt?: unknown;
}

/** What a ticket keeps when its status changes: everything but the fields of the status it leaves. */
export const carried = (ticket: ExistingTicket): Case => {
  const {
    status: _status,
    before: _before,
    proposedAt: _proposedAt,
    reminders: _reminders,
    bySilence: _bySilence,
    endedAt: _endedAt,
    ...kept
  } = ticket as Everything;
  return kept;
};
