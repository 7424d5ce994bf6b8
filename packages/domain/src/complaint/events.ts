import { defineEvent, text, type EventsOf } from '../kernel/index';
import { closingEvents } from './events/closing';
import { intakeEvents } from './events/intake';
import { planEvents } from './events/plan';
import { responsibilityEvents } from './events/responsibility';
import { severityEvents } from './events/severity';
import { timerEvents } from './events/timers';
import { verificationEvents } from './events/verification';
import { round } from './events/shared';

export { COMPLAINT_CONTACT_PURPOSES, EVIDENCE_KINDS, INFORMANTS } from './events/shared';

/**
 * Stream `complaint-<uuid>` (CMP-01 … CMP-19). Every event carries `round`: 1 at registration, +1 at each second handling,
 * successful appeal against a dismissal, and reopening. What the complainant said lies under the customer's key, or under
 * the case's own where nobody is known; findings and statements lie under the case's; a person held responsible under the
 * key of that person, while `data` says role and party only.
 */
export const complaintEvents = {
  ...intakeEvents,
  ...severityEvents,
  ...verificationEvents,
  ...responsibilityEvents,
  ...planEvents,
  ...closingEvents,
  ...timerEvents,
  NoteAdded: defineEvent('complaint.NoteAdded', {
    says: { zh: '添加备注', en: 'a note was added' },
    data: { round },
    personal: { note: text(4_000) },
  }),
} as const;

export type ComplaintEvent = EventsOf<typeof complaintEvents>;
