import type { DomainEvent, Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../events';
import { openAppeals, type Responsibility } from '../state';

/** Everything that is said about who is responsible, in the order of the track. */
export const RESPONSIBILITY_EVENTS = [
  'complaint.ResponsibilityProposed',
  'complaint.ResponsibilityProposalRejected',
  'complaint.ResponsibilityConfirmed',
  'complaint.ResponsibilityUndetermined',
  'complaint.ResponsibilityNotified',
  'complaint.ResponsibilityAppealed',
  'complaint.AppealDecided',
  'complaint.ResponsibilityBecameFinal',
] as const satisfies readonly ComplaintEvent['type'][];

type EventNamed<Type extends ComplaintEvent['type']> = Extract<ComplaintEvent, DomainEvent<Type>>;

export type ResponsibilityEvent = EventNamed<(typeof RESPONSIBILITY_EVENTS)[number]>;

/** Before anything was said about who is responsible. */
export const noResponsibility: Responsibility = { status: 'none', shares: [], notices: [], appeals: [] };

/** The track of its own: it moves whatever the complaint's status is. */
export const evolveResponsibility = (track: Responsibility, event: Recorded<ResponsibilityEvent>): Responsibility => {
  const by = event.metadata.actor.id;
  switch (event.type) {
    case 'complaint.ResponsibilityProposed': {
      const { proposalId, result, shares } = event.data;
      return { status: 'proposed', proposalId, result, shares, proposedBy: by, notices: [], appeals: [] };
    }
    case 'complaint.ResponsibilityProposalRejected':
      return noResponsibility;
    case 'complaint.ResponsibilityConfirmed':
      return { ...track, status: 'confirmed', shares: event.data.shares, confirmedBy: by };
    case 'complaint.ResponsibilityUndetermined':
      return { ...track, status: 'undetermined', shares: [], confirmedBy: by };
    case 'complaint.ResponsibilityNotified': {
      const { shareId, appealBy } = event.data;
      return { ...track, notices: [...track.notices.filter((one) => one.shareId !== shareId), { shareId, appealBy }] };
    }
    case 'complaint.ResponsibilityAppealed': {
      const { appealId, shareId } = event.data;
      return { ...track, status: 'under-appeal', appeals: [...track.appeals, { appealId, shareId, open: true }] };
    }
    case 'complaint.AppealDecided':
      return appealDecided(track, event);
    case 'complaint.ResponsibilityBecameFinal':
      return { ...track, status: 'final', shares: event.data.shares };
    default:
      return unheardOf(track, event);
  }
};

/** A changed finding keeps the notice of a share that stays as it was; whoever bears more is told anew. */
const appealDecided = (
  track: Responsibility,
  { data }: Recorded<EventNamed<'complaint.AppealDecided'>>,
): Responsibility => {
  const shares = data.shares ?? track.shares;
  const percentBefore = (shareId: string) => track.shares.find((share) => share.shareId === shareId)?.percent ?? 0;
  const heavier = shares.filter(({ shareId, percent }) => percent > percentBefore(shareId));
  const appeals = track.appeals.map((appeal) =>
    appeal.appealId === data.appealId ? { ...appeal, open: false } : appeal,
  );
  const next: Responsibility = {
    ...track,
    shares,
    appeals,
    notices: track.notices.filter(({ shareId }) => !heavier.some((share) => share.shareId === shareId)),
  };
  if (data.final) return { ...next, status: 'final' };
  return { ...next, status: openAppeals(next).length > 0 ? 'under-appeal' : 'confirmed' };
};

/** The compiler refuses this call when an event type has no case; at run time the event changes nothing. */
const unheardOf = (track: Responsibility, _event: never): Responsibility => track;
