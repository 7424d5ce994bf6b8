/**
 * SQLite's result code of an error, `SQLITE_BUSY`, `SQLITE_IOERR_FSYNC`; '' for any other error. By shape, not by class:
 * the native module keeps the error class of whoever loaded it first, which under a test runner is another one.
 */
export const sqliteCode = (error: unknown): string => {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return name === 'SqliteError' && typeof code === 'string' ? code : '';
};
