export * from './on-call-alerts.projector';
export * from './on-call-alerts.query';
