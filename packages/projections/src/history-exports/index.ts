export * from './history-exports.projector';
export * from './history-exports.query';
