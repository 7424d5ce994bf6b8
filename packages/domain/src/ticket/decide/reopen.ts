import { between, DAY, event, reject, when, type Rejection } from '../../kernel/index';
import { ticketEvents, type TicketEvent } from '../events';
import { mustBeReopenable } from '../invariants';
import { present } from '../../kernel/present';
import type { Confirmed, Ended, PendingDispatch } from '../state';
import { newEvidence, ruledRoute } from './judgement';
import { ownWhilePending } from './owner';
import { underCustomer, type Context, type TicketUseCase } from './use-case';

interface Found {
  readonly foundBy: 'customer' | 'follow-up' | 'staff';
  readonly words?: string;
}

/** From confirmed at once, from an end within the policy's days; later a new ticket linked `repeat-of` is needed. */
export const reopenTicket: TicketUseCase<'ReopenTicket'> = ({ data }, ticket, context) =>
  when(ticket, mustBeReopenable, (back) => {
    const { events, refusal } = reopened(back, data, context);
    return events ?? refusal;
  });

/** The events of a reopening, or why it is too late. */
export const reopened = (
  ticket: Confirmed | Ended,
  { foundBy, words }: Found,
  context: Context,
):
  | { readonly events: readonly TicketEvent[]; readonly refusal?: undefined }
  | { readonly events?: undefined; readonly refusal: Rejection } => {
  const days = context.facts.policies.closing.body.reopenDays;
  if (ticket.status !== 'confirmed' && between(ticket.endedAt, context.now) > days * DAY)
    return { refusal: reject('TICKET.REOPEN_TOO_LATE', { days, endedAt: ticket.endedAt }) };
  const cycle = ticket.cycle + 1;
  const { route, routing } = routedAgain(ticket, cycle, context);
  const back: PendingDispatch = { ...ticket, cycle, route, status: 'pending-dispatch' };
  return {
    events: [
      event(
        ticketEvents.TicketReopened,
        { foundBy, statusBefore: ticket.status, cycle },
        underCustomer(ticket, present({ words })),
      ),
      ...newEvidence(back, [words], undefined, context),
      ...routing,
      ...ownWhilePending(back),
    ],
  };
};

/** Each cycle has a route of its own: what a person chose stays, else the rule in force now decides. */
const routedAgain = (ticket: Confirmed | Ended, cycle: number, { facts }: Context) => {
  const byPerson = ticket.routeByPerson && ticket.route !== undefined && ticket.type !== 'complaint';
  const route = byPerson ? ticket.route : ruledRoute(facts, ticket);
  const decided = byPerson
    ? ({ by: 'person', reason: 'as-in-the-cycle-before' } as const)
    : ({ by: 'rule', policyVersion: facts.policies.route.version } as const);
  const routing = route === undefined ? [] : [event(ticketEvents.HandlingRouted, { route, decided, cycle })];
  return { route, routing };
};
