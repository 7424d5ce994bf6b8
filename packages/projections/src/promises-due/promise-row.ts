import type { Role } from '@aftercare/domain';
import type { SealedRef } from '../sealed/sealed-parts';
import type { PromiseKind } from './promise';

/** One promise that is still to be kept, or a milestone that may be met already. */
export interface PromiseRow {
  readonly kind: PromiseKind;
  /** Stream that it was made in. */
  readonly stream: string;
  /** Stream of the ticket or complaint that it belongs to. */
  readonly matter: string;
  /** Tells several of a kind in one stream apart; empty: there is one only. */
  readonly id: string;
  readonly dueBy: string;
  /** When it was first given, and how often it was moved since. */
  readonly givenAt: string;
  readonly moved: number;
  /** What exactly was said, sealed. */
  readonly words: readonly SealedRef[];
  /** The plan of a milestone: it counts while that plan is in force. Null: no milestone. */
  readonly plan: string | null;
  /** What a milestone is called; null: no milestone. */
  readonly name: string | null;
  /** Of a milestone: its step is done. It stays, because a step may be opened again. */
  readonly met: boolean;
  /** Who has the step of a milestone; null: the complaint's handler, or no milestone. */
  readonly assigned: { readonly role: Role; readonly person: string | null } | null;
}

export const MILESTONE = 'milestone';

export const promiseKey = (stream: string, kind: PromiseKind, id: string): string => `${stream} ${kind} ${id}`;
