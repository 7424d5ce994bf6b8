/** Why a store was not opened; each has a message that says what to do. */
export type StoreRefusal =
  | 'LOCKED'
  | 'UNKNOWN_FORMAT'
  | 'SIMULATED'
  | 'OTHER_LINEAGE'
  | 'NOT_FOUND'
  | 'NOT_DURABLE'
  /** It was copied, or is being copied, into another store. */
  | 'SEALED'
  /** It is being filled from another store. */
  | 'INCOMPLETE';

/** A store that must not be opened like this. Nothing was changed in it. */
export class StoreRefusedError extends Error {
  override readonly name = 'StoreRefusedError';
  constructor(
    readonly code: StoreRefusal,
    message: string,
  ) {
    super(message);
  }
}
