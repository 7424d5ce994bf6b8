import {
  code,
  dateTime,
  defineCommand,
  flag,
  id,
  label,
  list,
  oneOf,
  optional,
  part,
  region,
  ROLES,
  text,
  uuid,
} from '../../kernel/index';
import { attachment, channel } from '../../vocabulary';
import { COMPLAINT_CONTACT_PURPOSES, EVIDENCE_KINDS } from '../events/shared';
import { complaintCategory, externalBody, graveCause } from '../words';
import { ANYBODY, CASE, DESK, LEAD, SYSTEM } from './roles';

const occurredAt = optional(dateTime());
const handler = part({ id: id(), role: oneOf(CASE) });
const isSubordinateOf = optional(list(id(), 20));
const staff = part({ id: id(), role: oneOf(ROLES) });

const subject = {
  ticketId: optional(uuid()),
  workOrderId: optional(uuid()),
  outletId: optional(id()),
  staff: optional(staff),
  unitId: optional(id()),
  category: optional(label()),
  model: optional(label()),
};
const external = part({ body: externalBody(), reference: label(), dueBy: optional(dateTime()) });

/** What a new complaint says. Without `customerId` it is another person's, or an anonymous one when nobody is named. */
const intake = {
  customerId: optional(uuid()),
  channel: channel(),
  words: text(4_000),
  complaintCategory: optional(complaintCategory()),
  graveCause: optional(graveCause()),
  safetyMarked: optional(flag()),
  happenedAt: optional(dateTime()),
  place: optional(text(300)),
  region: optional(region()),
  ...subject,
  /** Whom the complainant named, where no id is known. */
  personNamed: optional(text(200)),
  external: optional(external),
  contactName: optional(text(100)),
  contactPhone: optional(text(40)),
  address: optional(text(300)),
  receivedAt: optional(dateTime()),
};

const example = {
  customerId: '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0001',
  words: '约好的时间没人来,打电话还顶撞我',
  complaintCategory: 'attitude',
  happenedAt: '2026-09-30T10:00:00+08:00',
  place: '客户家中',
  ticketId: '7d9f1c52-0000-4000-8000-000000000001',
  contactName: '张三',
  contactPhone: '13800000000',
} as const;

