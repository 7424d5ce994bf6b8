import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreRefusedError } from '../port/store-refused';
import { sqliteCode } from './sqlite-code';

/** The right to write to one set of files. */
export interface WriterLock {
  release(): void;
}

/**
 * Holds an exclusive transaction on a small database beside the data. The system frees it when the process ends, however
 * it ends; a file with a process id in it would have to be guessed about after `kill -9`. Never waits: waiting for
 * another process would stop the event loop.
 */
export const takeWriterLock = (dataPath: string): WriterLock => {
  mkdirSync(dirname(dataPath), { recursive: true });
  const lock = new Database(`${dataPath}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY'))
      throw new StoreRefusedError(
        'LOCKED',
        `another process has ${dataPath} open for writing: stop it, or send the command to it`,
      );
    throw error;
  }
  return { release: () => lock.close() };
};
