import { event, plus, type Instant } from '../kernel/index';
import { present } from '../kernel/present';
import { onCallAlertEvents, type OnCallAlertEvent } from './events';
import type { OnCallFacts } from './facts';
import { ACKNOWLEDGE_WITHIN, CALLING_ROUNDS } from './rules';
import type { Call, OpenAlert } from './state';

/** `raised`: nobody was called yet for what it stands for now. */
type Callee = Pick<OpenAlert, 'calls' | 'concerned' | 'site'> & { readonly status: OpenAlert['status'] | 'raised' };

/**
 * Who is called now: the first on the roster in force who was not called in this round; when all were, the next round; after
 * the last one the alert stands as unanswered, and only somebody who was never called, because the roster changed, is called
 * still. Nothing: nothing has changed since.
 */
export const nextCall = (
  { site, calls, concerned, status }: Callee,
  { onCall, rosterRevision }: OnCallFacts,
  now: Instant,
): readonly OnCallAlertEvent[] => {
  const read = present({ rosterRevision });
  const people = onCall?.people.filter((person) => !concerned.includes(person)) ?? [];
  if (onCall === undefined || people.length === 0) {
    if (status === 'nobody-on-call' || status === 'unanswered') return [];
    const reason = onCall === undefined ? 'no-shift' : 'only-the-person-concerned';
    return [event(onCallAlertEvents.NobodyOnCall, { site, reason, ...read })];
  }
  const next = status === 'unanswered' ? newcomer(people, calls) : inTurn(people, calls);
  if (next) {
    const { shift } = onCall;
    const acknowledgeBy = plus(now, ACKNOWLEDGE_WITHIN);
    return [event(onCallAlertEvents.PersonNotified, { site, ...next, acknowledgeBy, shift, ...read })];
  }
  return status === 'unanswered'
    ? []
    : [event(onCallAlertEvents.AlertUnanswered, { site, rounds: roundOf(calls), calls: calls.length, ...read })];
};

const roundOf = (calls: readonly Call[]): number => Math.max(1, ...calls.map(({ round }) => round));

const inTurn = (people: readonly string[], calls: readonly Call[]): Call | undefined => {
  const round = roundOf(calls);
  const called = calls.filter((call) => call.round === round).map(({ person }) => person);
  const person = people.find((one) => !called.includes(one));
  if (person !== undefined) return { person, round };
  return round < CALLING_ROUNDS ? { person: people[0] as string, round: round + 1 } : undefined;
};

const newcomer = (people: readonly string[], calls: readonly Call[]): Call | undefined => {
  const person = people.find((one) => calls.every((call) => call.person !== one));
  return person === undefined ? undefined : { person, round: roundOf(calls) };
};
