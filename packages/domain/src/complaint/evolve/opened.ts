import type { Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../events';
import type { Complaint, NoComplaint } from '../state';
import { noResponsibility } from './responsibility';

/** The first event of a stream; anything else leaves nothing, so that a cut stream shows as no complaint. */
export const opened = (nothing: NoComplaint, event: Recorded<ComplaintEvent>): Complaint => {
  if (event.type !== 'complaint.ComplaintRegistered') return nothing;
  const { data, metadata } = event;
  return {
    status: 'registered',
    stream: event.stream,
    number: data.number,
    site: data.site,
    zone: data.zone,
    round: data.round,
    receivedAt: metadata.receivedAt ?? metadata.recordedAt,
    complainant: data.complainant,
    customer: data.customer,
    about: data.about,
    fromTicket: data.fromTicket,
    region: data.region,
    category: data.complaintCategory,
    severity: 'general',
    provisional: true,
    measured: { safety: data.safetyMarked, ...(data.graveCause && { graveCause: data.graveCause }) },
    safetyMatched: [],
    handlers: [],
    contacts: [],
    evidence: [],
    // The one given at registration has no command of its own to take an id from.
    external: data.external ? [{ referenceId: FIRST_REFERENCE, answered: false, decided: false }] : [],
    holds: [],
    requests: [],
    responsibility: noResponsibility,
    commitments: [],
    verdictAttempts: [],
    verdicts: [],
    level: 0,
    escalationDue: false,
    involved: [],
    clockNotes: [],
  };
};

/** Id of the external reference that came with the registration. */
export const FIRST_REFERENCE = 'external';
