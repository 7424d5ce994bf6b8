export * from './job-life';
export * from './jobs.projector';
export * from './jobs.query';
