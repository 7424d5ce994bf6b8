import {
  code,
  defineEvent,
  flag,
  id,
  instant,
  label,
  list,
  oneOf,
  optional,
  part,
  region,
  text,
  whole,
  zone,
} from '../../kernel/index';
import { ROLES } from '../../kernel/index';
import { inClear } from '../../kernel/in-clear';
import { attachment, channel } from '../../vocabulary';
import { complaintCategory, externalBody, graveCause } from '../words';
import { about, COMPLAINT_CONTACT_PURPOSES, EVIDENCE_KINDS, reasonInClear, reasonSaid, round, staff } from './shared';

/** CMP-01 … CMP-05, CMP-11, CMP-16: coming in, being taken care of, and talking with the complainant. */
export const intakeEvents = {
  ComplaintRegistered: defineEvent('complaint.ComplaintRegistered', {
    says: { zh: '登记投诉', en: 'the complaint was registered' },
    data: {
      number: code(20),
      serial: whole(1),
      site: code(),
      zone: zone(),
      channel: channel(),
      /** Who took it in; `training` names the record that qualifies them for the channel (CMP-02), absent: none was named. */
      receiver: part({ id: id(), role: oneOf(ROLES), training: optional(code(80)) }),
      complainant: oneOf(['customer', 'other-person', 'anonymous']),
      /** Stream of the customer, whose key holds what they said; absent: the case's own key does. */
      customer: optional(code(80)),
      complaintCategory: complaintCategory(),
      graveCause: optional(graveCause()),
      safetyMarked: flag(),
      /** When what is complained about happened, by the complainant's word. */
      happenedAt: optional(instant()),
      region: optional(region()),
      about: part(about),
      /** The ticket that became this complaint: its words stand there. */
      fromTicket: optional(id()),
      external: optional(part({ body: externalBody(), reference: label(), dueBy: optional(instant()) })),
      round,
    },
    personal: {
      words: optional(text(4_000)),
      place: optional(text(300)),
      contactName: optional(text(100)),
      contactPhone: optional(text(40)),
      address: optional(text(300)),
      personNamed: optional(text(200)),
    },
  }),
  HandlerAssigned: defineEvent('complaint.HandlerAssigned', {
    says: { zh: '指定投诉处理人', en: 'a handler was assigned' },
    data: {
      handler: staff(),
      /** Superiors of the handler as the assigner stated them: none of them is the person complained about. */
      isSubordinateOf: list(id(), 20),
      previous: optional(staff()),
      reason: optional(code()),
      round,
    },
  }),
  /** The handler turned out to be the person complained about, or to report to them. */
  HandlerReleased: defineEvent('complaint.HandlerReleased', {
    says: { zh: '处理人回避', en: 'the handler was released' },
    data: { handler: staff(), reason: oneOf(['named-in-complaint', 'subordinate', 'other']), round },
  }),
  ComplaintAcknowledged: defineEvent('complaint.ComplaintAcknowledged', {
    says: { zh: '已受理并答复客户', en: 'receipt was acknowledged' },
    data: { reached: flag(), channel: channel(), contactId: code(80), round },
  }),
  /** Every conversation or letter; a chase 催单 is an inbound one with that purpose, an attempt for a verdict an outbound one. */
  ComplainantContacted: defineEvent('complaint.ComplainantContacted', {
    says: { zh: '与投诉人联系', en: 'the complainant was contacted' },
    data: {
      contactId: code(80),
      direction: oneOf(['inbound', 'outbound']),
      channel: channel(),
      purpose: oneOf(COMPLAINT_CONTACT_PURPOSES),
      reached: flag(),
      round,
    },
    personal: { words: optional(text(4_000)) },
  }),
  /** Who or what it is about became known, or was wrong before. Members given replace what stood there. */
  SubjectIdentified: defineEvent('complaint.SubjectIdentified', {
    says: { zh: '明确投诉对象', en: 'what the complaint is about was identified' },
    ...reasonInClear,
    data: { about: part(about), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  ComplaintClassified: defineEvent('complaint.ComplaintClassified', {
    says: { zh: '更正投诉类别', en: 'the category was corrected' },
    ...reasonInClear,
    data: { complaintCategory: complaintCategory(), graveCause: optional(graveCause()), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  EvidenceAttached: defineEvent('complaint.EvidenceAttached', {
    says: { zh: '添加证据', en: 'evidence was attached' },
    data: {
      ...attachment,
      kind: oneOf(EVIDENCE_KINDS),
      from: oneOf(['complainant', 'staff', 'third-party']),
      round,
    },
    personal: { description: optional(text(1_000)) },
  }),
  ExternalReferenceAdded: defineEvent('complaint.ExternalReferenceAdded', {
    says: { zh: '登记外部机构编号', en: 'a reference of an external body was added' },
    data: { referenceId: id(), body: externalBody(), reference: label(), dueBy: optional(instant()), round },
  }),
  /** We answered the external body within or after its time. */
  ExternalReplySent: defineEvent('complaint.ExternalReplySent', {
    says: { zh: '已答复外部机构', en: 'the external body was answered' },
    data: { referenceId: id(), round },
  }),
  ExternalDecisionReceived: defineEvent('complaint.ExternalDecisionReceived', {
    says: { zh: '收到外部机构处理结果', en: 'an external body decided' },
    data: { referenceId: id(), decision: oneOf(['for-complainant', 'settled', 'for-company', 'not-pursued']), round },
    personal: { words: optional(text(4_000)) },
  }),
  LegalHoldPlaced: defineEvent('complaint.LegalHoldPlaced', {
    says: { zh: '设置法律保全', en: 'a legal hold was placed' },
    ...reasonInClear,
    data: { holdId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  LegalHoldLifted: defineEvent('complaint.LegalHoldLifted', {
    says: { zh: '解除法律保全', en: 'a legal hold was lifted' },
    ...reasonInClear,
    data: { holdId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
} as const;
