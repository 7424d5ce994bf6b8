import type { Actor, ControlPointReading, Instant, RecordedEvent } from '@aftercare/domain';
import type { NamedAttachment } from '../attachments/attachment-kinds';

/** How personal parts stand in a file: masked, readable, or never opened (the command line). */
export type Disclosure = 'masked' | 'open' | 'sealed';

/** One event as the file tells it. */
export interface FiledEvent {
  readonly event: RecordedEvent;
  /** The sentence, instants local. */
  readonly says: string;
  readonly role: string;
  readonly why: readonly string[];
  /** Label and text of each personal field that may be shown. */
  readonly personal: readonly (readonly [label: string, text: string])[];
  /** What else is to be said of its personal parts: 已删除, or that they were not opened. */
  readonly notes: readonly string[];
}

/** One stream of the case. */
export interface FiledStream {
  readonly stream: string;
  /** 投诉 KS202610001 */
  readonly name: string;
  readonly events: number;
  /** Of the last event. */
  readonly hash: string;
  /** Folded by the domain. */
  readonly state: unknown;
}

/** An attachment of a ticket or complaint. */
export interface FiledAttachment extends NamedAttachment {
  readonly stream: string;
  readonly streamName: string;
  readonly at: Instant;
  readonly role: string;
  /** Whose key it lies under. */
  readonly subject: string;
  /** True: it stands in the file as a picture. */
  readonly embedded: boolean;
}

export interface FiledControlPoints {
  readonly streamName: string;
  readonly readings: readonly ControlPointReading[];
}

/** Everything that a case file says, in order of recording. */
export interface CaseFileContents {
  /** Number of the leading complaint or ticket. */
  readonly title: string;
  readonly leading: FiledStream;
  /** The leading one first. */
  readonly streams: readonly FiledStream[];
  readonly events: readonly FiledEvent[];
  readonly controlPoints: readonly FiledControlPoints[];
  readonly attachments: readonly FiledAttachment[];
  /** Subjects whose personal parts can be read in it. */
  readonly disclosed: readonly string[];
  readonly disclosure: Disclosure;
  readonly askedBy: Actor;
  readonly reason: string;
  readonly madeAt: Instant;
  /** Zone of the site. */
  readonly zone: string;
  readonly anchor?: { readonly number: number; readonly time: Instant };
}

/** Events of the file with one of these types. */
export const eventsOf = (contents: CaseFileContents, ...types: readonly string[]): readonly FiledEvent[] =>
  contents.events.filter(({ event }) => types.includes(event.type));

/** An event's payload, whose type the store has checked. */
export const dataOf = <Data>({ event }: FiledEvent): Data => event.data as Data;
