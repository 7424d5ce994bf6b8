import { once } from 'node:events';
import { atLeast, type BenchRow } from '../bench';
import { drive } from './raw-client';
import { CONNECTIONS, requestsFor, rivalRequests, round, start, stop } from './servers';

const SUSTAINED_MS = 60_000;

/** http-sustained: one round of 60 s with analytics off and read models following; the lag at the end is checked. */
export const run = async (): Promise<BenchRow[]> => {
  const ours = await start('ours');
  const rival = await start('rival');
  try {
    const requests = await requestsFor(ours);
    await round(rival, rivalRequests, 2_000);
    const rivalFigure = await round(rival, rivalRequests, 12_000);
    const counted = await drive(ours.port, requests, { connections: CONNECTIONS, millis: SUSTAINED_MS });
    if (counted.failed > 0) process.stderr.write(`http-sustained: ${counted.failed} answers were no 201\n`);
    const asked = once(ours.child, 'message') as Promise<[{ lagMs: number }]>;
    ours.child.send('lag');
    const [{ lagMs }] = await asked;
    const figure = (counted.answered * 1_000) / counted.millis;
    const row = atLeast(0.1, 'http-sustained: 60 s of tickets', 'tickets/s', { ours: figure, rival: rivalFigure });
    return [
      { ...row, ok: row.ok && lagMs <= 1_000 },
      {
        what: 'http-sustained: lag of the slowest read model at the end',
        ours: Math.round(lagMs),
        rival: 1_000,
        unit: 'ms',
        ratio: Math.round(lagMs) / 1_000,
        target: '≤ 1',
        ok: lagMs <= 1_000,
      },
    ];
  } finally {
    await stop(ours);
    await stop(rival);
  }
};
