import {
  event,
  firstBroken,
  reject,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
  type Role,
} from '../kernel/index';
import { present } from '../kernel/present';
import type { OnCallAlertCommand, onCallAlertCommands } from './commands';
import { onCallAlertEvents, type OnCallAlertEvent } from './events';
import type { OnCallFacts } from './facts';
import { mustAwaitAnswer, mustBeNewAlert, mustBeOnCall, mustBeOpenAlert, mustNotBeConcerned } from './invariants';
import { nextCall } from './next-call';
import { isOpenAlert, type OnCallAlert } from './state';

type Use<Name extends keyof typeof onCallAlertCommands> = Decide<
  CommandOf<(typeof onCallAlertCommands)[Name]>,
  OnCallAlert,
  OnCallAlertEvent,
  OnCallFacts
>;
type Raised = CommandOf<(typeof onCallAlertCommands)['RaiseAlert' | 'AddCause']>['data'];

const raised = (data: Raised, { facts, now }: DecisionContext<OnCallFacts>): readonly OnCallAlertEvent[] => {
  const { concerned, site } = data;
  return [
    event(onCallAlertEvents.AlertRaised, data),
    ...nextCall({ site, concerned, calls: [], status: 'raised' }, facts, now),
  ];
};

const raiseAlert: Use<'RaiseAlert'> = ({ data }, alert, context) =>
  firstBroken(alert, [mustBeNewAlert]) ?? raised(data, context);

/** The same cause twice calls nobody twice. One that comes while somebody is being called is noted: they will see both. */
const addCause: Use<'AddCause'> = ({ data }, alert, context) => {
  if (alert.status === 'none') return reject('ON_CALL_ALERT.NOT_FOUND');
  if (!isOpenAlert(alert)) return raised(data, context);
  const { source, alertCause, number } = data;
  const { site, concerned } = alert;
  const known = alert.causes.find((cause) => cause.source === source);
  if (known?.alertCause === alertCause) return [];
  if (known?.alertCause === 'safety') return [event(onCallAlertEvents.CauseLowered, { site, source, alertCause })];
  const added = event(onCallAlertEvents.CauseAdded, { site, source, alertCause, ...present({ number }) });
  if (alert.status !== 'acknowledged') return [added];
  return [added, ...nextCall({ site, concerned, calls: [], status: 'raised' }, context.facts, context.now)];
};

const endCause: Use<'EndCause'> = ({ data: { source, closedFor } }, alert) => {
  if (alert.status === 'none') return reject('ON_CALL_ALERT.NOT_FOUND');
  if (!isOpenAlert(alert) || alert.causes.every((cause) => cause.source !== source)) return [];
  const { site, causes } = alert;
  return causes.length > 1
    ? [event(onCallAlertEvents.CauseEnded, { site, source, closedFor })]
    : [event(onCallAlertEvents.AlertClosed, { site, closedFor })];
};

/** An alarm that comes too early, or after somebody answered, calls nobody. */
const callNext: Use<'CallNext'> = (_command, alert, { facts, now }) => {
  if (alert.status === 'none') return reject('ON_CALL_ALERT.NOT_FOUND');
  if (!isOpenAlert(alert) || alert.status === 'acknowledged') return [];
  return alert.status === 'calling' && now < alert.acknowledgeBy ? [] : nextCall(alert, facts, now);
};

const excludePerson: Use<'ExcludePerson'> = ({ data: { person } }, alert, { facts, now }) => {
  if (alert.status === 'none') return reject('ON_CALL_ALERT.NOT_FOUND');
  if (!isOpenAlert(alert) || alert.concerned.includes(person)) return [];
  const { site } = alert;
  const concerned = [...alert.concerned, person];
  const has = alert.status === 'calling' ? alert.person : alert.status === 'acknowledged' ? alert.by : undefined;
  return [
    event(onCallAlertEvents.PersonExcluded, { site, concerned: person }),
    // Who was being called, or had answered, is the very person: somebody else is called at once.
    ...(has === person ? nextCall({ ...alert, concerned, status: 'raised' }, facts, now) : []),
  ];
};

/** DEC-01: they need not be on the roster. */
const MAY_ALWAYS: readonly Role[] = ['supervisor', 'manager'];

const acknowledge: Use<'Acknowledge'> = (_command, alert, { actor, facts }) => {
  if (alert.status === 'none') return reject('ON_CALL_ALERT.NOT_FOUND');
  if (!isOpenAlert(alert)) return reject(mustBeOpenAlert.code);
  const { site, calls, concerned } = alert;
  const wasCalled = calls.some(({ person }) => person === actor.id);
  const isEntitled = wasCalled || MAY_ALWAYS.includes(actor.role) || (facts.onCall?.people.includes(actor.id) ?? false);
  return (
    firstBroken({ concerned, person: actor.id }, [mustNotBeConcerned]) ??
    firstBroken({ isEntitled }, [mustBeOnCall]) ??
    firstBroken(alert, [mustAwaitAnswer]) ?? [
      event(onCallAlertEvents.AlertAcknowledged, { site, by: actor.id, wasCalled }),
    ]
  );
};

export const decideOnCallAlert = (
  command: OnCallAlertCommand,
  alert: OnCallAlert,
  context: DecisionContext<OnCallFacts>,
): Decision<OnCallAlertEvent> => {
  switch (command.type) {
    case 'on_call_alert.RaiseAlert':
      return raiseAlert(command, alert, context);
    case 'on_call_alert.AddCause':
      return addCause(command, alert, context);
    case 'on_call_alert.EndCause':
      return endCause(command, alert, context);
    case 'on_call_alert.CallNext':
      return callNext(command, alert, context);
    case 'on_call_alert.ExcludePerson':
      return excludePerson(command, alert, context);
    case 'on_call_alert.Acknowledge':
      return acknowledge(command, alert, context);
  }
};
