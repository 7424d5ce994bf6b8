import type { Logger } from 'pino';

/** Requests, pages and files get so long to finish (architecture §7). */
const LONGEST_STOP_MS = 10_000;

/** Resolves with the signal that asks this process to stop. */
export const stopAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });

/** Lets `close` finish, and ends the process where that takes longer than 10 seconds. */
export const stopInTime = async (logger: Logger, close: () => Promise<void>): Promise<void> => {
  const tooLong = setTimeout(() => {
    logger.error('stopping took longer than 10 seconds');
    process.exit(1);
  }, LONGEST_STOP_MS);
  await close();
  clearTimeout(tooLong);
  logger.info('stopped');
};
