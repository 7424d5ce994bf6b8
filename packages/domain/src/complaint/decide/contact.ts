import { event, reject, when, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents } from '../events';
import { mustBeRegistered } from '../invariants';
import type { Case, ExistingComplaint } from '../state';
import { raisedBy } from './severity';
import { happened, stored, underCase, underComplainant, type ComplaintUseCase } from './use-case';

/** A contact that is named as proof must be one of this complaint's that reached the complainant. */
export const contactMissing = ({ contacts }: Case, contactId: string): Rejection | undefined =>
  contacts.some((known) => known.contactId === contactId && known.reached)
    ? undefined
    : reject('COMPLAINT.CONTACT_UNKNOWN', { contactId });

/** Receipt is acknowledged: from now on it is verified. */
export const acknowledge: ComplaintUseCase<'AcknowledgeComplaint'> = ({ data }, complaint, { commandId }) =>
  when(complaint, mustBeRegistered, ({ round }) => {
    const { reached, channel, contactId = commandId, occurredAt } = data;
    return [event(complaintEvents.ComplaintAcknowledged, { reached, channel, contactId, round }, happened(occurredAt))];
  });

/** A conversation or letter is a fact in every state; what the complainant said may tell of a hazard. */
export const recordContact: ComplaintUseCase<'RecordContact'> = ({ data }, complaint, context) => {
  const { words, occurredAt, contactId = context.commandId, ...said } = data;
  if (complaint.contacts.some((contact) => contact.contactId === contactId)) return [];
  return [
    event(
      complaintEvents.ComplainantContacted,
      { ...said, contactId, round: complaint.round },
      { ...underComplainant(complaint, present({ words })), ...happened(occurredAt) },
    ),
    ...raisedBy(complaint, { said: [words] }, context),
  ];
};

export const addNote: ComplaintUseCase<'AddNote'> = ({ data }, complaint) => [
  event(complaintEvents.NoteAdded, { round: complaint.round }, underCase(complaint, data)),
];

/** CMP-03: in any state; the content lies elsewhere, its digest here. */
export const attachEvidence: ComplaintUseCase<'AttachEvidence'> = ({ data }, complaint) => {
  const { description, ...file } = data;
  if (complaint.evidence.includes(file.attachmentId)) return [];
  const fields = present({ description });
  const part = file.from === 'complainant' ? underComplainant(complaint, fields) : underCase(complaint, fields);
  return [event(complaintEvents.EvidenceAttached, { ...file, round: complaint.round }, part)];
};

/** An external body makes it at least important. */
export const addExternalReference: ComplaintUseCase<'AddExternalReference'> = ({ data }, complaint, context) => {
  const { body, reference, dueBy } = data;
  const told = present({ referenceId: context.commandId, body, reference, dueBy: dueBy && stored(dueBy) });
  return [
    event(complaintEvents.ExternalReferenceAdded, { ...told, round: complaint.round }),
    ...raisedBy(complaint, { external: true }, context),
  ];
};

const referenceOf = ({ external }: ExistingComplaint, id: string) =>
  external.find(({ referenceId }) => referenceId === id);

export const recordExternalReply: ComplaintUseCase<'RecordExternalReply'> = ({ data }, complaint) => {
  const { referenceId, occurredAt } = data;
  const known = referenceOf(complaint, referenceId);
  if (!known) return reject('COMPLAINT.REFERENCE_UNKNOWN');
  if (known.answered) return [];
  return [event(complaintEvents.ExternalReplySent, { referenceId, round: complaint.round }, happened(occurredAt))];
};

export const recordExternalDecision: ComplaintUseCase<'RecordExternalDecision'> = ({ data }, complaint) => {
  const { referenceId, decision, words, occurredAt } = data;
  const known = referenceOf(complaint, referenceId);
  if (!known) return reject('COMPLAINT.REFERENCE_UNKNOWN');
  if (known.decided) return reject('COMPLAINT.REFERENCE_DECIDED');
  return [
    event(
      complaintEvents.ExternalDecisionReceived,
      { referenceId, decision, round: complaint.round },
      { ...underCase(complaint, present({ words })), ...happened(occurredAt) },
    ),
  ];
};

/** DEC-15: nothing of it is forgotten meanwhile. In any state. */
export const placeLegalHold: ComplaintUseCase<'PlaceLegalHold'> = ({ data }, complaint, { commandId }) => [
  event(complaintEvents.LegalHoldPlaced, { holdId: commandId, round: complaint.round }, underCase(complaint, data)),
];

export const liftLegalHold: ComplaintUseCase<'LiftLegalHold'> = ({ data }, complaint) => {
  const { holdId, reason } = data;
  const hold = complaint.holds.find((one) => one.holdId === holdId);
  if (!hold) return reject('COMPLAINT.HOLD_UNKNOWN');
  const { round } = complaint;
  return hold.open ? [event(complaintEvents.LegalHoldLifted, { holdId, round }, underCase(complaint, { reason }))] : [];
};
