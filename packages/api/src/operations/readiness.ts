import { performance } from 'node:perf_hooks';
import type { Platform } from '../composition/platform';
import { policyStream } from '../composition/stream-names';
import type { ServersHealth } from './server-health';
import { healthOfServers, inTime, trouble } from './servers';

type Phase = 'starting' | 'running' | 'stopping';

/** What `/readyz` answers: ready means that this process can append and read; the rest is degraded, not down. */
export interface ReadyReport {
  readonly ready: boolean;
  readonly phase: Phase;
  readonly canRead: boolean;
  readonly canAppend: boolean;
  /** Whether this process follows the log now; false: it only serves, or stands by. */
  readonly working: boolean;
  readonly servers: ServersHealth;
  readonly degraded: readonly string[];
  readonly consumers: readonly { readonly name: string; readonly state: string; readonly lagEvents: number | null }[];
}

/** Trying an append costs a commit on disk: the answer is trusted for so long. */
const APPEND_TRUSTED_MS = 10_000;

export class Readiness {
  private phase: Phase = 'starting';
  private tried: { at: number; ok: boolean } | undefined;

  constructor(private readonly platform: Platform) {}

  started(): void {
    this.phase = 'running';
  }

  stopping(): void {
    this.phase = 'stopping';
  }

  async report(): Promise<ReadyReport> {
    const { reading, config } = this.platform;
    const [servers, consumers] = await Promise.all([
      healthOfServers(this.platform),
      inTime(
        () => reading.status(),
        () => [],
      ),
    ]);
    const canRead = servers.eventStore.state === 'ok';
    // The keys of persons lie beside the views: without them nothing personal can be recorded.
    const hasKeys = config.postgres === undefined || servers.views.state === 'ok';
    const canAppend = canRead && hasKeys && (await this.canAppend());
    const behind = consumers.filter(({ state, lagMs }) => state === 'paused' || lagMs > 60_000);
    return {
      ready: this.phase === 'running' && canRead && canAppend,
      phase: this.phase,
      canRead,
      canAppend,
      working: reading.working(),
      servers,
      degraded: [
        ...behind.map(({ name, state }) => `${name}: ${state === 'paused' ? 'paused' : 'behind'}`),
        ...(servers.clickhouse.state === 'ok' ? [] : [`analytics: ${servers.clickhouse.state}`]),
        ...(servers.eventStore.state === 'ok' ? [] : ['eventStore: degraded']),
        ...(servers.views.state === 'ok' ? [] : ['views: degraded']),
      ],
      consumers: consumers.map(({ name, state, lagEvents }) => ({ name, state, lagEvents })),
    };
  }

  /**
   * Sends the very first event again: it goes all the way to the writer, which knows it by its id and writes nothing.
   * A command that failed for the disk's sake counts until one succeeds, or half a minute.
   */
  private async canAppend(): Promise<boolean> {
    const { gate, stores } = this.platform;
    if (gate.lastAppendFailed) return false;
    const now = performance.now();
    if (this.tried && now - this.tried.at < APPEND_TRUSTED_MS) return this.tried.ok;
    const failure = await trouble(async () => {
      const stream = policyStream('type') ?? '';
      const first = (await stores.store.read(stream, { limit: 1 })).events[0];
      if (!first) throw new Error('the store was not set up');
      const { position: _, ...event } = first;
      await stores.store.append(stream, [event], { expected: 'none' });
    });
    const ok = failure === undefined;
    this.tried = { at: now, ok };
    return ok;
  }
}
