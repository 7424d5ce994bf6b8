import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore, SimulatedClock, type Clock, type EventStore } from '@aftercare/event-store';
import { openProjections } from '../open-projections';
import type { Projections, ProjectionsOptions } from '../projections';
import type { Views } from '../sql/index';
import { Journal } from './journal';
import { viewsUnderTest } from './views-under-test';

/** A reading side with views of its own, which can be stopped and started again on the same ones. */
export class Reading {
  readonly folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  readonly journal: Journal;
  readonly #database = viewsUnderTest(this.folder);
  views!: Views;
  projections!: Projections;
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    readonly clock: Clock = new SimulatedClock(),
    readonly store: EventStore = createMemoryStore({ clock }),
  ) {
    this.journal = new Journal(store);
  }

  async start(options: Pick<ProjectionsOptions, 'models'> & Partial<ProjectionsOptions>): Promise<Projections> {
    this.views = await this.#database.open();
    this.#stopping = new AbortController();
    const { codec } = this.journal;
    this.projections = await openProjections({
      views: this.views,
      store: this.store,
      decode: (stored) => codec.decode(stored),
      clock: this.clock,
      ...options,
    });
    this.#running = this.projections.run(this.#stopping.signal);
    // At once on SQLite; on PostgreSQL when the lease is taken.
    await eventually(() => this.projections.working());
    return this.projections;
  }

  /** Stops as SIGTERM does: the page in progress is committed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.views.close();
  }

  async end(): Promise<void> {
    await this.stop();
    await this.#database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until a model has everything. */
  async upToDate(name: string): Promise<void> {
    const head = await this.store.head();
    if (head !== undefined && !(await this.projections.waitFor(name, head, 10_000)))
      throw new Error(`${name} did not get there`);
  }
}

/** Looks again until `holds`, for at most two seconds. */
export const eventually = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not happen');
};
