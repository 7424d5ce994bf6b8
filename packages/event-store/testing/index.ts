export { eventStoreKit } from './event-store-kit';
export type { StoreUnderTest } from './store-under-test';
export {
  SAMPLE_EVENTS,
  sampleDecider,
  sampleNoted,
  sampleOpened,
  samplePerson,
  sampleRegistry,
  type SampleEvent,
} from './sample';
export { bytesOf, headOf, newStream, SAMPLE_KEY, SampleWriter } from './sample-writer';
export { temporaryFolder } from './temporary-folder';
