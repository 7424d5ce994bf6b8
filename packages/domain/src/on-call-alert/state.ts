import type { Instant } from '../kernel/index';
import type { AlertCause } from './words';

/** What can't wait: a ticket or a complaint, by its stream. */
export interface Cause {
  readonly source: string;
  readonly alertCause: AlertCause;
}

/** A call that was made since the alert was last raised, or last had a further cause after an answer. */
export interface Call {
  readonly person: string;
  readonly round: number;
}

interface Alert {
  readonly site: string;
  readonly matter: string;
  readonly causes: readonly Cause[];
  readonly concerned: readonly string[];
  readonly calls: readonly Call[];
}

export interface NoAlert {
  readonly status: 'none';
}
export interface Calling extends Alert {
  readonly status: 'calling';
  readonly person: string;
  readonly acknowledgeBy: Instant;
}
export interface NobodyOnCall extends Alert {
  readonly status: 'nobody-on-call';
}
export interface Unanswered extends Alert {
  readonly status: 'unanswered';
}
export interface Acknowledged extends Alert {
  readonly status: 'acknowledged';
  readonly by: string;
}
export interface Closed extends Alert {
  readonly status: 'closed';
}

/** Somebody still has to answer. */
export type Waiting = Calling | NobodyOnCall | Unanswered;
export type OpenAlert = Waiting | Acknowledged;
export type OnCallAlert = NoAlert | OpenAlert | Closed;

export const noAlert: NoAlert = { status: 'none' };

export const isOpenAlert = (alert: OnCallAlert): alert is OpenAlert =>
  alert.status !== 'none' && alert.status !== 'closed';

export const isWaiting = (alert: OnCallAlert): alert is Waiting =>
  isOpenAlert(alert) && alert.status !== 'acknowledged';
