import { systemClock, verifyStore, verifyStream, type Verdict } from '@aftercare/event-store';
import { configFromEnvironment } from '../composition/environment';
import { CliError } from './cli-error';
import { openEventsToRead } from '../composition/stores';
import { progressBar } from './progress';

/** Checks the chain beside a running server or without one; exit code 1 when it is broken. */
export const verifyCommand = async (stream: string | undefined, say: (line: string) => void): Promise<0 | 1> => {
  const config = configFromEnvironment();
  const store = await openEventsToRead(config, systemClock());
  // Positions of a server don't count events.
  const bar = progressBar('events', config.eventStoreDb === undefined ? sizeOf(await store.head()) : 0);
  try {
    const verdict =
      stream === undefined
        ? await verifyStore(store, { onProgress: ({ events }) => bar.at(events) })
        : await verifyStream(store, stream, { onProgress: ({ events }) => bar.at(events) });
    bar.stop();
    if (stream !== undefined && verdict.ok && verdict.events === 0) throw new CliError(`there is no stream ${stream}`);
    say(verdictLine(verdict));
    return verdict.ok ? 0 : 1;
  } finally {
    bar.stop();
    await store.close();
  }
};

const sizeOf = (head: string | undefined): number => Number(head?.slice(-20) ?? 0);

const verdictLine = ({ ok, events, streams, firstBad }: Verdict): string => {
  if (ok)
    return `ok: ${events} events in ${streams} streams, every hash matches. Not anchored: what was cut off at an end is not seen.`;
  const { stream, revision, eventId, reason } = firstBad!;
  return `BROKEN at ${stream} revision ${revision} (event ${eventId}): ${reason}. ${events} events were looked at.`;
};
