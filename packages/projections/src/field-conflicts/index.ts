export * from './field-conflicts.projector';
export * from './field-conflicts.query';
