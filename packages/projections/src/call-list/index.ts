export * from './call-list.projector';
export * from './call-list.query';
