export * from './dispatch-candidates.projector';
export * from './dispatch-candidates.query';
export * from './people-page.query';
