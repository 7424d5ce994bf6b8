import { appendingKit } from './kit/appending';
import { groupKit } from './kit/groups';
import { limitsKit } from './kit/limits';
import { readingKit } from './kit/reading';
import { subscribingKit } from './kit/subscribing';
import type { Give, StoreUnderTest } from './store-under-test';

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
