import { between, event, firstBroken, MINUTE, reject, when, type Instant } from '../../kernel/index';
import type { ClosingPolicy } from '../../policy/bodies';
import { ticketEvents } from '../events';
import { mustBeConfirmed, mustBeHandled, mustBeOpen, mustHaveNoOpenJob } from '../invariants';
import { present } from '../../kernel/present';
import { followUpOf, type Confirmed, type ExistingTicket } from '../state';
import { resumed } from './handling';
import { underCase, type TicketUseCase } from './use-case';

/** CLO-05, CLO-06: confirmed or by silence, the 1-hour call done or attempted often enough, no open job. */
export const closeTicket: TicketUseCase<'CloseTicket'> = (_command, ticket, { facts }) =>
  when(ticket, mustBeConfirmed, (confirmed) => {
    const broken = firstBroken<ExistingTicket>(confirmed, [mustHaveNoOpenJob]);
    if (broken) return broken;
    const needed = attemptsNeeded(confirmed, facts.policies.closing.body);
    if (needed > 0) return reject('TICKET.FOLLOW_UP_MISSING', { attemptsNeeded: needed });
    const { workMinutes, parts, satisfaction, cycle } = confirmed;
    return [
      event(ticketEvents.TicketClosed, present({ workMinutes, parts: parts.slice(0, 100), satisfaction, cycle })),
    ];
  });

const attemptsNeeded = (ticket: Confirmed, policy: ClosingPolicy): number => {
  const { done, attempts } = followUpOf(ticket, 'confirmation-call');
  if (done) return 0;
  const enough = ticket.bySilence ? policy.attemptsAfterSilence : policy.attempts;
  return Math.max(0, enough - spaced(attempts, policy.attemptsApartMinutes * MINUTE).length);
};

/** The attempts that count: each at least `apart` milliseconds after the one that counted before. */
const spaced = (attempts: readonly Instant[], apart: number): readonly Instant[] =>
  attempts.reduce<readonly Instant[]>((counted, attempt) => {
    const last = counted[counted.length - 1];
    return last === undefined || between(last, attempt) >= apart ? [...counted, attempt] : counted;
  }, []);

/** What can't be solved ends with the reason; its open jobs are cancelled by the process that sees this event. */
export const closeUnresolved: TicketUseCase<'CloseUnresolved'> = ({ data }, ticket) =>
  when(ticket, mustBeHandled, (open) => {
    const { reason, note, explanation } = data;
    if (reason === 'quote-declined' && !open.solutionDeclined) return reject('TICKET.NOT_DECLINED');
    if (reason === 'unreachable' && open.unreached === 0) return reject('TICKET.NOBODY_TRIED');
    return [
      ...resumed(open),
      event(
        ticketEvents.TicketClosedUnresolved,
        present({ reason, note, cycle: open.cycle }),
        underCase(open, present({ explanation })),
      ),
    ];
  });

/** The process manager registered the complaint first: from then on the matter is that complaint. Its open jobs end. */
export const becomeComplaint: TicketUseCase<'BecomeComplaint'> = ({ data: { complaintId } }, ticket) =>
  when(ticket, mustBeOpen, (open) => [
    ...resumed(open),
    event(ticketEvents.TicketCancelled, { reason: 'became-complaint', complaintId, cycle: open.cycle }),
  ]);

/** A matter that is none any more, or that turned out to be a complaint. Its open jobs are cancelled likewise. */
export const cancelTicket: TicketUseCase<'CancelTicket'> = ({ data }, ticket) =>
  when(ticket, mustBeOpen, (open) => {
    const { reason, complaintId } = data;
    if (reason === 'became-complaint' && complaintId === undefined) return reject('TICKET.COMPLAINT_MISSING');
    return [...resumed(open), event(ticketEvents.TicketCancelled, present({ reason, complaintId, cycle: open.cycle }))];
  });
