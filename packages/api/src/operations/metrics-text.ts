import type { Platform } from '../composition/platform';
import { healthOfServers } from './servers';

/** Everything that is measured at the moment of asking, and the text of all of it. */
export const metricsText = async (platform: Platform, loopLagMs: number): Promise<string> => {
  const { metrics, reading, analytics } = platform;
  const sink = await analytics.consumer();
  metrics.consumers([...(await reading.status().catch(() => [])), ...(sink ? [sink] : [])]);
  metrics.servers(await healthOfServers(platform));
  metrics.work(reading.working(), (await reading.parked().catch(() => [])).length);
  metrics.loopLag(loopLagMs);
  return metrics.registry.metrics();
};
