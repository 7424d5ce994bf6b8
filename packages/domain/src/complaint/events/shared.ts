import { id, label, oneOf, optional, part, ROLES, text, whole } from '../../kernel/index';
import { keptInClear } from '../../kernel/in-clear';
import { rating } from '../../vocabulary';

/** Handling rounds: 1 at registration. */
export const round = whole(1, 1_000);

/** What a person wrote to justify an act, under the case's key since version 2. */
export const reasonSaid = { reason: optional(text(500)) };
export const reasonInClear = { version: 2, upcasts: [keptInClear('reason')] };

/** A member of staff by an opaque id and the role in which they act; never a name. */
export const staff = () => part({ id: id(), role: oneOf(ROLES) });

/** Who may be asked for information. */
export const INFORMANTS = ['complainant', 'staff', 'outlet', 'supplier', 'external-body', 'other'] as const;
export const EVIDENCE_KINDS = ['photo', 'invoice', 'recording', 'chat-log', 'report', 'document', 'other'] as const;
export const COMPLAINT_CONTACT_PURPOSES = [
  'intake',
  'acknowledge',
  'information',
  'progress',
  'chase',
  'outcome',
  'verdict',
  'other',
] as const;

/** What the complaint is about, by ids; nothing: it stands alone. `staff` is the person complained about. */
export const about = {
  ticketId: optional(id()),
  workOrderId: optional(id()),
  outletId: optional(id()),
  staff: optional(staff()),
  unitId: optional(id()),
  category: optional(label()),
  model: optional(label()),
};

/** 满意度评估表, the instrument of DEC-10 that belongs to complaints, once per round. */
export const evaluationForm = () =>
  part({ fairness: rating(), timeliness: rating(), attitude: rating(), result: rating(), scaleVersion: whole(1) });

/** Who decided: a version of a rule, or a person. */
export const decidedBy = () =>
  part({ by: oneOf(['rule', 'person']), ruleVersion: optional(whole(1)), policyVersion: optional(whole(1)) });