/** Taking a complaint in, giving it to somebody, and talking with the complainant. */
export const intakeCommands = {
  RegisterComplaint: defineCommand('complaint.RegisterComplaint', {
    kind: 'creates',
    roles: DESK,
    says: { zh: '登记投诉', en: 'register a complaint' },
    data: {
      ...intake,
      /** Training record that qualifies the receiver for this channel (CMP-02). */
      training: optional(code(80)),
    },
    example: { ...example, channel: 'phone', training: 'TR-2026-0007' },
  }),
  SubmitComplaint: defineCommand('complaint.SubmitComplaint', {
    kind: 'creates',
    roles: ['channel'],
    says: { zh: '客户自助提交投诉', en: 'submit a complaint for a customer' },
    data: intake,
    example: { ...example, channel: 'wechat' },
  }),
  RegisterFromTicket: defineCommand('complaint.RegisterFromTicket', {
    kind: 'creates',
    roles: SYSTEM,
    internal: true,
    says: { zh: '工单转为投诉', en: 'a ticket becomes a complaint' },
    data: {
      ticketId: id(),
      customerId: id(),
      channel: channel(),
      receiver: staff,
      complaintCategory: complaintCategory(),
      safetyMarked: flag(),
      region: optional(region()),
      unitId: optional(id()),
      category: optional(label()),
      model: optional(label()),
      receivedAt: dateTime(),
    },
    example: {
      ticketId: example.ticketId,
      customerId: example.customerId,
      channel: 'phone',
      receiver: { id: 'agent-1', role: 'agent' },
      complaintCategory: 'other',
      safetyMarked: false,
      receivedAt: '2026-10-01T16:00:00+08:00',
    },
  }),
  AssignHandler: defineCommand('complaint.AssignHandler', {
    kind: 'seen-state',
    roles: LEAD,
    says: { zh: '指定处理人', en: 'assign the handler' },
    data: { handler, isSubordinateOf, reason: optional(code()) },
    example: { handler: { id: 'crm-1', role: 'crm' }, isSubordinateOf: ['supervisor-1'] },
  }),
  TakeComplaint: defineCommand('complaint.TakeComplaint', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '接手投诉', en: 'take the complaint oneself' },
    data: { isSubordinateOf },
    example: { isSubordinateOf: ['supervisor-1'] },
  }),
  AcknowledgeComplaint: defineCommand('complaint.AcknowledgeComplaint', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '受理并答复客户', en: 'acknowledge receipt to the complainant' },
    data: { reached: flag(), channel: channel(), contactId: optional(code(80)), occurredAt },
    example: { reached: true, channel: 'phone' },
  }),
  RecordContact: defineCommand('complaint.RecordContact', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '记录与投诉人的联系', en: 'record a contact with the complainant' },
    data: {
      contactId: optional(code(80)),
      direction: oneOf(['inbound', 'outbound']),
      channel: channel(),
      purpose: oneOf(COMPLAINT_CONTACT_PURPOSES),
      reached: flag(),
      words: optional(text(4_000)),
      occurredAt,
    },
    example: { direction: 'inbound', channel: 'phone', purpose: 'chase', reached: true, words: '怎么还没结果' },
  }),
  IdentifySubject: defineCommand('complaint.IdentifySubject', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '明确投诉对象', en: 'say what or whom the complaint is about' },
    data: {
      ...subject,
      /** Where a person is named: the superiors of the present handler. */
      handlerIsSubordinateOf: isSubordinateOf,
      reason: text(500),
    },
    example: { staff: { id: 'e0000000-0000-4000-8000-000000000001', role: 'engineer' }, reason: '派工单核实' },
  }),
  ClassifyComplaint: defineCommand('complaint.ClassifyComplaint', {
    kind: 'seen-state',
    roles: ANYBODY,
    says: { zh: '更正投诉类别', en: 'correct the category, or name a grave cause' },
    data: { complaintCategory: complaintCategory(), graveCause: optional(graveCause()), reason: text(500) },
    example: { complaintCategory: 'attitude', graveCause: 'improper-speech', reason: '录音核实' },
  }),
  /** Its address takes the content itself and sends this when it is stored: nobody can name a content that isn't there. */
  AttachEvidence: defineCommand('complaint.AttachEvidence', {
    kind: 'intent',
    roles: [...ANYBODY, 'engineer', 'outlet', 'channel'],
    says: { zh: '添加证据', en: 'attach evidence' },
    data: {
      ...attachment,
      kind: oneOf(EVIDENCE_KINDS),
      from: oneOf(['complainant', 'staff', 'third-party']),
      description: optional(text(1_000)),
    },
    example: {
      attachmentId: '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0009',
      digest: 'a'.repeat(64),
      mediaType: 'image/jpeg',
      bytes: 120_000,
      kind: 'photo',
      from: 'complainant',
    },
  }),
  AddExternalReference: defineCommand('complaint.AddExternalReference', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '登记外部机构编号', en: 'add the reference of an external body' },
    data: { body: externalBody(), reference: label(), dueBy: optional(dateTime()) },
    example: { body: '12315', reference: '2026100100012345', dueBy: '2026-10-08T17:00:00+08:00' },
  }),
  RecordExternalReply: defineCommand('complaint.RecordExternalReply', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '登记已答复外部机构', en: 'record that the external body was answered' },
    data: { referenceId: id(), occurredAt },
    example: { referenceId: 'external' },
  }),
  RecordExternalDecision: defineCommand('complaint.RecordExternalDecision', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '登记外部机构处理结果', en: 'record what the external body decided' },
    data: {
      referenceId: id(),
      decision: oneOf(['for-complainant', 'settled', 'for-company', 'not-pursued']),
      words: optional(text(4_000)),
      occurredAt,
    },
    example: { referenceId: 'external', decision: 'settled' },
  }),
  PlaceLegalHold: defineCommand('complaint.PlaceLegalHold', {
    kind: 'seen-state',
    roles: LEAD,
    says: { zh: '设置法律保全', en: 'place a legal hold' },
    data: { reason: text(500) },
    example: { reason: '客户已起诉' },
  }),
  LiftLegalHold: defineCommand('complaint.LiftLegalHold', {
    kind: 'seen-state',
    roles: ['manager'],
    says: { zh: '解除法律保全', en: 'lift a legal hold' },
    data: { holdId: id(), reason: text(500) },
    example: { holdId: '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0009', reason: '案件已结' },
  }),
  AddNote: defineCommand('complaint.AddNote', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '添加备注', en: 'add a note' },
    data: { note: text(4_000) },
    example: { note: '客户周末不便接电话' },
  }),
} as const;
