import { aggregateOf } from '@aftercare/domain';
import { createCodec, createMemoryKeys, systemClock, type EventStore } from '@aftercare/event-store';
import { streamOfNumber } from '../audit/number';
import type { AuditSources } from '../audit/history';
import type { Config } from '../composition/config';
import { platformRegistry } from '../composition/platform';
import { openEventsToRead } from '../composition/stores';
import { PolicyShelf } from '../facts/policies-in-force';
import { Streams } from '../streams/streams';
import { CliError } from './cli-error';

/** The store opened for reading, beside a running server or without one. */
export interface ReadingDesk {
  readonly store: EventStore;
  readonly sources: AuditSources;
  /** The stream of a number, or of a stream's name. Throws `CliError`. */
  streamOf(name: string): Promise<string>;
  /** Those among the subjects who were forgotten, as the log says: their keys are gone, nobody opens their parts any more. */
  forgotten(subjects: Iterable<string>): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

const ERASED = 'customer.CustomerErased';

/**
 * What the command line reads histories from. Personal parts stay sealed: who needs to see them asks over HTTP, where it is
 * recorded.
 */
export const openReadingDesk = async (config: Config): Promise<ReadingDesk> => {
  const clock = systemClock();
  const store = await openEventsToRead(config, clock);
  const registry = platformRegistry();
  const codec = createCodec({ registry, lineageId: store.meta.lineageId });
  const streams = new Streams({ store, codec, keys: createMemoryKeys() });
  return {
    store,
    sources: {
      registry,
      clock,
      config,
      streams: { load: (stream) => streams.load(stream), openAll: (events) => Promise.resolve(events) },
      policies: new PolicyShelf(streams, clock),
    },
    streamOf: async (name) => {
      const stream = registry.aggregate(aggregateOf(name)) ? name : await streamOfNumber(store, name);
      if (stream === undefined || (await streams.load(stream)).head === 'none')
        throw new CliError(`there is no ticket or complaint with the number ${name}, nor a stream of that name`);
      return stream;
    },
    forgotten: async (subjects) => {
      // A person's own stream is the subject that their words lie under.
      const people = [...new Set(subjects)].filter((subject) => aggregateOf(subject) === 'customer');
      const isForgotten = await Promise.all(
        people.map(async (person) => (await streams.load(person)).events.some(({ type }) => type === ERASED)),
      );
      return new Set(people.filter((_, index) => isForgotten[index]));
    },
    close: () => store.close(),
  };
};
