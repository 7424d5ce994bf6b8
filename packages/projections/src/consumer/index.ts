export * from './consumer';
export * from './consumer-group';
export type { Decode } from './feed';
export { fullFold, foldInto, keysOf } from './fold-page';
export { CheckpointMovedError, digesting, PoisonEventError, reasonOf } from './poison';
export * from './projector';
export * from './projector-consumer';
export * from './retry-policy';
export * from './run-consumer';
