import type { AlertCause, AlertStatus, ClosedFor, OnCallAlertEvent, Recorded } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** Why somebody has to be reached: a ticket or complaint with its number. */
export interface AlertCauseShown {
  readonly source: string;
  readonly number: string | null;
  readonly alertCause: AlertCause;
}

/** One call of somebody on the roster. */
export interface AlertCall {
  readonly person: string;
  readonly round: number;
  readonly at: string;
  readonly acknowledgeBy: string;
}

/** An on-call alert as lists show it; what came before it was last raised stands in its stream. */
export interface OnCallAlertRow {
  /** Stream of the alert. */
  readonly alert: string;
  /** Stream of the case. */
  readonly matter: string;
  readonly site: string;
  readonly state: AlertStatus;
  readonly causes: readonly AlertCauseShown[];
  readonly raisedAt: string;
  /** Whose turn it is, only while somebody is being called. */
  readonly person: string | null;
  /** What the list is sorted by: until when somebody has to answer; else since when the alert is in its state. */
  readonly due: string;
  readonly calls: readonly AlertCall[];
  readonly acknowledged: { readonly by: string; readonly at: string; readonly wasCalled: boolean } | null;
  readonly closed: { readonly closedFor: ClosedFor; readonly at: string } | null;
  /** Staff whom a complaint of the matter is about: it is kept from them. */
  readonly concerned: readonly string[];
}

type AlertEvent = Recorded<OnCallAlertEvent>;

const TYPES = [
  'on_call_alert.AlertRaised',
  'on_call_alert.CauseAdded',
  'on_call_alert.CauseLowered',
  'on_call_alert.CauseEnded',
  'on_call_alert.PersonNotified',
  'on_call_alert.NobodyOnCall',
  'on_call_alert.AlertUnanswered',
  'on_call_alert.AlertAcknowledged',
  'on_call_alert.PersonExcluded',
  'on_call_alert.AlertClosed',
] as const satisfies readonly AlertEvent['type'][];

/** 值班呼叫: one row per alert, the closed ones too. */
export const onCallAlerts = readModel<OnCallAlertRow>({
  projector: {
    name: 'on_call_alerts',
    version: 1,
    types: TYPES,
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as AlertEvent),
  },
  columns: {
    state: { kind: 'text', of: (row) => row.state },
    site: { kind: 'text', of: (row) => row.site },
    due: { kind: 'text', of: (row) => row.due },
    people: { kind: 'text', of: (row) => spaced(peopleOf(row)) },
    concerned: { kind: 'text', of: (row) => spaced(row.concerned) },
  },
  indexes: [
    ['state', 'due', 'key'],
    ['due', 'key'],
  ],
});

/** Whoever was called for it or answered. */
const peopleOf = ({ calls, acknowledged }: OnCallAlertRow): readonly string[] => [
  ...new Set([...calls.map(({ person }) => person), ...(acknowledged ? [acknowledged.by] : [])]),
];

/** Ids between spaces, so that one can be looked for. */
const spaced = (ids: readonly string[]): string => (ids.length === 0 ? '' : ` ${ids.join(' ')} `);

const evolve = (row: OnCallAlertRow | null, event: AlertEvent): OnCallAlertRow | null => {
  if (event.type !== 'on_call_alert.AlertRaised') return row && { ...row, ...changes(row, event) };
  const { matter, site, concerned } = event.data;
  const at = event.metadata.recordedAt;
  return {
    alert: event.stream,
    matter,
    site,
    state: 'nobody-on-call',
    causes: [causeIn(event.data)],
    raisedAt: at,
    person: null,
    due: at,
    calls: [],
    acknowledged: null,
    closed: null,
    concerned,
  };
};

type Later = Exclude<AlertEvent, { type: 'on_call_alert.AlertRaised' }>;

const changes = (row: OnCallAlertRow, event: Later): Partial<OnCallAlertRow> => {
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'on_call_alert.CauseAdded': {
      const causes = [...without(row, event.data.source), causeIn(event.data)];
      // Whoever answered did so for less: the calls begin anew.
      return row.state === 'acknowledged'
        ? { causes, state: 'nobody-on-call', due: at, calls: [], acknowledged: null }
        : { causes };
    }
    case 'on_call_alert.CauseLowered': {
      const { source, alertCause } = event.data;
      return { causes: row.causes.map((cause) => (cause.source === source ? { ...cause, alertCause } : cause)) };
    }
    case 'on_call_alert.CauseEnded':
      return { causes: without(row, event.data.source) };
    case 'on_call_alert.PersonNotified': {
      const { person, round, acknowledgeBy } = event.data;
      const calls = [...row.calls, { person, round, at, acknowledgeBy }];
      return { state: 'calling', person, due: acknowledgeBy, calls, acknowledged: null };
    }
    case 'on_call_alert.NobodyOnCall':
      return { state: 'nobody-on-call', person: null, due: at, acknowledged: null };
    case 'on_call_alert.AlertUnanswered':
      return { state: 'unanswered', person: null, due: at, acknowledged: null };
    case 'on_call_alert.AlertAcknowledged': {
      const { by, wasCalled } = event.data;
      return { state: 'acknowledged', person: null, due: at, acknowledged: { by, at, wasCalled } };
    }
    case 'on_call_alert.PersonExcluded':
      return { concerned: [...row.concerned, event.data.concerned] };
    case 'on_call_alert.AlertClosed':
      return { state: 'closed', person: null, due: at, causes: [], closed: { closedFor: event.data.closedFor, at } };
  }
};

const causeIn = ({
  source,
  number,
  alertCause,
}: {
  readonly source: string;
  readonly number?: string;
  readonly alertCause: AlertCause;
}): AlertCauseShown => ({ source, number: number ?? null, alertCause });

const without = ({ causes }: OnCallAlertRow, source: string): readonly AlertCauseShown[] =>
  causes.filter((cause) => cause.source !== source);
