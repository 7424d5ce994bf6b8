export * from './erasure-requests.projector';
export * from './erasure-requests.query';
