import type { EventStoreDBClient } from '@eventstore/db-client';

/** A stream whose events the server may throw away, or has thrown away. */
export interface Losing {
  readonly stream: string;
  /** As in `$maxAge 3600`. */
  readonly because: string;
}

/** Stream metadata that lets the server forget events. `$tb`: everything before it was cut off. */
const FORGETTING = ['$maxAge', '$maxCount', '$tb'] as const;
const DELETED = '$streamDeleted';

/**
 * Looks at the metadata of every stream that is not the server's own: events are evidence and must not be forgotten
 * (architecture §3). Reads only what sets or deletes, wherever it stands in the log.
 */
export const losingStreams = async (client: EventStoreDBClient): Promise<readonly Losing[]> => {
  const found = new Map<string, string>();
  const subscription = client.subscribeToAll({
    fromPosition: 'start',
    filter: { filterOn: 'eventType', prefixes: ['$metadata', DELETED], checkpointInterval: 32 },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      subscription.on('data', ({ event }) => {
        if (event === undefined) return;
        const stream = event.streamId.replace(/^\$\$/, '');
        if (stream.startsWith('$')) return;
        const because = event.type === DELETED ? 'deleted' : forgetting(event.data);
        if (because === undefined) found.delete(stream);
        else found.set(stream, because);
      });
      // Said when everything before was received; what lies in the buffer then is taken first.
      const taken = () => (subscription.readableLength === 0 ? resolve() : setImmediate(taken));
      subscription.on('caughtUp', () => setImmediate(taken));
      subscription.on('error', reject);
    });
  } finally {
    await subscription.unsubscribe();
  }
  return [...found].map(([stream, because]) => ({ stream, because }));
};

const forgetting = (metadata: unknown): string | undefined => {
  const set = metadata as Readonly<Record<string, unknown>> | null;
  const words = FORGETTING.filter((name) => set?.[name] !== undefined).map((name) => `${name} ${String(set?.[name])}`);
  return words.length > 0 ? words.join(', ') : undefined;
};
