import {
  aggregateOf,
  between,
  MINUTE,
  type Instant,
  type PersonalPart,
  type RecordedEvent,
  type Registry,
  type Role,
  type Text,
} from '@aftercare/domain';
import { roleLabels } from '../queries/labels';
import { maskFields } from '../queries/masking';
import { seesStaffNamed, shownActor, shownToReader, withoutNames } from '../queries/staff-withheld';
import { reasonsInWords, reasonsOf, sentenceOf } from './event-sentence';
import { LocalTime } from './local-time';

/** One event as an auditor reads it. */
export interface HistoryEntry {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly says: Text;
  /** Without an id where it would tell whom a complaint is about (DEC-09). */
  readonly by: { readonly id?: string; readonly role: string; readonly roleName: Text; readonly onBehalfOf?: string };
  readonly why?: Readonly<Record<string, unknown>>;
  /** The same in words. */
  readonly whySays?: readonly Text[];
  readonly receivedAt?: Instant;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** More than 15 minutes between what happened and its recording: known by somebody's statement. */
  readonly byStatement: boolean;
  /** With occurredBy: recorded after something that happened later. */
  readonly late?: boolean;
  /** The event, or the request, that caused this one. */
  readonly causedBy: { readonly id: string; readonly eventType?: string; readonly stream?: string };
  /** How many events of this history led to it, one causing the next: the indentation of the tree. */
  readonly depth: number;
  readonly commandId: string;
  readonly data: unknown;
  /** Masked. */
  readonly personal?: Readonly<Record<string, unknown>>;
  readonly erased?: boolean;
  /** True: a staff member is named here, and the reader is not one of those who may know whom (DEC-09). */
  readonly staffWithheld?: boolean;
  readonly hash: string;
}

/** Whose keys name somebody who works for the house. */
const OF_STAFF: readonly string[] = ['staff', 'engineer', 'outlet'];

/** Makes entries of the events of one history. */
export class EntryWriter {
  private readonly byId: ReadonlyMap<string, RecordedEvent>;
  private readonly time: LocalTime;

  constructor(
    private readonly registry: Registry,
    events: readonly RecordedEvent[],
    private readonly reader: Role,
    zone: string,
  ) {
    this.time = new LocalTime(zone);
    this.byId = new Map(events.map((event) => [event.eventId, event]));
  }

  /** @param event with its personal parts opened, or erased */
  entry(event: RecordedEvent): HistoryEntry {
    const { actor, occurredAt, receivedAt, recordedAt, causationId, commandId, hash } = event.metadata;
    const cause = this.byId.get(causationId);
    const seen = { ...event, data: shownToReader(event.data, this.reader) };
    const why = reasonsOf(seen);
    const shown = event.personal.filter((part) => !this.isWithheld(part));
    const fields = this.fieldsOf(shown);
    return {
      stream: event.stream,
      revision: event.revision,
      eventId: event.eventId,
      type: event.type,
      says: sentenceOf(event, this.registry, (instant) => this.time.withOffset(instant)),
      by: { ...shownActor(event, this.reader), roleName: roleLabels[actor.role] },
      ...(why ? { why, whySays: reasonsInWords(seen) } : {}),
      ...(receivedAt === undefined ? {} : { receivedAt }),
      occurredAt,
      recordedAt,
      byStatement: between(occurredAt, recordedAt) > 15 * MINUTE,
      causedBy: { id: causationId, ...(cause ? { eventType: cause.type, stream: cause.stream } : {}) },
      depth: this.depthOf(event),
      commandId,
      data: seen.data,
      ...(Object.keys(fields).length > 0 ? { personal: fields } : {}),
      ...(shown.some((part) => 'erased' in part) ? { erased: true } : {}),
      ...(shown.length < event.personal.length ? { staffWithheld: true } : {}),
      hash,
    };
  }

  /** Whoever bears a share of responsibility has a part of their own: one beside the other, or each hides the one before. */
  private fieldsOf(parts: readonly PersonalPart[]): Readonly<Record<string, unknown>> {
    const each = parts.flatMap((part) =>
      'fields' in part ? [withoutNames(maskFields(part.fields), this.reader)] : [],
    );
    const shares = each.filter((one) => 'shareId' in one && Object.keys(one).length > 1);
    const others = each.filter((one) => !('shareId' in one));
    return { ...(Object.assign({}, ...others) as object), ...(shares.length > 0 ? { shares } : {}) };
  }

  private isWithheld({ subject }: PersonalPart): boolean {
    return OF_STAFF.includes(aggregateOf(subject)) && !seesStaffNamed(this.reader);
  }

  /** Counted with a bound, because a log that was tampered with may hold a circle. */
  private depthOf(event: RecordedEvent): number {
    let depth = 0;
    let cause = this.byId.get(event.metadata.causationId);
    while (cause && depth < this.byId.size) {
      depth += 1;
      cause = this.byId.get(cause.metadata.causationId);
    }
    return depth;
  }
}
