import type { Recorded } from '../kernel/index';
import type { OnCallAlertEvent } from './events';
import type { Cause, Closed, OnCallAlert, OpenAlert } from './state';

type Existing = OpenAlert | Closed;

export const evolveOnCallAlert = (alert: OnCallAlert, event: Recorded<OnCallAlertEvent>): OnCallAlert => {
  if (event.type === 'on_call_alert.AlertRaised') {
    const { site, matter, source, alertCause, concerned } = event.data;
    return { status: 'nobody-on-call', site, matter, causes: [{ source, alertCause }], concerned, calls: [] };
  }
  return alert.status === 'none' ? alert : evolveExisting(alert, event);
};

type Later = Exclude<Recorded<OnCallAlertEvent>, { type: 'on_call_alert.AlertRaised' }>;

const evolveExisting = (alert: Existing, event: Later): OnCallAlert => {
  switch (event.type) {
    case 'on_call_alert.CauseAdded': {
      const { source, alertCause } = event.data;
      const causes = [...without(alert, source), { source, alertCause }];
      // Whoever answered did so for less: the calls begin anew.
      return alert.status === 'acknowledged'
        ? { ...carried(alert), causes, calls: [], status: 'nobody-on-call' }
        : { ...alert, causes };
    }
    case 'on_call_alert.CauseLowered': {
      const { source, alertCause } = event.data;
      return { ...alert, causes: [...without(alert, source), { source, alertCause }] };
    }
    case 'on_call_alert.CauseEnded':
      return { ...alert, causes: without(alert, event.data.source) };
    case 'on_call_alert.PersonNotified': {
      const { person, round, acknowledgeBy } = event.data;
      const calls = [...alert.calls, { person, round }];
      return { ...carried(alert), calls, status: 'calling', person, acknowledgeBy };
    }
    case 'on_call_alert.NobodyOnCall':
      return { ...carried(alert), status: 'nobody-on-call' };
    case 'on_call_alert.AlertUnanswered':
      return { ...carried(alert), status: 'unanswered' };
    case 'on_call_alert.AlertAcknowledged':
      return { ...carried(alert), status: 'acknowledged', by: event.data.by };
    case 'on_call_alert.PersonExcluded':
      return { ...alert, concerned: [...alert.concerned, event.data.concerned] };
    case 'on_call_alert.AlertClosed':
      return { ...carried(alert), causes: [], status: 'closed' };
    default:
      return never(event, alert);
  }
};

const carried = ({ site, matter, causes, concerned, calls }: Existing) => ({ site, matter, causes, concerned, calls });

const without = ({ causes }: Existing, source: string): readonly Cause[] =>
  causes.filter((cause) => cause.source !== source);

const never = (_event: never, alert: OnCallAlert): OnCallAlert => alert;
