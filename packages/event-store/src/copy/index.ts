export { bridgeText, headsDigest, type SignBridge, type StreamHeads } from './bridge';
export { CopyRefusedError, type CopyRefusal } from './copy-refused';
export { copyStore, giveUpCopy, type CopyOptions, type CopyReport } from './copy-store';
export type { CopyPhase, CopyProgress } from './remaining';
