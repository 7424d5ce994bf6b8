import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@aftercare/event-store';
import type { ConsumerStatus } from '../consumer/index';
import type { ReadingSide } from '../reading-side';
import type { ConsumerReportRow, ViewsDb } from '../sql/index';

const POSITIONS_EVERY_MS = 100;
/** A whole status asks the store for its head: not with every position. */
const STATUS_EVERY_MS = 1_000;

/**
 * Writes down where the worker's consumers stand, for the processes that only serve: the checkpoints don't tell it, since
 * a consumer without anything to do saves its position only now and then.
 */
export class Reporter {
  #written = '';
  #status: readonly ConsumerStatus[] = [];
  #statusAt = -Infinity;

  constructor(
    private readonly side: ReadingSide,
    private readonly db: ViewsDb,
  ) {}

  /** Until `signal` aborts. A report that fails is followed by the next one. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#report().catch(() => undefined);
      await sleep(POSITIONS_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Once more, when everything has stopped. */
  async last(): Promise<void> {
    this.#statusAt = -Infinity;
    await this.#report().catch(() => undefined);
  }

  async #report(): Promise<void> {
    if (performance.now() - this.#statusAt > STATUS_EVERY_MS) {
      this.#status = await this.side.status();
      this.#statusAt = performance.now();
    }
    const positions = this.side.positions();
    const rows = this.#status.map((status) => rowOf(status, positions.get(status.name)));
    const text = JSON.stringify(rows);
    if (text === this.#written || rows.length === 0) return;
    // In a transaction, because that is where the lease is proved.
    await this.db.transaction().execute(async (transaction) => {
      // What was reported before may be of another store or another release.
      if (this.#written === '') await transaction.deleteFrom('consumer_reports').execute();
      await transaction
        .insertInto('consumer_reports')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('consumer').doUpdateSet((row) => ({
            position: row.ref('excluded.position'),
            report: row.ref('excluded.report'),
          })),
        )
        .execute();
    });
    this.#written = text;
  }
}

const rowOf = (status: ConsumerStatus, position: Position | undefined): ConsumerReportRow => ({
  consumer: status.name,
  position: position ?? null,
  report: JSON.stringify(status),
});
