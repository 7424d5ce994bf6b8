import { setTimeout } from 'node:timers/promises';
import {
  OutcomeUnknownError,
  type AppendResult,
  type EncodedEvent,
  type EventStore,
  type Head,
} from '../port/event-store';

/** Real time, not business time: what is waited for is a server. */
const PAUSES_MS = [50, 200, 800];

/**
 * Appends; after an unknown outcome sends the same bytes again, which the store recognises by their ids if the first
 * attempt had got through. Gives up with `OutcomeUnknownError`.
 */
export const appendForSure = async (
  store: Pick<EventStore, 'append'>,
  stream: string,
  events: readonly EncodedEvent[],
  expected: Head,
): Promise<AppendResult> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await store.append(stream, events, { expected });
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      if (!(error instanceof OutcomeUnknownError) || pause === undefined) throw error;
      await setTimeout(pause);
    }
  }
};
