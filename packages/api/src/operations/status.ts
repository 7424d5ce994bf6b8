import type { Platform } from '../composition/platform';

/** How far everything is: for people, over HTTP and on the command line. */
export const statusOf = async ({ stores, reading, analytics, clock }: Platform): Promise<object> => {
  const { storeId, lineageId, formatVersion, simulated } = stores.store.meta;
  const head = await stores.store.head();
  return {
    at: clock.now(),
    store: { storeId, lineageId, formatVersion, simulated, ...(head === undefined ? {} : { head }) },
    working: reading.working(),
    consumers: await reading.status(),
    // A command's data may hold ids only, but who looks at a queue need not see it.
    parked: (await reading.parked()).map(({ process, instance, commandId, command, attempts, lastFailure }) => ({
      process,
      instance,
      commandId,
      command: command.type,
      stream: command.stream,
      attempts,
      lastFailure,
    })),
    alarmFaults: reading.wakeFaults(),
    analytics: await analytics.health(),
  };
};
