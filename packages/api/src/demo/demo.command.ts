import { SystemTicks } from './system-ticks';
import { playQuarter } from './play-quarter';
import { showTour } from './show-tour';
import { takeTour } from './tour';

export interface DemoOptions {
  /** One JSON document on stdout and nothing else. */
  readonly json?: boolean;
  /** Keeps serving afterwards; time goes on from the end of the quarter. */
  readonly serve?: boolean;
  readonly port: number;
}

/** `npm run demo`: an invented quarter through the public API, then a tour. Progress goes to stderr. */
export const demoCommand = async (options: DemoOptions, say: (line: string) => void): Promise<void> => {
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const played = await playQuarter(progress, options.serve ? { port: options.port } : {});
  try {
    const tour = await takeTour(played);
    if (options.json) say(JSON.stringify(tour, null, 2));
    else showTour(tour, say);
    if (options.serve) await keepServing(played, say);
  } finally {
    await played.close();
  }
};

const keepServing = async (
  played: Awaited<ReturnType<typeof playQuarter>>,
  say: (line: string) => void,
): Promise<void> => {
  const ticks = new SystemTicks(played.clock, () => played.platform.reading.settle());
  ticks.start();
  say(`\nServing at ${played.address} (API pages at ${played.address}/docs). Ctrl+C ends it and removes the data.`);
  say(`supervisor: ${await played.token('supervisor')}`);
  say(`analyst: ${await played.token('analyst')}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await ticks.stop();
};
