import type { EventStore } from '../src/index';

/** One store that the kit may fill. It may hold events of earlier tests: the kit looks only at what it wrote itself. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens the same contents again. */
  readonly restart: () => Promise<EventStore>;
  /** Closes what is open and removes what was made. */
  readonly dispose: () => Promise<void>;
}

/** The store of the test that is running. */
export type Give = () => StoreUnderTest;
