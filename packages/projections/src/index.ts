export * from './call-list/index';
export { ENDED_COMPLAINT_STATES, type ComplaintLife } from './complaint-life/complaint-life';
export * from './complaint-queue/index';
export * from './consumer/index';
export * from './customer-lookup/index';
export * from './dispatch-candidates/index';
export * from './erasure-requests/index';
export * from './field-conflicts/index';
export * from './history-exports/index';
export * from './jobs/index';
export * from './number-index/index';
export * from './on-call-alerts/index';
export * from './process/index';
export * from './open-projections';
export * from './projections';
export * from './promises-due/index';
export * from './read-models';
export * from './rebuild/index';
export { sqliteBuildSource } from './rebuild/sqlite-source';
export type { SealedRef } from './sealed/sealed-parts';
export { InvalidCursorError } from './sql/cursor';
export type { Page, Paging } from './sql/keyset';
export {
  actingBehind,
  isDatabaseDown,
  LeaseLostError,
  migrateViews,
  moveToStore,
  openPostgresKeys,
  openPostgresKeyTable,
  openPostgresViews,
  openSqliteViews,
  outdateReadModel,
  PostgresAddressError,
  ReadModelTables,
  SqlCheckpointStore,
  SqlRowStore,
  type PostgresKeysOptions,
  type PostgresOptions,
  type PostgresViews,
  type PostgresViewsOptions,
  type ReadModel,
  type SqliteViews,
  type TlsOptions,
  type Views,
  type ViewsDb,
  type WorkLease,
} from './sql/index';
export { type TicketLife } from './ticket-life/ticket-life';
export * from './ticket-queue/index';
export * from './unassigned/index';
export * from './unit-history/index';
