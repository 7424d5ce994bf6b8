import type { DomainEvent, Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../events';
import type { Case, ExistingComplaint, Measured } from '../state';
import { carried } from './carried';
import { withHandler } from './closing';

type EventNamed<Type extends ComplaintEvent['type']> = Extract<ComplaintEvent, DomainEvent<Type>>;

export type CaseEvent = EventNamed<
  | 'complaint.ComplaintRegistered'
  | 'complaint.HandlerAssigned'
  | 'complaint.HandlerReleased'
  | 'complaint.ComplaintAcknowledged'
  | 'complaint.ComplainantContacted'
  | 'complaint.SubjectIdentified'
  | 'complaint.ComplaintClassified'
  | 'complaint.EvidenceAttached'
  | 'complaint.ExternalReferenceAdded'
  | 'complaint.ExternalReplySent'
  | 'complaint.ExternalDecisionReceived'
  | 'complaint.LegalHoldPlaced'
  | 'complaint.LegalHoldLifted'
  | 'complaint.NoteAdded'
  | 'complaint.ControlPointReminded'
  | 'complaint.ControlPointMissed'
  | 'complaint.SeverityAssessed'
  | 'complaint.SeverityLoweringProposed'
  | 'complaint.SeverityLoweringRejected'
  | 'complaint.InformationRequested'
  | 'complaint.InformationReceived'
  | 'complaint.InformationRequestWithdrawn'
  | 'complaint.ComplaintVerified'
  | 'complaint.ContainmentTaken'
>;

/** What becomes known of a complaint, who takes care of it, and how grave it is. */
// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
export const evolveCase = (complaint: ExistingComplaint, event: Recorded<CaseEvent>): ExistingComplaint => {
  switch (event.type) {
    case 'complaint.ComplaintRegistered':
    case 'complaint.NoteAdded':
    case 'complaint.ContainmentTaken':
      return complaint;
    case 'complaint.HandlerAssigned':
      return withHandler(complaint, event.data.handler);
    case 'complaint.HandlerReleased':
      return { ...complaint, handler: undefined };
    case 'complaint.ComplaintAcknowledged': {
      const known = withContact(complaint, event.data);
      return known.status === 'registered' ? { ...carried(known), status: 'verifying' } : known;
    }
    case 'complaint.ComplainantContacted':
      return contacted(complaint, event);
    case 'complaint.SubjectIdentified':
      return { ...complaint, about: { ...complaint.about, ...event.data.about } };
    case 'complaint.ComplaintClassified': {
      const { complaintCategory: category, graveCause } = event.data;
      const measured = graveCause ? { ...complaint.measured, graveCause } : complaint.measured;
      return { ...complaint, category, measured };
    }
    case 'complaint.EvidenceAttached':
      return { ...complaint, evidence: [...complaint.evidence, event.data.attachmentId] };
    case 'complaint.ExternalReferenceAdded': {
      const { referenceId } = event.data;
      return { ...complaint, external: [...complaint.external, { referenceId, answered: false, decided: false }] };
    }
    case 'complaint.ExternalReplySent':
      return withReference(complaint, event.data.referenceId, { answered: true });
    case 'complaint.ExternalDecisionReceived':
      return withReference(complaint, event.data.referenceId, { decided: true });
    case 'complaint.LegalHoldPlaced':
      return { ...complaint, holds: [...complaint.holds, { holdId: event.data.holdId, open: true }] };
    case 'complaint.LegalHoldLifted': {
      const holds = complaint.holds.map((one) => (one.holdId === event.data.holdId ? { ...one, open: false } : one));
      return { ...complaint, holds };
    }
    case 'complaint.ControlPointReminded': {
      const { point, round, count } = event.data;
      return { ...complaint, clockNotes: [...complaint.clockNotes, reminderNote(point, round, count)] };
    }
    case 'complaint.ControlPointMissed': {
      const { point, round, dueBy } = event.data;
      return { ...complaint, clockNotes: [...complaint.clockNotes, missNote(point, round, dueBy)] };
    }
    case 'complaint.SeverityAssessed': {
      const { severity, provisional, safetyMatched } = event.data;
      return {
        ...complaint,
        severity,
        provisional,
        safetyMatched,
        measured: measuredOf(event.data),
        lowering: undefined,
      };
    }
    case 'complaint.SeverityLoweringProposed': {
      const { loweringId, severity } = event.data;
      const by = event.metadata.actor.id;
      return { ...complaint, lowering: { loweringId, severity, by, ...measuredOf(event.data) } };
    }
    case 'complaint.SeverityLoweringRejected':
      return { ...complaint, lowering: undefined };
    case 'complaint.InformationRequested': {
      const { requestId, from } = event.data;
      const asked = { requestId, ofComplainant: from === 'complainant', open: true };
      return { ...complaint, requests: [...complaint.requests, asked] };
    }
    case 'complaint.InformationReceived':
      return event.data.complete ? withoutRequest(complaint, event.data.requestId) : complaint;
    case 'complaint.InformationRequestWithdrawn':
      return withoutRequest(complaint, event.data.requestId);
    case 'complaint.ComplaintVerified': {
      const { genuine, complete } = event.data;
      return { ...complaint, verified: { genuine, complete } };
    }
    default:
      return unheardOf(complaint, event);
  }
};

/** A reminder is sent once per control point, round and count. */
export const reminderNote = (point: string, round: number, count: number): string =>
  `${point} ${round} remind ${count}`;

/** A miss is recorded once per control point, round and deadline: a raised severity has an earlier one. */
export const missNote = (point: string, round: number, dueBy: string): string => `${point} ${round} missed ${dueBy}`;

const measuredOf = ({ nature, reach, urgency, safety, graveCause }: Measured): Measured => ({
  safety,
  ...(nature && { nature }),
  ...(reach && { reach }),
  ...(urgency && { urgency }),
  ...(graveCause && { graveCause }),
});

const withContact = (
  complaint: ExistingComplaint,
  { contactId, reached }: Case['contacts'][number],
): ExistingComplaint => ({ ...complaint, contacts: [...complaint.contacts, { contactId, reached }] });

const contacted = (
  complaint: ExistingComplaint,
  { data, metadata }: Recorded<EventNamed<'complaint.ComplainantContacted'>>,
): ExistingComplaint => {
  const known = withContact(complaint, data);
  const isAttempt = data.purpose === 'verdict' && data.direction === 'outbound' && !data.reached;
  return isAttempt ? { ...known, verdictAttempts: [...known.verdictAttempts, metadata.recordedAt] } : known;
};

const withReference = (
  complaint: ExistingComplaint,
  referenceId: string,
  change: Partial<Case['external'][number]>,
): ExistingComplaint => ({
  ...complaint,
  external: complaint.external.map((one) => (one.referenceId === referenceId ? { ...one, ...change } : one)),
});

const withoutRequest = (complaint: ExistingComplaint, requestId: string): ExistingComplaint => ({
  ...complaint,
  requests: complaint.requests.map((one) => (one.requestId === requestId ? { ...one, open: false } : one)),
});

const unheardOf = (complaint: ExistingComplaint, _event: never): ExistingComplaint => complaint;
