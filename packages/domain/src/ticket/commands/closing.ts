import { code, dateTime, defineCommand, flag, id, oneOf, optional, text } from '../../kernel/index';
import { channel } from '../../vocabulary';
import { FOLLOW_UPS, questionnaireAnswers, REJECTION_REASONS } from '../events';
import { DESK, VERDICT } from './roles';

const occurredAt = optional(dateTime());

/** The customer's verdict, follow-ups, and every end of a matter. */
export const closingCommands = {
  ConfirmResolution: defineCommand('ticket.ConfirmResolution', {
    kind: 'intent',
    roles: VERDICT,
    says: { zh: '客户确认解决', en: 'the customer confirms the resolution' },
    data: {
      channel: channel(),
      contactId: optional(code(80)),
      signatureDigest: optional(code(64)),
      occurredAt,
    },
    example: { channel: 'link' },
  }),
  RejectResolution: defineCommand('ticket.RejectResolution', {
    kind: 'intent',
    roles: VERDICT,
    says: { zh: '客户反馈未解决', en: 'the customer says it is not solved' },
    data: {
      reason: oneOf(REJECTION_REASONS),
      channel: channel(),
      contactId: optional(code(80)),
      words: optional(text(2_000)),
      occurredAt,
    },
    example: { reason: 'fault-still-there', channel: 'link', words: '还是不制冷' },
  }),
  AttemptFollowUp: defineCommand('ticket.AttemptFollowUp', {
    kind: 'intent',
    roles: [...DESK, 'crm'],
    says: { zh: '登记回访尝试', en: 'record an attempt to follow up' },
    data: {
      followUp: oneOf(FOLLOW_UPS),
      channel: channel(),
      contactId: optional(code(80)),
      reached: flag(),
      occurredAt,
    },
    example: { followUp: 'confirmation-call', channel: 'phone', reached: false },
  }),
  CompleteFollowUp: defineCommand('ticket.CompleteFollowUp', {
    kind: 'intent',
    roles: [...DESK, 'crm'],
    says: { zh: '完成回访', en: 'complete a follow-up' },
    data: {
      followUp: oneOf(FOLLOW_UPS),
      resolved: flag(),
      answers: optional(questionnaireAnswers()),
      suggestions: optional(text(2_000)),
      occurredAt,
    },
    example: {
      followUp: 'confirmation-call',
      resolved: true,
      answers: {
        responseSpeed: 'satisfied',
        expertise: 'very-satisfied',
        attitude: 'very-satisfied',
        problemSolved: 'satisfied',
      },
    },
  }),
  CloseTicket: defineCommand('ticket.CloseTicket', {
    kind: 'seen-state',
    roles: ['agent', 'supervisor'],
    says: { zh: '关闭工单', en: 'close the ticket' },
    data: {},
    example: {},
  }),
  CloseUnresolved: defineCommand('ticket.CloseUnresolved', {
    kind: 'seen-state',
    roles: ['agent', 'supervisor'],
    says: { zh: '未处理关闭', en: 'close the ticket unresolved' },
    data: {
      reason: oneOf(['quote-declined', 'unreachable', 'out-of-scope']),
      note: optional(code()),
      explanation: optional(text(1_000)),
    },
    example: { reason: 'quote-declined' },
  }),
  CancelTicket: defineCommand('ticket.CancelTicket', {
    kind: 'seen-state',
    roles: DESK,
    says: { zh: '取消工单', en: 'cancel the ticket' },
    data: {
      reason: oneOf(['by-customer', 'duplicate', 'mistake', 'became-complaint']),
      complaintId: optional(id()),
    },
    example: { reason: 'by-customer' },
  }),
  ReopenTicket: defineCommand('ticket.ReopenTicket', {
    kind: 'intent',
    roles: [...DESK, 'expert', 'crm'],
    says: { zh: '重新打开工单', en: 'reopen the ticket' },
    data: { foundBy: oneOf(['customer', 'staff']), words: optional(text(2_000)) },
    example: { foundBy: 'customer', words: '又不制冷了' },
  }),
} as const;
