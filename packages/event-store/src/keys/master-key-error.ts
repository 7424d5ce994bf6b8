/** The master key is missing, malformed, or not the one that this key store was made with. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
  constructor(
    readonly code: 'WRONG_MASTER_KEY' | 'ROTATION_UNFINISHED' | 'NO_MASTER_KEY' | 'MALFORMED_MASTER_KEY',
    message: string,
  ) {
    super(message);
  }
}
