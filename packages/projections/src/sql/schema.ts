import type { Kysely, Transaction } from 'kysely';

/** The tables that belong to the machinery; read models bring their own (`ReadModel`). Only types that SQLite and PostgreSQL share. */
export interface ViewsSchema {
  readonly schema_migrations: { readonly id: number; readonly name: string };
  readonly checkpoints: { readonly consumer: string; readonly position: string };
  readonly read_models: ReadModelRow;
  readonly process_states: ProcessStateRow;
  readonly process_outbox: OutboxRow;
  readonly process_wakes: { readonly process: string; readonly instance: string; readonly at: string };
  /** PostgreSQL only: on SQLite one process has everything. */
  readonly leases: LeaseRow;
  /** Not logged: empty after the server recovered from a crash, or a standby took over, and the last commits may be gone. */
  readonly lease_witnesses: { readonly fence: number };
  readonly consumer_reports: ConsumerReportRow;
}

/** Who has the work, until when by the server's clock; the fence grows by one with every taking over. */
export interface LeaseRow {
  readonly name: string;
  readonly fence: number;
  readonly holder: string;
  readonly expires_at: Date;
}

/** What the worker tells the other processes of one consumer. */
export interface ConsumerReportRow {
  readonly consumer: string;
  readonly position: string | null;
  /** JSON of a ConsumerStatus. */
  readonly report: string;
}

/** Which table answers for a read model. The table is hidden behind a view of the model's name, exchanged at a switch. */
export interface ReadModelRow {
  readonly name: string;
  readonly version: number;
  /** +1 for every table that was built for this model. */
  readonly generation: number;
  readonly table_name: string;
}

export interface ProcessStateRow {
  readonly process: string;
  readonly instance: string;
  readonly version: number;
  /** JSON. */
  readonly state: string;
}

/** A command that was decided and has to reach its stream. */
export interface OutboxRow {
  readonly command_id: string;
  /** Order of decision; commands of one instance go out in this order. */
  readonly seq: number;
  readonly process: string;
  readonly instance: string;
  /** JSON of the ProcessCommand. */
  readonly command: string;
  readonly causation_id: string;
  readonly attempts: number;
  /** Instant before which it is not tried again. */
  readonly not_before: string;
  /** 1: it kept failing and waits for a person. */
  readonly parked: number;
  readonly last_failure: string | null;
}

export type ViewsDb = Kysely<ViewsSchema>;
export type ViewsTransaction = Transaction<ViewsSchema>;
