export * from './ticket-progress.projector';
export * from './ticket-progress.query';
