import { setTimeout as pause } from 'node:timers/promises';
import { type RecordedEvent, type ServiceLevelLookup } from '@aftercare/domain';
import { foldInto, keysOf, type Consumer, type Row, type RowStore } from '@aftercare/projections/consumer';
import { type Database } from '../clickhouse/database';
import {
  factFolds,
  facts,
  FACTS_VERSION,
  levelsOf,
  SERVICE_LEVELS,
  serviceLevelFacts,
  type FactFold,
  type FactRow,
  type ServiceLevelState,
} from '../facts';
import { counted, META, stateKey, storedMeta, type Counts, type SinkMeta } from './meta';

/** Rows per insert while catching up; live pages are smaller by themselves. */
const ROWS_PER_INSERT = 10_000;

/**
 * ClickHouse wants few and large inserts: each makes files that it has to merge again. So much time lies between two
 * pages at least; what is recorded meanwhile comes with the next. The figures lag by it, and say so.
 */
const BETWEEN_PAGES_MS = 500;
/** A page of so many events is worth an insert of its own: while catching up nothing waits. */
const LARGE_PAGE = 1_000;

/** What a page makes of one fold's streams. */
interface Folded {
  readonly states: ReadonlyMap<string, Row | null>;
  readonly rows: ReadonlyMap<string, readonly FactRow[]>;
  readonly counts: Counts;
}

/**
 * Follows the store and keeps ClickHouse's facts up to date. Order of a page: fold, insert, and only when ClickHouse has
 * acknowledged, states and position in one transaction. A crash in between repeats the page; it makes the same rows with
 * the same versions, and the table keeps one of each. So a position never leads the rows that it stands for.
 */
export class FactSink implements Consumer {
  readonly name = 'analytics';
  readonly version = FACTS_VERSION;
  readonly types: ReadonlySet<string> = new Set(factFolds.flatMap((fold) => fold.projector.types));
  #meta: SinkMeta | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #lastPage = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly rows: RowStore,
  ) {}

  async position(): Promise<string | undefined> {
    return (await this.meta()).position;
  }

  /** Where the sink stands now. */
  async meta(): Promise<SinkMeta> {
    return (this.#meta ??= await storedMeta(this.rows));
  }

  async take(events: readonly RecordedEvent[], upTo: string): Promise<void> {
    const wait = this.#lastPage + BETWEEN_PAGES_MS - performance.now();
    if (wait > 0 && events.length > 0 && events.length < LARGE_PAGE) await pause(wait);
    await this.#takeNow(events, upTo);
    if (events.length > 0) this.#lastPage = performance.now();
  }

  #takeNow(events: readonly RecordedEvent[], upTo: string): Promise<void> {
    return this.exclusively(async () => {
      const meta = await this.meta();
      const fresh = events.filter((event) => meta.position === undefined || event.position > meta.position);
      let counts = meta.counts;
      const states = new Map<string, Row | null>();
      for (const fold of factFolds) {
        const levels = () => this.#levels(meta.generation, states);
        const folded = await this.#fold(fold, fresh, { meta: { ...meta, counts }, levels });
        for (const [table, rows] of folded.rows) await this.#insert(table, rows, meta.generation);
        for (const [key, state] of folded.states) states.set(key, state);
        counts = folded.counts;
      }
      const asOf = fresh.at(-1)?.metadata.recordedAt ?? meta.asOf;
      await this.#save(states, { ...meta, counts, position: upTo, ...(asOf === undefined ? {} : { asOf }) }, upTo);
    });
  }

  /** Saves that everything up to there was read, where it held nothing for the facts: others go by what is saved. */
  passed(upTo: string): Promise<void> {
    return this.exclusively(async () => {
      const meta = await this.meta();
      if (meta.position === undefined || meta.position < upTo)
        await this.#save(new Map(), { ...meta, position: upTo }, upTo);
    });
  }

  /** Runs `work` between two pages. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Forgets position, states and counts, so that the next run feeds the whole log again. */
  startOver(clearTables: boolean): Promise<void> {
    return this.exclusively(async () => {
      const { generation, position = '' } = await this.meta();
      if (clearTables) for (const fact of facts) await this.database.command(`TRUNCATE TABLE ${fact.table}`);
      await this.#save(new Map(), { generation: generation + 1, factsVersion: FACTS_VERSION, counts: {} }, position);
    });
  }

  /** The service levels as published up to this page: their fold comes before those that ask. */
  async #levels(generation: number, states: ReadonlyMap<string, Row | null>): Promise<ServiceLevelLookup> {
    const key = stateKey(generation, serviceLevelFacts.projector.name, SERVICE_LEVELS);
    const state = states.get(key) ?? (await this.rows.load([key])).get(key);
    return levelsOf(state as ServiceLevelState | undefined);
  }

  async #fold(
    fold: FactFold,
    events: readonly RecordedEvent[],
    { meta, levels: levelsSoFar }: { readonly meta: SinkMeta; readonly levels: () => Promise<ServiceLevelLookup> },
  ): Promise<Folded> {
    const { projector } = fold;
    const wanted = events.filter((event) => projector.types.includes(event.type));
    const keys = [...new Set(wanted.flatMap((event) => keysOf(projector, event)))];
    const own = (key: string): string => stateKey(meta.generation, projector.name, key);
    const stored: ReadonlyMap<string, Row> = keys.length > 0 ? await this.rows.load(keys.map(own)) : new Map();
    const states = new Map<string, Row | null>();
    for (const key of keys) states.set(key, stored.get(own(key)) ?? null);
    const touched = foldInto(projector, states, wanted);
    let counts = meta.counts;
    if (touched.size === 0) return { states: new Map(), rows: new Map(), counts };
    const levels = await levelsSoFar();
    const rows = new Map<string, FactRow[]>();
    const kept = new Map<string, Row | null>();
    for (const key of touched) {
      const after = states.get(key);
      if (!after) continue;
      kept.set(own(key), after);
      if (meta.generation > 1) kept.set(stateKey(meta.generation - 1, projector.name, key), null);
      const before = stored.get(own(key));
      for (const fact of fold.facts) {
        const made = fact.rows(after, levels);
        counts = counted(counts, fact.table, { before: before ? fact.rows(before, levels) : [], after: made });
        const list = rows.get(fact.table);
        if (list) list.push(...made);
        else rows.set(fact.table, [...made]);
      }
    }
    return { states: kept, rows, counts };
  }

  async #insert(table: string, rows: readonly FactRow[], generation: number): Promise<void> {
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
      await this.database.insert(table, rows.slice(from, from + ROWS_PER_INSERT), String(generation));
  }

  async #save(states: ReadonlyMap<string, Row | null>, meta: SinkMeta, checkpoint: string): Promise<void> {
    // Until the transaction is acknowledged, what is stored is the truth.
    this.#meta = undefined;
    await this.rows.save(new Map<string, Row | null>([...states, [META, meta]]), checkpoint);
    this.#meta = meta;
  }
}
