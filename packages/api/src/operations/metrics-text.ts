import type { Platform } from '../composition/platform';
import { healthOfServers, inTime } from './servers';

/** Everything that is measured at the moment of asking, and the text of all of it. */
export const metricsText = async (platform: Platform, loopLagMs: number): Promise<string> => {
  const { metrics, reading, analytics } = platform;
  const [consumers, sink, servers, parked] = await Promise.all([
    inTime(
      () => reading.status(),
      () => [],
    ),
    inTime(
      () => analytics.consumer(),
      () => undefined,
    ),
    healthOfServers(platform),
    inTime(
      () => reading.parked(),
      () => [],
    ),
  ]);
  metrics.consumers(sink ? [...consumers, sink] : consumers);
  metrics.servers(servers);
  metrics.work(reading.working(), parked.length);
  metrics.loopLag(loopLagMs);
  return metrics.registry.metrics();
};
