export * from './ticket-queue.projector';
export * from './ticket-queue.query';
