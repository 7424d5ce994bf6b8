import type { EventStore } from '@aftercare/event-store';
import type { Decode } from '../consumer/index';
import type { ReadModel } from '../sql/read-model';

/** What a build reads from, opened inside the process that builds. */
export interface BuildSource {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly decode: Decode;
  readonly models: readonly ReadModel[];
  close(): Promise<void>;
}

/**
 * Names a module that opens a `BuildSource`: it exports `openBuildSource(options)`. A child process can be handed nothing
 * but text, so it opens the files itself, for reading only.
 */
export interface BuildSourceRef {
  /** Absolute path. */
  readonly module: string;
  /** Survives JSON. */
  readonly options: unknown;
}

export interface BuildSourceModule {
  openBuildSource(options: unknown): Promise<BuildSource>;
}
