import { between, type Instant } from '@aftercare/domain/kernel';
import type { Clock } from '../port/clock';

/** What a copy is doing. */
export type CopyPhase = 'checking' | 'copying' | 'comparing' | 'heads';

export interface CopyProgress {
  readonly phase: CopyPhase;
  /** Events; streams in phase `heads`. */
  readonly done: number;
  /** Undefined while the source is counted. */
  readonly total?: number;
  /** How long this phase will take, by its pace so far; absent at its beginning. */
  readonly remainingMs?: number;
}

/** Below it a pace says nothing. */
const ENOUGH_MS = 200;

/** Follows one phase and estimates its rest by the pace of this run; what an earlier run did does not count. */
export const phaseOf = (
  phase: CopyPhase,
  {
    clock,
    total,
    tell,
  }: { readonly clock: Clock; readonly total?: number; readonly tell?: (at: CopyProgress) => void },
): ((done: number) => void) => {
  const began: Instant = clock.now();
  let first: number | undefined;
  return (done) => {
    first ??= done;
    const elapsed = between(began, clock.now());
    const rest =
      total === undefined || done <= first || elapsed < ENOUGH_MS
        ? {}
        : { remainingMs: Math.round(((total - done) * elapsed) / (done - first)) };
    tell?.({ phase, done, ...(total === undefined ? {} : { total }), ...rest });
  };
};
