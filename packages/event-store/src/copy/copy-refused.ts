/** Why a copy was not begun, or not gone on with. */
export type CopyRefusal =
  /** A hash of the source does not match: it is to be looked into before anything is moved. */
  | 'SOURCE_BROKEN'
  | 'SAME_STORE'
  | 'OTHER_LINEAGE'
  | 'SIMULATED'
  /** The source is sealed for another store. */
  | 'SEALED_FOR_ANOTHER'
  /** The target holds events of its own, or is being filled from another store. */
  | 'TARGET_NOT_EMPTY'
  /** What stands in the target is not what stands in the source. */
  | 'DIFFERENT'
  /** Nothing to give up: the copy is finished, or was never begun. */
  | 'NOT_BEGUN'
  | 'FINISHED';

/** A store that is not copied. The message says what to do; nothing was lost. */
export class CopyRefusedError extends Error {
  override readonly name = 'CopyRefusedError';
  constructor(
    readonly code: CopyRefusal,
    message: string,
  ) {
    super(message);
  }
}
