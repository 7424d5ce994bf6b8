import type { RecordedEvent, SubjectId } from '@aftercare/domain/kernel';
import { memberOf, sha256 } from '../codec/hash-chain';
import { deriveEventKey } from '../codec/personal-envelope';
import type { StoredEvent } from '../port/event-store';
import type { SubjectKeys } from '../port/subject-keys';
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
  /** Whose parts can be opened; a part's key opens this part of this event and nothing else. */
  readonly opens: (subject: SubjectId) => boolean;
  /** Payloads with parts that stay closed are left out altogether, ciphertext included; their digest still verifies. */
  readonly withholdPersonal: boolean;
}

/**
 * One event as it is exported.
 * @param personal its parts as decoded
 */
export const exportedEvent = async (
  stored: StoredEvent,
  { personal }: Pick<RecordedEvent, 'personal'>,
  keys: Pick<SubjectKeys, 'find'>,
  { opens, withholdPersonal }: Disclosure,
): Promise<ExportedEvent> => {
  const { stream, revision, eventId, type, data, metadata } = stored;
  const parts = personal.filter((part) => 'ciphertext' in part);
  const disclosed: { subject: SubjectId; key: string }[] = [];
  for (const { subject } of parts) {
    if (!opens(subject)) continue;
    const key = await keys.find(subject);
    if (key !== undefined && key !== 'erased')
      disclosed.push({ subject, key: deriveEventKey(key, eventId).toString('hex') });
  }
  const withheld = withholdPersonal && disclosed.length < parts.length;
  return {
    stream,
    revision,
    eventId,
    type,
    recordedAt: memberOf(metadata, 'recordedAt') ?? '',
    dataDigest: sha256(data),
    ...(withheld ? {} : { data }),
    metadata,
    ...(disclosed.length > 0 && !withheld ? { keys: disclosed } : {}),
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
