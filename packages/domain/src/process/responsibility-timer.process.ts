import { idOf, plus, type Instant, type ProcessManager, type Recorded } from '../kernel/index';
import type { ResponsibilityEvent } from '../complaint/evolve/responsibility';
import { evolveResponsibility, noResponsibility, RESPONSIBILITY_EVENTS } from '../complaint/evolve/responsibility';
import { openAppeals, weighing, type Responsibility } from '../complaint/state';
import { reaction, toComplaint } from './inputs';

/**
 * DEC-09: a finding becomes final when everybody who bears a share was told and the last period for an appeal is over. It
 * keeps the same track as the complaint, which looks again. Sanctions and scorecards wait for that event.
 */
export const responsibilityTimer: ProcessManager<Responsibility> = {
  name: 'responsibility-timer',
  version: 1,
  types: RESPONSIBILITY_EVENTS,
  instance: (event) => (event.stream.startsWith('complaint-') ? event.stream : undefined),
  initial: noResponsibility,
  react: (track, input, { now, instance }) => {
    const known =
      input.kind === 'event' ? evolveResponsibility(track, input.event as Recorded<ResponsibilityEvent>) : track;
    const over = overAt(known);
    if (input.kind !== 'wake' || over === undefined) return reaction(known, [], over);
    if (over > now) return reaction(known, [], over);
    const { proposalId } = known;
    return proposalId === undefined
      ? reaction(known)
      : reaction(known, [toComplaint(idOf(instance), 'FinaliseResponsibility', { proposalId })]);
  },
};

/** When the last period is over; undefined: somebody wasn't told yet, an appeal is open, or there is nothing to wait for. */
const overAt = (track: Responsibility): Instant | undefined => {
  if (track.status !== 'confirmed' || openAppeals(track).length > 0) return undefined;
  const shares = weighing(track.shares);
  const notices = shares.flatMap(({ shareId }) => track.notices.filter((notice) => notice.shareId === shareId));
  if (shares.length === 0 || notices.length < shares.length) return undefined;
  const last = notices
    .map(({ appealBy }) => appealBy)
    .sort()
    .at(-1);
  return last === undefined ? undefined : plus(last, 1);
};
