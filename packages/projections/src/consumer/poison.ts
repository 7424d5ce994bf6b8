import type { RecordedEvent } from '@aftercare/domain';
import type { StoredEvent } from '@aftercare/event-store';

/** Where an event stands; enough to find it, nothing of what it says. */
export type EventPlace = Pick<StoredEvent, 'position' | 'stream' | 'revision' | 'type'>;

/** An event that a consumer can't digest. Its consumer stops there: skipping would make a wrong row look right. */
export class PoisonEventError extends Error {
  override readonly name = 'PoisonEventError';
  constructor(
    readonly place: EventPlace,
    cause: unknown,
  ) {
    super(`${place.type} at ${place.stream}/${place.revision}: ${reasonOf(cause)}`, { cause });
  }
}

/** Another process has written to the same rows: this one's picture of them is old and must not be saved. */
export class CheckpointMovedError extends Error {
  override readonly name = 'CheckpointMovedError';
  constructor(consumer: string) {
    super(`the checkpoint of ${consumer} is not where this process left it`);
  }
}

/** Runs `digest` for one event; whatever it throws names the event. */
export const digesting = <T>(event: EventPlace | RecordedEvent, digest: () => T): T => {
  try {
    return digest();
  } catch (error) {
    if (error instanceof PoisonEventError) throw error;
    const { position, stream, revision, type } = event;
    throw new PoisonEventError({ position, stream, revision, type }, error);
  }
};

/** Errors whose messages are written by us or the engine and never quote a payload. */
const SPEAKING = new Set([
  'PoisonEventError',
  'UndecodableEventError',
  'CheckpointMovedError',
  'TypeError',
  'RangeError',
]);

/**
 * What went wrong, fit for logs and status pages: kind, code and the first own line of the trace. A parser's message, for
 * one, quotes what it parsed, so messages are passed on only where they are known not to.
 */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'a value was thrown that is no error';
  const code = (error as { code?: unknown }).code;
  const kind = typeof code === 'string' ? `${error.name} ${code}` : error.name;
  const said = SPEAKING.has(error.name) ? `${kind}: ${error.message}` : kind;
  const place = /\(?([\w.-]+\.(?:ts|js)):(\d+)/.exec(
    error.stack?.split('\n').find((line) => line.includes('/src/') || line.includes('/dist/')) ?? '',
  );
  return place && error.name !== 'PoisonEventError' ? `${said} (${place[1]}:${place[2]})` : said;
};
