import type { RecordedEvent } from '@aftercare/domain/kernel';
import type { CommandEnvelope, CommandOutcome } from '../port/command-envelope';
import type { LoadedStream } from './load-stream';

/** Refusals that come from writing itself, whatever the aggregate. */
export const RUNNER_REFUSALS = {
  occurredInFuture: 'EVENT.OCCURRED_IN_FUTURE',
  alreadyExists: 'STREAM.ALREADY_EXISTS',
} as const;

export const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): CommandOutcome => ({
  status: 'refused',
  code,
  details,
});

/** Answers that need no decision. Repeats come first: a retry must not fail because the stream has moved on. */
export const settledBefore = (
  envelope: CommandEnvelope,
  digest: string,
  { head, events }: LoadedStream,
): CommandOutcome | undefined => {
  const own = events.filter((event) => event.metadata.commandId === envelope.commandId);
  if (own.length > 0) return firstResult(own, digest);
  if (head === 'none') return envelope.creates ? undefined : { status: 'not-found' };
  if (envelope.creates) return refused(RUNNER_REFUSALS.alreadyExists);
  if (envelope.seenRevision !== undefined && envelope.seenRevision !== head.revision)
    return { status: 'stale', revision: head.revision };
  return undefined;
};

const firstResult = (own: readonly RecordedEvent[], digest: string): CommandOutcome => {
  if (own.some((event) => event.metadata.commandDigest !== digest)) return { status: 'key-reused' };
  const last = own.at(-1)!;
  return {
    status: 'done',
    stream: last.stream,
    revision: last.revision,
    position: last.position,
    repeated: true,
    events: own.map(({ type, eventId, data }) => ({ type, eventId, data })),
  };
};
