export * from './number-index.projector';
export * from './number-index.query';
