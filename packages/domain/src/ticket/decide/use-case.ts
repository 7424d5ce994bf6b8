import { instantOf, millisOf, type Decide, type Decision, type DecisionContext } from '../../kernel/index';
import type { TicketCommandName, TicketCommandOf } from '../commands';
import type { TicketEvent } from '../events';
import type { TicketFacts } from '../facts';
import type { Case, ExistingTicket } from '../state';

export type Context = DecisionContext<TicketFacts>;
export type Outcome = Decision<TicketEvent>;
/** Decides one command on a ticket that exists. */
export type TicketUseCase<Name extends TicketCommandName> = Decide<
  TicketCommandOf<Name>,
  ExistingTicket,
  TicketEvent,
  TicketFacts
>;

/** When the actor says that it happened, in stored form; nothing when the command doesn't say. */
export const happened = (occurredAt: string | undefined): { occurredAt?: string } =>
  occurredAt === undefined ? {} : { occurredAt: instantOf(millisOf(occurredAt)) };

/** An instant that somebody sent, in stored form. */
export const stored = (dateTime: string): string => instantOf(millisOf(dateTime));

/** A personal part under the customer's key, or none when nothing was said. */
export const underCustomer = <F extends object>(ticket: Pick<Case, 'customer'>, fields: F) =>
  under(ticket.customer, fields);

/** A personal part under the case's own key: findings and statements of staff. */
export const underCase = <F extends object>(ticket: Pick<Case, 'stream'>, fields: F) => under(ticket.stream, fields);

/** What a person wrote to justify a decision: under the case's key. */
export type Why = ReturnType<typeof underCase<{ reason: string }>>;

const under = <F extends object>(subject: string, fields: F) =>
  Object.keys(fields).length === 0 ? {} : { personal: [{ subject, fields }] };
