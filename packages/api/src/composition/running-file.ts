import { join } from 'node:path';

/** Where a serving process leaves its address for the command line. A hint only: the lock decides who may write. */
export const runningFile = (dataDir: string): string => join(dataDir, 'serving-at');
