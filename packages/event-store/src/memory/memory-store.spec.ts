import { eventStoreKit } from '../../testing/event-store-kit';
import { SimulatedClock } from '../clock/simulated-clock';
import { createMemoryStore } from './memory-store';

const clock = new SimulatedClock();

eventStoreKit('the memory store', async () => {
  let store = createMemoryStore({ clock });
  return {
    store,
    restart: async () => {
      await store.close();
      store = createMemoryStore({ clock, contents: store.contents });
      return store;
    },
    dispose: () => store.close(),
  };
});
