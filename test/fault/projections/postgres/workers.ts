import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteStore, systemClock, type EventStore } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { fullFold, openPostgresViews, type PostgresViews } from '@aftercare/projections';
import { dropSchema, Journal, matters, postgresUnderTest, type JournalEntry } from '@aftercare/projections/testing';
import { startChild, type Child } from '../../../support/child';
import { watched, type Greeted, type Order } from './watched';
import type { WorkerSettings } from './worker.child';

const CHILD = join(__dirname, 'worker.child.ts');
export const LEASE_MS = 2_000;

export interface Counts {
  readonly events: number;
  readonly rows: number;
  readonly commands: number;
  /** How often a command was sent again because nobody knew whether it had arrived. */
  readonly repeated: number;
}

/** Several workers on the same views, the events that they follow, and what has to come out. */
export class Workers {
  readonly #folder = temporaryFolder();
  readonly #store: EventStore = openSqliteStore({ path: join(this.#folder.path, 'events.db'), clock: systemClock() });
  readonly #journal = new Journal(this.#store);
  readonly #children: Child[] = [];
  #seed = 0;

  private constructor(
    readonly views: PostgresViews,
    private readonly connection: ReturnType<typeof postgresUnderTest>,
  ) {}

  static async on(url: string): Promise<Workers> {
    const connection = postgresUnderTest(url);
    return new Workers(await openPostgresViews(connection), connection);
  }

  start(clockOffsetMs = 0): Child {
    const { connectionString, schema } = this.connection;
    const settings: WorkerSettings = {
      folder: this.#folder.path,
      connectionString,
      schema: schema!,
      leaseMs: LEASE_MS,
      clockOffsetMs,
    };
    const child = startChild(CHILD, [JSON.stringify(settings)]);
    this.#children.push(child);
    return child;
  }

  /** Ends one as SIGTERM does, or at once. */
  async end(child: Child, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    child.process.kill('SIGCONT');
    child.process.kill(signal);
    await child.ended;
  }

  /** The one that has the work, once one has it; not one of those that are `not` meant. */
  async active(not: readonly Child[] = []): Promise<Child> {
    for (let tries = 0; tries < 1_500; tries += 1) {
      const found = this.#children.find(
        (child) => !not.includes(child) && alive(child) && child.lines.at(-1) === 'working',
      );
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`nobody works: ${this.#children.map((child) => child.errors()).join('\n')}`);
  }

  /** Writes the events of so many tickets, while whoever works follows them. */
  async write(tickets: number): Promise<void> {
    const told: readonly JournalEntry[] = matters({ seed: (this.#seed += 1), tickets });
    await this.#journal.writeAll(told.filter(({ stream }) => /^(ticket|work_order)-/.test(stream)));
  }

  /** Waits until everything is read and sent. */
  async settled(): Promise<void> {
    const head = (await this.#store.head())!;
    const { read } = this.views;
    for (let tries = 0; tries < 1_200; tries += 1) {
      const done = await Promise.all([
        read.selectFrom('consumer_reports').select(['consumer', 'position']).execute(),
        read.selectFrom('process_outbox').select('command_id').limit(1).execute(),
        read.selectFrom('process_wakes').select('instance').limit(1).execute(),
      ]).catch(() => undefined);
      const [places, outbox, wakes] = done ?? [[], [], []];
      const behind = places.filter(({ position }) => position !== head);
      if (done && places.length === watched.length + 1 && behind.length + outbox.length + wakes.length === 0) return;
      await sleep(50);
    }
    throw new Error(`they did not get there: ${this.#children.map((child) => child.errors()).join('\n')}`);
  }

  /** Nothing lost, nothing out of order per stream, nothing twice: throws, or tells how much it was. */
  async check(): Promise<Counts> {
    await this.settled();
    const events = await this.#journal.all();
    const tables = this.views.read.withTables<Record<string, { key: string; doc: string }>>();
    let rows = 0;
    for (const model of watched) {
      const found = await tables.selectFrom(model.projector.name).select(['key', 'doc']).execute();
      const expected = fullFold(model.projector, events);
      expect(Object.fromEntries(found.map((row) => [row.key, JSON.parse(row.doc) as object]))).toEqual(
        JSON.parse(JSON.stringify(Object.fromEntries(expected))),
      );
      rows += found.length;
    }
    const order = await tables.selectFrom('order_of_events').select(['key', 'doc']).execute();
    expect(order.filter(({ doc }) => (JSON.parse(doc) as Order).wrong !== 0)).toEqual([]);
    const tickets = new Set(
      events.filter(({ type }) => /Ticket(Registered|Submitted)$/.test(type)).map((e) => e.stream),
    );
    const states = await this.views.read.selectFrom('process_states').select('state').execute();
    const once: Greeted = { greeted: 1, reminded: 1 };
    expect(states.map(({ state }) => JSON.parse(state) as Greeted)).toEqual(Array(tickets.size).fill(once));
    const sent = readFileSync(join(this.#folder.path, 'sent.log'), 'utf8').trim().split('\n');
    const commands = new Set(sent).size;
    expect(commands).toBe(2 * tickets.size);
    return { events: events.length, rows, commands, repeated: sent.length - commands };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.filter(alive).map((child) => this.end(child, 'SIGKILL')));
    await this.#store.close();
    await this.views.close();
    await dropSchema(this.connection);
    this.#folder.remove();
  }
}

const alive = ({ process: { exitCode, signalCode } }: Child): boolean => exitCode === null && signalCode === null;
