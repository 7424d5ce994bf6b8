import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Position } from '@aftercare/event-store';
import { eventsApart } from '../consumer/consumer-group';
import type { ConsumerStatus } from '../consumer/index';
import { WaitingRoom } from '../consumer/waiting-room';
import type { ConsumerReportRow, ViewsDb } from '../sql/index';

const LOOK_EVERY_MS = 50;

/** What the worker reports, as another process reads it. */
export class Reports {
  readonly #rooms: ReadonlyMap<string, WaitingRoom>;
  #waiting = 0;
  #looking = false;

  constructor(
    private readonly db: ViewsDb,
    names: readonly string[],
  ) {
    this.#rooms = new Map(names.map((name) => [name, new WaitingRoom()]));
  }

  knows(name: string): boolean {
    return this.#rooms.has(name);
  }

  /** Whether the worker reports `position` of the consumer, or one behind it, within `timeoutMs`. */
  async waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    const reached = this.#rooms.get(name)!.wait(position, timeoutMs);
    this.#waiting += 1;
    void this.#look();
    return reached.finally(() => (this.#waiting -= 1));
  }

  /** As reported, by name; `stopped` while nobody has the work. */
  async status(head: Position | undefined): Promise<ReadonlyMap<string, ConsumerStatus>> {
    const rows = await this.db.selectFrom('consumer_reports').selectAll().orderBy('consumer').execute();
    const held = await this.db
      .selectFrom('leases')
      .select(sql<boolean>`expires_at > clock_timestamp()`.as('held'))
      .executeTakeFirst();
    const working = held?.held === true;
    return new Map(rows.map((row) => [row.consumer, statusOf(row, head, working)]));
  }

  /** One look serves all who wait. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#waiting > 0) {
        // While the server is away nothing is reached; who waits is told so when the time is up.
        await this.#tell().catch(() => undefined);
        await sleep(LOOK_EVERY_MS);
      }
    } finally {
      this.#looking = false;
    }
  }

  async #tell(): Promise<void> {
    const rows = await this.db.selectFrom('consumer_reports').select(['consumer', 'position']).execute();
    for (const { consumer, position } of rows) if (position !== null) this.#rooms.get(consumer)?.reached(position);
  }
}

const statusOf = (
  { position, report }: ConsumerReportRow,
  head: Position | undefined,
  working: boolean,
): ConsumerStatus => {
  const { position: _before, ...status } = JSON.parse(report) as ConsumerStatus;
  const behind = head !== undefined && (position === null || position < head);
  return {
    ...status,
    ...(position === null ? {} : { position }),
    ...(working ? {} : { state: 'stopped' }),
    lagEvents: behind ? eventsApart(position ?? undefined, head) : 0,
    lagMs: behind ? status.lagMs : 0,
  };
};
