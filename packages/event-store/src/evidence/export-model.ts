import type { RecordedEvent, SubjectId } from '@aftercare/domain/kernel';
import { memberOf, sha256 } from '../codec/hash-chain';
import type { KeysAtHand } from '../codec/encode';
import { deriveEventKey } from '../codec/personal-envelope';
import type { StoredEvent } from '../port/event-store';
import type { ProvenHeads } from './anchors';
import type { LedgerEntry } from './ledger';
import type { Digest, InclusionProof } from './merkle';

/** A line of `events.jsonl`: the bytes as stored, or their digest alone. */
export interface ExportedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** As in the metadata, once more for the eye. */
  readonly recordedAt: string;
  readonly dataDigest: Digest;
  /** The payload's text as it was hashed; absent when it is withheld. */
  readonly data?: string;
  /** The metadata's text as it was hashed, the hash at its end. */
  readonly metadata: string;
  /** Keys of this event alone, for the subjects that are disclosed. */
  readonly keys?: readonly { readonly subject: SubjectId; readonly key: string }[];
}

/** What of the personal parts leaves the house. */
export interface Disclosure {
  /** Of those whose parts can be opened; a part's key opens this part of this event and nothing else. */
  readonly keys: KeysAtHand;
  /** Payloads with parts that stay closed are left out altogether, ciphertext included; their digest still verifies. */
  readonly withholdPersonal: boolean;
}

type Parts = Pick<RecordedEvent, 'personal'>;

const keyOf = (keys: KeysAtHand, subject: SubjectId): Uint8Array | undefined => {
  const key = keys.get(subject);
  return key === 'erased' ? undefined : key;
};

const sealedIn = ({ personal }: Parts) => personal.filter((part) => 'ciphertext' in part);

/** Whether a payload is left out: the one part that is disclosed in it goes with it. */
const isWithheld = (parts: Parts, { keys, withholdPersonal }: Disclosure): boolean =>
  withholdPersonal && sealedIn(parts).some(({ subject }) => keyOf(keys, subject) === undefined);

/** Whose parts of an event can be opened by who is given it. */
export const disclosedIn = (parts: Parts, disclosure: Disclosure): readonly SubjectId[] =>
  isWithheld(parts, disclosure)
    ? []
    : sealedIn(parts).flatMap(({ subject }) => (keyOf(disclosure.keys, subject) ? [subject] : []));

/**
 * One event as it is exported.
 * @param parts its personal parts as decoded
 */
export const exportedEvent = (stored: StoredEvent, parts: Parts, disclosure: Disclosure): ExportedEvent => {
  const { stream, revision, eventId, type, data, metadata } = stored;
  const disclosed = disclosedIn(parts, disclosure).map((subject) => ({
    subject,
    key: deriveEventKey(keyOf(disclosure.keys, subject)!, eventId).toString('hex'),
  }));
  return {
    stream,
    revision,
    eventId,
    type,
    recordedAt: memberOf(metadata, 'recordedAt') ?? '',
    dataDigest: sha256(data),
    ...(isWithheld(parts, disclosure) ? {} : { data }),
    metadata,
    ...(disclosed.length > 0 ? { keys: disclosed } : {}),
  };
};

/** `proof.json`: where the streams stood at an anchor, and the ledger that leads from the first key to the newest anchor. */
export interface ExportProof {
  readonly format: 'aftercare-proof/1';
  readonly lineageId: string;
  /** Number of the anchor that the heads are proven by. */
  readonly anchor: number;
  readonly heads: readonly ({ readonly stream: string; readonly revision: number } & InclusionProof)[];
  /** Every key; anchors from the one named on. */
  readonly ledger: readonly LedgerEntry[];
}

export const exportProof = ({ anchor, heads }: ProvenHeads, ledger: readonly LedgerEntry[]): ExportProof => ({
  format: 'aftercare-proof/1',
  lineageId: anchor.lineageId,
  anchor: anchor.number,
  heads: heads.map(({ stream, revision, proof }) => ({ stream, revision, ...proof })),
  ledger,
});

/** The text that is signed for a manifest: its first line keeps it from being taken for anything else. */
export const manifestStatement = (keyId: Digest, manifest: Digest): string =>
  `aftercare export/1\n${keyId}\n${manifest}`;
