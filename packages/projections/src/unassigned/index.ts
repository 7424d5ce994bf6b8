export * from './unassigned.projector';
export * from './unassigned.query';
