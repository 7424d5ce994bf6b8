import { instantOf, millisOf, MINUTE, type Decide, type Decision, type DecisionContext } from '../../kernel/index';
import type { ComplaintCommandName, ComplaintCommandOf } from '../commands';
import type { ComplaintEvent } from '../events';
import type { ComplaintFacts } from '../facts';
import type { Case, ExistingComplaint } from '../state';

export type Context = DecisionContext<ComplaintFacts>;
export type Outcome = Decision<ComplaintEvent>;
/** Decides one command on a complaint that exists. */
export type ComplaintUseCase<Name extends ComplaintCommandName> = Decide<
  ComplaintCommandOf<Name>,
  ExistingComplaint,
  ComplaintEvent,
  ComplaintFacts
>;

/** An instant that somebody sent, in stored form. */
export const stored = (dateTime: string): string => instantOf(millisOf(dateTime));

/** When the actor says that it happened, in stored form; nothing when the command doesn't say. */
export const happened = (occurredAt: string | undefined): { occurredAt?: string } =>
  occurredAt === undefined ? {} : { occurredAt: stored(occurredAt) };

/** How far a clock of another machine may run ahead of ours. */
const TOLERANCE = 5 * MINUTE;

export const isAhead = (dateTime: string | undefined, now: string): boolean =>
  dateTime !== undefined && millisOf(dateTime) > millisOf(now) + TOLERANCE;

/** What the complainant said: under the customer's key, or under the case's where nobody is known. */
export const underComplainant = <F extends object>(complaint: Pick<Case, 'customer' | 'stream'>, fields: F) =>
  under(complaint.customer ?? complaint.stream, fields);

/** A personal part under the case's own key: findings and statements of staff. */
export const underCase = <F extends object>(complaint: Pick<Case, 'stream'>, fields: F) =>
  under(complaint.stream, fields);

const under = <F extends object>(subject: string, fields: F) =>
  Object.keys(fields).length === 0 ? {} : { personal: [{ subject, fields }] };
