export * from './port/clock';
export * from './port/command-envelope';
export * from './port/event-store';
export * from './port/movable-store';
export * from './port/store-refused';
export * from './port/subject-keys';
export { SimulatedClock } from './clock/simulated-clock';
export { systemClock } from './clock/system-clock';
export { canonicalJson, sortedJson } from './codec/canonical-json';
export * from './copy/index';
export { createCodec, type Codec, type CodecOptions, type SealedPlace } from './codec/codec';
export { subjectsOf, type KeysAtHand, type Writing } from './codec/encode';
export { nextLink, type ChainLink } from './codec/chain-link';
export { GENESIS, hashOf, sha256, storedHash, withoutHash } from './codec/hash-chain';
export { UndecodableEventError } from './codec/undecodable-event';
export { AFTERCARE_NAMESPACE, eventIdOf, uuidv5 } from './codec/uuid-v5';
export * from './evidence/index';
export { openEventStoreDb, type EventStoreDbOptions } from './eventstoredb/esdb-store';
export { setUpEventStoreDb, type SetUpOptions, type SetUpReport } from './eventstoredb/setup/set-up';
export { KeyCache } from './keys/key-cache';
export { MasterKeyError } from './keys/master-key-error';
export { loadMasterKey, type MasterKeySource } from './keys/master-key';
export {
  mustBeUnder,
  rotateMasterKey,
  type Rotation,
  type WrappedKeyTable,
  type WrappedRow,
} from './keys/rotate-master-key';
export { openSqliteKeyTable } from './keys/sqlite-key-table';
export { createMemoryKeys } from './keys/memory-keys';
export { openSqliteKeys, type SqliteKeysOptions, type SqliteSubjectKeys } from './keys/sqlite-keys';
export { freshKey, keyCheckValue, unwrapKey, wrapKey } from './keys/wrapped-key';
export type { MemoryContents } from './memory/memory-log';
export { createMemoryStore, type MemoryEventStore, type MemoryStoreOptions } from './memory/memory-store';
export { DecisionRunner, type RunnerParts, type RunOptions } from './runner/decision-runner';
export { RUNNER_REFUSALS } from './runner/settled-before';
export { loadStream, type LoadedStream } from './runner/load-stream';
export {
  verifyStore,
  verifyStream,
  type BadEvent,
  type Verdict,
  type VerifyOptions,
  type VerifyState,
} from './verify/verify';
export { openSqliteStore, type SqliteEventStore, type SqliteStoreOptions } from './sqlite/sqlite-store';
export { takeWriterLock, type WriterLock } from './sqlite/writer-lock';
