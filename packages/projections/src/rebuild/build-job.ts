import type { Position } from '@aftercare/event-store';
import type { BuildSourceRef } from './build-source';

/** What the child is asked to do. */
export interface BuildJob {
  readonly source: BuildSourceRef;
  /** Name of the read model. */
  readonly model: string;
  readonly file: string;
  readonly pageSize?: number;
}

/** What it says: how far it is, and how it ended. */
export type BuildMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly position: Position }
  | {
      readonly kind: 'built';
      readonly position: Position | null;
      readonly peakKilobytes: number;
      readonly millis: number;
    }
  | { readonly kind: 'failed'; readonly reason: string };
