export { BlindIndex, normalisedName, normalisedPhone } from './blind-index';
export * from './customer-lookup.projector';
export * from './customer-lookup.query';
