import { setTimeout } from 'node:timers/promises';
import { StoreBusyError } from '../port/event-store';
import { failureOf, readError } from './esdb-errors';

/** A read changes nothing and is sent again after these pauses, so that a restart of the server is hardly seen. */
const PAUSES_MS = [50, 200, 800];

/** Reads, again after a failure that may pass, while `again` allows it. Throws the port's errors. */
export const patiently = async <T>(work: () => Promise<T>, again: () => boolean = () => true): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreBusyError) throw error;
      const pause = PAUSES_MS[attempt];
      if (failureOf(error) !== 'transient' || pause === undefined || !again()) throw readError(error);
      await setTimeout(pause);
    }
  }
};
