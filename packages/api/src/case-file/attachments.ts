import { aggregateOf } from '@aftercare/domain';
import { attachmentsIn, complaintEvidence, subjectOf, ticketAttachments } from '../attachments/attachment-kinds';
import type { MatterStream } from '../audit/matter';
import { roleLabels } from '../queries/labels';
import type { Disclosure, FiledAttachment } from './contents';

/** Enough for a court, and a file that can be sent: what is beyond is listed with its digest. */
const MOST_PICTURES = 24;
const MOST_BYTES_OF_ONE = 12 * 1024 * 1024;
const MOST_BYTES = 60 * 1024 * 1024;

const KINDS = [ticketAttachments, complaintEvidence];
const EMBEDDED = ['image/jpeg', 'image/png'];

/**
 * The attachments of a case, those marked that stand in the file as pictures: the first ones, within limits, and only in a
 * file that is not masked, because nobody can mask a photograph.
 */
export const filedAttachments = (
  matter: readonly MatterStream[],
  names: ReadonlyMap<string, string>,
  disclosure: Disclosure,
): readonly FiledAttachment[] => {
  let pictures = 0;
  let bytes = 0;
  const isEmbedded = (one: { readonly mediaType: string; readonly bytes: number }): boolean => {
    if (disclosure !== 'open' || !EMBEDDED.includes(one.mediaType)) return false;
    if (pictures >= MOST_PICTURES || one.bytes > MOST_BYTES_OF_ONE || bytes + one.bytes > MOST_BYTES) return false;
    pictures += 1;
    bytes += one.bytes;
    return true;
  };
  return matter.flatMap(({ stream, events }) => {
    const kind = KINDS.find(({ aggregate }) => aggregate === aggregateOf(stream));
    if (!kind) return [];
    return attachmentsIn(kind, events).map((named) => {
      const { attachmentId, digest, mediaType, at, by } = named;
      return {
        attachmentId,
        digest,
        mediaType,
        bytes: named.bytes,
        kind: named.kind,
        stream,
        streamName: names.get(stream)!,
        at,
        role: (roleLabels as Readonly<Record<string, { readonly zh: string }>>)[by.role]?.zh ?? by.role,
        subject: subjectOf(kind, stream, { events, data: { ...named } }),
        embedded: isEmbedded(named),
      };
    });
  });
};
