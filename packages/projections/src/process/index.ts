export { outboxRetries, type SendCommand } from './outbox-dispatcher';
export { ProcessRuntime, type ProcessRuntimeOptions, type WakeFault } from './process-runtime';
export type { OutboxEntry } from './process-store';
