import { atLeast, interleaved, type BenchRow } from '../bench';
import { requestsFor, rivalRequests, round, start, stop } from './servers';

const PER_ROUND = 3_000;

/** http: create ticket, 64 concurrent, against an empty Nest + Fastify POST with the same DTO. */
export const run = async (): Promise<BenchRow[]> => {
  const ours = await start('ours');
  const rival = await start('rival');
  try {
    const requests = await requestsFor(ours);
    await round(ours, requests, 2_000);
    await round(rival, rivalRequests, 2_000);
    const medians = await interleaved(
      () => round(ours, requests, PER_ROUND),
      () => round(rival, rivalRequests, PER_ROUND),
    );
    return [atLeast(0.5, 'http: create ticket, 64 concurrent', 'tickets/s', medians)];
  } finally {
    await stop(ours);
    await stop(rival);
  }
};
