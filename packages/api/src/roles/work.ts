import type { Platform } from '../composition/platform';
import { LoopLag } from '../http/overload';
import { Readiness } from '../operations/readiness';
import { openOpsServer, type OpsServer } from './ops-server';
import { stopAsked, stopInTime } from './until-stopped';

/** A worker: follows the log when it has the work, stands by otherwise; shows itself on its operations port. */
export interface Worker {
  /** Undefined: it was told to have no operations port. */
  readonly ops: OpsServer | undefined;
  close(): Promise<void>;
}

/** Starts the work of a platform; the API stays closed. */
export const startWorker = async (platform: Platform): Promise<Worker> => {
  const { config, logger } = platform;
  const readiness = new Readiness(platform);
  const loop = new LoopLag();
  const ops =
    config.opsPort === undefined
      ? undefined
      : await openOpsServer({ platform, readiness, loop }, config.opsPort, config.host);
  loop.start();
  platform.start();
  readiness.started();
  return {
    ops,
    close: async () => {
      readiness.stopping();
      loop.stop();
      await platform.stop();
      await ops?.close();
      logger.info('the work is given away');
    },
  };
};

/** `work`, until SIGTERM or SIGINT. Resolves with the exit code. */
export const work = async (platform: Platform, say: (line: string) => void): Promise<number> => {
  const asked = stopAsked();
  const worker = await startWorker(platform).catch(async (error: unknown) => {
    await platform.stop();
    throw error;
  });
  say(`Aftercare is working${worker.ops ? `, operations at ${worker.ops.address}` : ''}`);
  platform.logger.info({ signal: await asked }, 'stopping');
  await stopInTime(platform.logger, () => worker.close());
  return 0;
};
