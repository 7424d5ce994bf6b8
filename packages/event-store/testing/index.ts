export { eventStoreKit, type StoreUnderTest } from './event-store-kit';
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
