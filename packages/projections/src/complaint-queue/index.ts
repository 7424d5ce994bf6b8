export * from './complaint-queue.projector';
export * from './complaint-queue.query';
