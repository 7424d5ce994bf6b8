import { code, dateTime, defineCommand, flag, id, list, oneOf, optional, part, text } from '../../kernel/index';
import { channel, rating } from '../../vocabulary';
import { closingOutcome, dismissalGround, recourse, verdict } from '../words';
import { ANYBODY, CASE, JUDGES, LEAD } from './roles';

const occurredAt = optional(dateTime());

/** The verdict, escalation, and every end and way back. */
export const closingCommands = {
  RecordVerdict: defineCommand('complaint.RecordVerdict', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '登记客户意见', en: 'record what the complainant thinks of the outcome' },
    data: {
      verdict: verdict(),
      channel: channel(),
      contactId: optional(code(80)),
      evaluation: optional(part({ fairness: rating(), timeliness: rating(), attitude: rating(), result: rating() })),
      evaluationRefused: optional(flag()),
      words: optional(text(4_000)),
      occurredAt,
    },
    example: {
      verdict: 'satisfied',
      channel: 'phone',
      contactId: 'contact-1',
      evaluation: { fairness: 'satisfied', timeliness: 'neutral', attitude: 'satisfied', result: 'very-satisfied' },
    },
  }),
  EscalateComplaint: defineCommand('complaint.EscalateComplaint', {
    kind: 'seen-state',
    roles: LEAD,
    says: { zh: '升级投诉', en: 'escalate to a new handler' },
    data: {
      reason: oneOf(['dissatisfied-again', 'overdue', 'requested', 'external-body', 'other']),
      handler: part({ id: id(), role: oneOf(JUDGES) }),
      isSubordinateOf: optional(list(id(), 20)),
    },
    example: {
      reason: 'dissatisfied-again',
      handler: { id: 'manager-2', role: 'manager' },
      isSubordinateOf: [],
    },
  }),
  CommunicateDismissal: defineCommand('complaint.CommunicateDismissal', {
    kind: 'seen-state',
    roles: LEAD,
    says: { zh: '告知投诉不成立', en: 'dismiss the complaint and tell why and where to turn' },
    data: {
      grounds: dismissalGround(),
      recourse: list(recourse(), 5, 1),
      channel: channel(),
      text: optional(text(4_000)),
      occurredAt,
    },
    example: { grounds: 'not-genuine', recourse: ['internal-appeal', '12315'], channel: 'letter' },
  }),
  AppealDismissal: defineCommand('complaint.AppealDismissal', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '客户对不成立提出申诉', en: 'the complainant appeals the dismissal' },
    data: { channel: channel(), words: optional(text(4_000)), occurredAt },
    example: { channel: 'phone', words: '我有通话录音' },
  }),
  WithdrawComplaint: defineCommand('complaint.WithdrawComplaint', {
    kind: 'intent',
    // The system, where a person who is to be forgotten chose to withdraw what is open (DEC-15).
    roles: [...ANYBODY, 'system'],
    says: { zh: '客户撤回投诉', en: 'the complainant withdraws the complaint' },
    data: { channel: channel(), reason: optional(code()), words: optional(text(2_000)), occurredAt },
    example: { channel: 'phone', reason: 'settled-with-engineer' },
  }),
  EndInternalHandling: defineCommand('complaint.EndInternalHandling', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '结束内部处理', en: 'end the handling inside of a withdrawn safety complaint' },
    data: { reason: text(500) },
    example: { reason: '隐患已排除' },
  }),
  CloseComplaint: defineCommand('complaint.CloseComplaint', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '投诉归档', en: 'close the complaint' },
    data: {
      outcome: closingOutcome(),
      recourse: optional(list(recourse(), 5)),
      referenceId: optional(id()),
      text: optional(text(4_000)),
    },
    example: { outcome: 'satisfied' },
  }),
  ReopenComplaint: defineCommand('complaint.ReopenComplaint', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '重新打开投诉', en: 'reopen the complaint' },
    data: {
      foundBy: oneOf(['complainant', 'follow-up', 'staff', 'external-body']),
      words: optional(text(4_000)),
      occurredAt,
    },
    example: { foundBy: 'complainant', words: '同样的问题又出现了' },
  }),
  RecordLessons: defineCommand('complaint.RecordLessons', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '记录经验教训', en: 'record lessons' },
    data: {
      rootCause: code(),
      topics: list(
        oneOf(['product', 'process', 'training', 'communication', 'parts', 'supplier', 'staffing', 'other']),
        8,
        1,
      ),
      lesson: text(4_000),
    },
    example: { rootCause: 'double-booking', topics: ['process'], lesson: '预约时核对工程师日程' },
  }),
} as const;
