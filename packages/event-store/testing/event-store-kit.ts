import type { EventStore } from '../src/index';
import { appendingKit } from './kit/appending';
import { groupKit } from './kit/groups';
import { limitsKit } from './kit/limits';
import { readingKit } from './kit/reading';
import { subscribingKit } from './kit/subscribing';

/** One store that the kit may fill. It may hold events of earlier tests: the kit looks only at what it wrote itself. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens the same contents again. */
  readonly restart: () => Promise<EventStore>;
  /** Closes what is open and removes what was made. */
  readonly dispose: () => Promise<void>;
}

/** Gives each test its store, and disposes of it. */
export type Give = () => StoreUnderTest;

/**
 * What every adapter promises (architecture §5, §6). An adapter's spec calls this with a way to make a store; nothing
 * here knows which one it is.
 */
export const eventStoreKit = (name: string, makeStore: () => Promise<StoreUnderTest>): void =>
  describe(`${name} keeps the promises of an event store`, () => {
    let current: StoreUnderTest;
    beforeEach(async () => {
      current = await makeStore();
    });
    afterEach(() => current.dispose());
    const give: Give = () => current;

    appendingKit(give);
    groupKit(give);
    readingKit(give);
    subscribingKit(give);
    limitsKit(give);
  });
