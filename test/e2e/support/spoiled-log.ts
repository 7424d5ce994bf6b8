import type { EventStore, StoredEvent } from '@aftercare/event-store';
import type { Stores } from '@aftercare/api';

/** Stores whose log reads one kind of event as nonsense until it is mended; the streams themselves stay whole. */
export class SpoiledLog {
  mended = false;

  constructor(private readonly type: string) {}

  around(stores: Stores): Stores {
    const { store } = stores;
    const spoiled: EventStore = {
      meta: store.meta,
      read: (stream, options) => store.read(stream, options),
      append: (stream, events, options) => store.append(stream, events, options),
      head: () => store.head(),
      close: () => store.close(),
      readAll: async (options) => {
        const page = await store.readAll(options);
        return { ...page, events: page.events.map((event) => this.spoil(event)) };
      },
      subscribe: (options) => this.pages(store, options),
    };
    return { ...stores, store: spoiled };
  }

  private async *pages(store: EventStore, options: Parameters<EventStore['subscribe']>[0]) {
    for await (const page of store.subscribe(options))
      yield { ...page, events: page.events.map((event) => this.spoil(event)) };
  }

  private spoil(event: StoredEvent): StoredEvent {
    return this.mended || event.type !== this.type
      ? event
      : { ...event, data: event.data.replace(/"cycle":\d+/, '"cycle":"张三标记"') };
  }
}
