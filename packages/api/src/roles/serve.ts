import { rmSync, writeFileSync } from 'node:fs';
import { platformFromEnvironment } from '../composition/environment';
import type { Platform } from '../composition/platform';
import { runningFile } from '../composition/running-file';
import { createApp } from './app';
import { stopAsked, stopInTime } from './until-stopped';
import { work } from './work';

/**
 * What `ROLES` says, until SIGTERM or SIGINT: the API with the work behind it, one of the two, or both. Resolves with the
 * exit code. What prevents a start is thrown and has a message that says what to do.
 */
export const serve = async (say: (line: string) => void): Promise<number> => {
  const platform = await platformFromEnvironment();
  return platform.config.roles.serve ? serveApi(platform, say) : work(platform, say);
};

/** The worker of split roles, whatever else `ROLES` says. */
export const workOnly = async (say: (line: string) => void): Promise<number> =>
  work(await platformFromEnvironment({ ROLES: 'work' }), say);

const serveApi = async (platform: Platform, say: (line: string) => void): Promise<number> => {
  const { config, logger } = platform;
  const asked = stopAsked();
  const app = await createApp(platform).catch(async (error: unknown) => {
    await platform.stop();
    throw error;
  });
  const giveUp = async (error: unknown): Promise<never> => {
    await app.close();
    throw error;
  };
  const address = await app.listen(config.port, config.host).catch(giveUp);
  const ops = config.opsPort === undefined ? undefined : await app.openOps(config.opsPort, config.host).catch(giveUp);
  const data = config.roles.work ? `, data in ${config.dataDir}` : ', the work is done by others';
  say(`Aftercare is serving at ${address} (API pages at ${address}/docs)${data}`);
  writeFileSync(runningFile(config.dataDir), `${address}\n`, { mode: 0o600 });
  logger.info({ signal: await asked }, 'stopping');
  rmSync(runningFile(config.dataDir), { force: true });
  await stopInTime(logger, async () => {
    await app.close();
    await ops?.close();
  });
  return 0;
};
