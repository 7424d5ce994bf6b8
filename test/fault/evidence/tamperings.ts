import type { StoredEvent } from '@aftercare/event-store';
import { edited, flipped, forged, rowOf, without, type History } from './tampering';

type Change = (rows: StoredEvent[], history: History) => StoredEvent[];

/** What is done, what verify calls it, and what it must say. */
export const TAMPERINGS: readonly (readonly [string, Change, string, RegExp])[] = [
  [
    'one byte flipped in a payload',
    (rows, { streams: [a] }) => edited(rows, [a, 1], ({ data }) => ({ data: flipped(data, 'first', 'farst') })),
    'PAYLOAD_ALTERED',
    /revision 1 .* one byte of its payload was changed: byte \d+, in note, was "i" and is "a"/,
  ],
  [
    'one byte flipped in metadata',
    (rows, { streams: [a] }) =>
      edited(rows, [a, 1], ({ metadata }) => ({ metadata: flipped(metadata, 'staff-1', 'staff-2') })),
    'METADATA_ALTERED',
    /one byte of its metadata was changed: byte \d+, in id, was "1" and is "2"/,
  ],
  [
    'one byte flipped in ciphertext',
    (rows, { streams: [, b] }) =>
      edited(rows, [b, 0], ({ data }) => ({
        data: data.replace(
          /("ciphertext":".{20})(.)/,
          (_, before: string, one: string) => before + (one === 'A' ? 'B' : 'A'),
        ),
      })),
    'CIPHERTEXT_ALTERED',
    /revision 0 .* one byte of its encrypted personal part was changed/,
  ],
  [
    'a time changed',
    (rows, { streams: [a] }) =>
      edited(rows, [a, 1], ({ metadata }) => ({
        metadata: flipped(metadata, '"recordedAt":"2026-03-01T09', '"recordedAt":"2026-03-01T08'),
      })),
    'TIME_ALTERED',
    /byte of its metadata was changed: byte \d+, in recordedAt, was "9" and is "8"/,
  ],
  [
    'several bytes changed',
    (rows, { streams: [a] }) => edited(rows, [a, 1], ({ data }) => ({ data: flipped(data, 'first', 'never') })),
    'BYTES_ALTERED',
    /its bytes are not those that were hashed/,
  ],
  [
    'two events swapped in place',
    (rows, { streams: [a] }) => {
      const [one, two] = [rows[rowOf(rows, a, 1)]!, rows[rowOf(rows, a, 2)]!];
      const content = ({ eventId, data, metadata }: StoredEvent) => ({ eventId, data, metadata });
      return edited(
        edited(rows, [a, 1], () => content(two)),
        [a, 2],
        () => content(one),
      );
    },
    'SWAPPED',
    /revision 1 .* it was swapped with the event .* that stands behind it/,
  ],
  [
    'two events swapped by their revisions',
    (rows, { streams: [a] }) => {
      const [one, two] = [rowOf(rows, a, 1), rowOf(rows, a, 2)];
      return rows.map((row, at) => (at === one ? { ...row, revision: 2 } : at === two ? { ...row, revision: 1 } : row));
    },
    'SWAPPED',
    /it was swapped with the event/,
  ],
  [
    'the newest anchored event deleted',
    (rows, { streams: [, b] }) => without(rows, [b, 4]),
    'TAIL_DELETED',
    /ends at revision 3, but had revision 4: its newest events were deleted \(anchor 2 of/,
  ],
  [
    'a middle event deleted',
    (rows, { streams: [a] }) => without(rows, [a, 1]),
    'EVENT_DELETED',
    /revision 1 is missing before it: an event was deleted from the middle/,
  ],
  [
    'a whole stream deleted',
    (rows, { streams: [, , c] }) => rows.filter(({ stream }) => stream !== c),
    'STREAM_DELETED',
    /is gone as a whole: it had revisions 0 to 2 \(anchor 1 of/,
  ],
  [
    'a whole store emptied of events',
    (rows, { ledger }) => rows.filter(({ stream }) => stream === ledger),
    'STREAM_DELETED',
    /is gone as a whole/,
  ],
  [
    'a history forged and chained again with the same code',
    (rows, { streams: [, , c], writer }) => forged(rows, c, writer),
    'REWRITTEN',
    /was written anew: its chain is whole, but revision 2 is not the event that was anchored/,
  ],
  [
    'an event moved to another stream',
    (rows, { streams: [a, , c] }) => edited(rows, [a, 5], () => ({ stream: c, revision: 3 })),
    'MOVED',
    /its id was not made for this stream: it was moved here from another one/,
  ],
  [
    'an event put in among anchored ones',
    (rows, { streams: [, , c], writer, ledger }) => {
      const last = rows[rowOf(rows, c, 2)]!;
      const { hash, recordedAt } = JSON.parse(last.metadata) as { hash: string; recordedAt: string };
      const [extra] = writer.encode(c, { revision: 2, hash, recordedAt }, [
        { type: 'sample.Noted', data: { note: 'slipped in' } },
      ]);
      // It takes the first anchor's place in the order of the store, which moves to the end.
      const place = rows[rowOf(rows, ledger, 1)]!.position;
      const isAnchor = (row: StoredEvent) => row.stream === ledger && row.revision > 0;
      let end = rows.at(-1)!.position;
      const anchors = rows.filter(isAnchor).map((row) => ({ ...row, position: (end = next(end)) }));
      const all = [...rows.filter((row) => !isAnchor(row)), { ...extra!, position: place }];
      return [...all.sort((one, two) => (one.position < two.position ? -1 : 1)), ...anchors];
    },
    'EVENTS_ADDED',
    /had nothing behind revision 2, and now has revision 3 there/,
  ],
  [
    'an anchor altered',
    (rows, { ledger }) =>
      edited(rows, [ledger, 1], ({ data }) => ({
        data: data.replace(/"root":"../, (found) => `"root":"${found.endsWith('00') ? '11' : '00'}`),
      })),
    'ANCHOR_ALTERED',
    /entry 1 of the anchor ledger was altered: its bytes are not those that were hashed/,
  ],
];

const next = (position: string): string =>
  position.slice(0, -20) + String(Number(position.slice(-20)) + 1).padStart(20, '0');
