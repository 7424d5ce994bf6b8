import { rmSync, writeFileSync } from 'node:fs';
import { platformFromEnvironment } from '../composition/environment';
import { runningFile } from '../composition/running-file';
import { createApp } from './app';

/** Requests, pages and files get so long to finish (architecture §7). */
const LONGEST_STOP_MS = 10_000;

/**
 * The server: API, projections and analytics in one process, until SIGTERM or SIGINT. Resolves with the exit code. What
 * prevents a start is thrown and has a message that says what to do.
 */
export const serve = async (say: (line: string) => void): Promise<number> => {
  const platform = await platformFromEnvironment();
  const { config, logger } = platform;
  const app = await createApp(platform).catch(async (error: unknown) => {
    await platform.stop();
    throw error;
  });
  const stopAsked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  const address = await app.listen(config.port, config.host).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  say(`Aftercare is serving at ${address} (API pages at ${address}/docs), data in ${config.dataDir}`);
  writeFileSync(runningFile(config.dataDir), `${address}\n`, { mode: 0o600 });
  const signal = await stopAsked;
  logger.info({ signal }, 'stopping');
  const tooLong = setTimeout(() => {
    logger.error('stopping took longer than 10 seconds');
    process.exit(1);
  }, LONGEST_STOP_MS);
  rmSync(runningFile(config.dataDir), { force: true });
  await app.close();
  clearTimeout(tooLong);
  logger.info('stopped');
  return 0;
};
