import { atLeast, interleaved, type BenchRow } from '../bench';
import { requestsFor, rivalRequests, round, start, stop } from './servers';

const PER_ROUND = 3_000;

/**
 * http: create ticket, 64 concurrent, answers only, against an empty Nest + Fastify POST with the same DTO. Read models and
 * processes stand still meanwhile: with them creating requests wait once those are behind, and `http-sustained` says how
 * many get through then.
 */
export const run = async (): Promise<BenchRow[]> => {
  const ours = await start('answers-only');
  const rival = await start('rival');
  try {
    const requests = await requestsFor(ours);
    await round(ours, requests, 2_000);
    await round(rival, rivalRequests, 2_000);
    const medians = await interleaved(
      () => round(ours, requests, PER_ROUND),
      () => round(rival, rivalRequests, PER_ROUND),
    );
    return [
      atLeast(0.5, 'http: create ticket, 64 concurrent, answers only (nothing follows the log)', 'tickets/s', medians),
    ];
  } finally {
    await stop(ours);
    await stop(rival);
  }
};
