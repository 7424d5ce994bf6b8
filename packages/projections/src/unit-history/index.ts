export * from './unit-history.projector';
export * from './unit-history.query';
