import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Position } from '@aftercare/event-store';
import type { BuildJob, BuildMessage } from './build-job';
import type { BuildProgress } from './build-rows';

export interface Built {
  readonly position: Position | undefined;
  /** Largest memory that the building process used, in bytes; 0 when it was built in this one. */
  readonly peakBytes: number;
  /** How long reading, folding and writing took; the start of the process not counted. */
  readonly millis: number;
}

/** A build did not come to its end. The table that answers is untouched. */
export class BuildFailedError extends Error {
  override readonly name = 'BuildFailedError';
}

export interface ChildOptions {
  /** Node's own arguments for the child; default: those of this process. */
  readonly execArgv?: readonly string[];
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * A build lives for seconds: young memory that starts small and grows would spend them on keeping what is done with. From
 * its usual largest size on, a quarter less time is used, and less memory.
 */
const YOUNG_MEMORY = ['--min-semi-space-size=16'];

/** Builds in a process of its own: requests are served meanwhile, and its memory is given back to the system. */
export const buildInChild = (job: BuildJob, options: ChildOptions = {}): Promise<Built> =>
  new Promise((resolve, reject) => {
    const child = fork(join(__dirname, `build-child${extname(__filename)}`), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...(options.execArgv ?? process.execArgv), ...YOUNG_MEMORY],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    let built: Built | undefined;
    let failure = 'the building process ended without a word';
    child.on('message', (message: BuildMessage) => {
      if (message.kind === 'progress') options.onProgress?.(message);
      else if (message.kind === 'failed') failure = message.reason;
      else
        built = {
          position: message.position ?? undefined,
          peakBytes: message.peakKilobytes * 1_024,
          millis: message.millis,
        };
    });
    child.on('error', (error) => reject(new BuildFailedError(error.name, { cause: error })));
    child.on('exit', () => (built ? resolve(built) : reject(new BuildFailedError(failure))));
    child.send(job);
  });
