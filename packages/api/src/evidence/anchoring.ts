import { setTimeout } from 'node:timers/promises';
import { between } from '@aftercare/domain';
import {
  Anchors,
  copiesInFolder,
  keyFile,
  keyInMemory,
  type AnchorEntry,
  type Clock,
  type KeyEntry,
} from '@aftercare/event-store';
import type { Logger } from 'pino';
import type { Config } from '../composition/config';
import type { Pace } from '../composition/pace';
import type { Stores } from '../composition/stores';

/** What the log has gained is folded so often, so that an anchor itself is short work. */
const FOLLOW_MS = 60_000;

/** With so few requests at once nobody waits for anybody. */
const FEW = 4;
const STEP_MS = 20;
const LONGEST_MS = 200;

/** Reading the whole log after a start must not stand in the way of people: a moment before each page. */
const standBack = async (pace: Pick<Pace, 'requests'> | undefined): Promise<void> => {
  for (let waited = 0; waited < LONGEST_MS && (pace?.requests ?? 0) > FEW; waited += STEP_MS) await setTimeout(STEP_MS);
};

interface Parts {
  readonly config: Pick<Config, 'anchors'>;
  readonly clock: Clock;
  readonly stores: Pick<Stores, 'store' | 'dataDir'>;
  readonly logger: Logger;
  readonly pace?: Pick<Pace, 'requests'>;
}

/** Anchors of this process: with the key and the copies that the settings name; in memory with a key of its own. */
export class Anchoring {
  readonly anchors: Anchors;
  #working: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor(private readonly parts: Parts) {
    const { config, clock, stores, pace } = parts;
    const { store } = stores;
    this.anchors = new Anchors({
      store: {
        meta: store.meta,
        read: (stream, options) => store.read(stream, options),
        append: (stream, events, options) => store.append(stream, events, options),
        readAll: async (options) => {
          await standBack(pace);
          return store.readAll(options);
        },
      },
      clock,
      ...(stores.dataDir === undefined
        ? { key: keyInMemory() }
        : { key: keyFile(config.anchors.keyFile), copies: copiesInFolder(config.anchors.folder) }),
    });
  }

  /** Anchors now. A copy that could not be written is logged; the next anchor catches it up. */
  async take(): Promise<AnchorEntry> {
    const { anchor, copyFault } = await this.anchors.take();
    this.#report(copyFault);
    return anchor;
  }

  async rotate(): Promise<KeyEntry> {
    const { key, copyFault } = await this.anchors.rotate();
    this.#report(copyFault);
    return key;
  }

  /** A new key in place of one that is lost. */
  async replaceKey(lost: string): Promise<KeyEntry> {
    const { key, copyFault } = await this.anchors.replace(lost);
    this.#report(copyFault);
    return key;
  }

  /** Anchors at the interval of the settings until `stop`. Simulated time has no interval: its hours are seconds. */
  start(): void {
    const { everyMs } = this.parts.config.anchors;
    if (everyMs === undefined || this.parts.clock.simulated) return;
    this.#working ??= this.#work(everyMs);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  async #work(everyMs: number): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await setTimeout(Math.min(FOLLOW_MS, everyMs), undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.anchors.follow(signal);
        if (await this.#isDue(everyMs)) await this.take();
      } catch (err) {
        if (!signal.aborted) this.parts.logger.error({ err }, 'no anchor was taken');
      }
    }
  }

  /** Another worker may have anchored; and where nothing moved, nothing needs an anchor. */
  async #isDue(everyMs: number): Promise<boolean> {
    const newest = await this.anchors.newest();
    if (newest && between(newest.time, this.parts.clock.now()) < everyMs) return false;
    return (await this.anchors.pending()) > 0;
  }

  #report(fault: unknown): void {
    if (fault === undefined) return;
    const { folder } = this.parts.config.anchors;
    this.parts.logger.warn({ err: fault, folder }, 'the copy of an anchor could not be written');
  }
}
