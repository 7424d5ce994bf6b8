import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  at(done: number): void;
  stop(): void;
}

/** A bar on standard error where a person looks; nothing where a program does. */
export const progressBar = (unit: string, total: number): Progress => {
  if (!process.stderr.isTTY || total === 0) return { at: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: `{bar} {percentage}% {value}/{total} ${unit}`, stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { at: (done) => bar.update(done), stop: () => bar.stop() };
};
