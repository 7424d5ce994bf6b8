export * from './consumer/index';
export * from './process/index';
export * from './projections';
export * from './rebuild/index';
export { InvalidCursorError } from './sql/cursor';
export type { Page, Paging } from './sql/keyset';
export {
  migrateViews,
  openSqliteViews,
  ReadModelTables,
  SqlCheckpointStore,
  SqlRowStore,
  type ReadModel,
  type Views,
  type ViewsDb,
} from './sql/index';
export type { SealedRef } from './sealed/sealed-parts';
export * from './ticket-queue/index';
