export * from './migrations';
export * from './read-model';
export * from './read-model-tables';
export * from './schema';
export * from './sql-checkpoint-store';
export * from './sql-row-store';
export * from './sqlite/open-views';
