export { BadCopyError, copiesInFolder, type AnchorCopies, type AnchorCopy } from './anchor-copies';
export { anchorRegistration } from './anchor-events';
export { LedgerConflictError } from './anchor-journal';
export { anchorStream, isAnchorStream } from './anchor-stream';
export { Anchors, type AnchorsParts, type ProvenHeads } from './anchors';
export type { BridgeEvidence } from './bridge-comparison';
export { bridgeSigner, wrongSignature } from './bridge-signature';
export { CheckpointError, loadCheckpoint, saveCheckpoint } from './checkpoint';
export {
  disclosedIn,
  exportedEvent,
  exportProof,
  manifestStatement,
  type Disclosure,
  type ExportedEvent,
  type ExportProof,
} from './export-model';
export type { Finding, FindingCode } from './finding';
export { HeadIndex, leafText, type StreamHead } from './head-index';
export {
  digestOf,
  isReplacement,
  keysInLine,
  LedgerCheck,
  short,
  statementOf,
  type AnchorEntry,
  type KeyEntry,
  type LedgerEntry,
} from './ledger';
export { AnchorRefusedError } from './live-ledger';
export { leafDigest, nodeDigest, rootOf, type InclusionProof } from './merkle';
export {
  fingerprintOf,
  isSigned,
  keyFile,
  keyInMemory,
  newSigningKey,
  SigningKeyError,
  type KeyPlace,
} from './signing-key';
export { verifyEvidence, type EvidenceOptions, type EvidenceVerdict } from './verify-evidence';
export { verifyOneStream, type StreamEvidence } from './verify-one-stream';
