import type { PersonalPart, RecordedEvent } from '@aftercare/domain';

/** A personal part as a read model keeps it: sealed, with where it came from, so that whoever shows it can open it. */
export interface SealedRef {
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  /** The schema version it was stored under. */
  readonly version: number;
  readonly part: PersonalPart;
}

/** The parts of an event that belong to `subject` (absent: all of them), still sealed. */
export const sealedParts = (event: RecordedEvent, subject?: string): readonly SealedRef[] =>
  event.personal
    .filter((part) => subject === undefined || part.subject === subject)
    .map((part) => ({
      stream: event.stream,
      eventId: event.eventId,
      type: event.type,
      version: event.metadata.schemaVersion,
      part,
    }));
