import { code, defineEvent, flag, id, instant, list, oneOf, optional, text, whole } from '../../kernel/index';
import { inClear } from '../../kernel/in-clear';
import { channel } from '../../vocabulary';
import { closingOutcome, dismissalGround, recourse, verdict } from '../words';
import { evaluationForm, reasonInClear, reasonSaid, round, staff } from './shared';

/** CMP-13 … CMP-16: the verdict, second handling, escalation, every end and every way back. */
export const closingEvents = {
  VerdictRecorded: defineEvent('complaint.VerdictRecorded', {
    says: { zh: '记录客户意见', en: 'the verdict was recorded' },
    data: {
      verdict: verdict(),
      channel: channel(),
      contactId: optional(code(80)),
      /** Satisfied: the form, or that the complainant would not fill it in. */
      evaluation: optional(evaluationForm()),
      evaluationRefused: flag(),
      /** No answer: the attempts that count. */
      attempts: whole(0),
      round,
    },
    personal: { words: optional(text(4_000)) },
  }),
  /** `round` is the new one: back to verifying. */
  SecondHandlingOpened: defineEvent('complaint.SecondHandlingOpened', {
    says: { zh: '启动二次处理', en: 'a second handling was opened' },
    data: { round },
  }),
  ComplaintEscalated: defineEvent('complaint.ComplaintEscalated', {
    says: { zh: '投诉升级', en: 'the complaint was escalated' },
    data: {
      level: whole(1, 20),
      reason: oneOf(['dissatisfied-again', 'overdue', 'requested', 'external-body', 'other']),
      handler: staff(),
      isSubordinateOf: list(id(), 20),
      previous: optional(staff()),
      round,
    },
  }),
  DismissalCommunicated: defineEvent('complaint.DismissalCommunicated', {
    says: { zh: '告知投诉不成立', en: 'the dismissal was communicated' },
    data: {
      grounds: dismissalGround(),
      recourse: list(recourse(), 5, 1),
      channel: channel(),
      appealBy: instant(),
      round,
    },
    personal: { text: optional(text(4_000)) },
  }),
  /** `round` is the new one: back to verifying. */
  DismissalAppealed: defineEvent('complaint.DismissalAppealed', {
    says: { zh: '客户对不成立提出申诉', en: 'the dismissal was appealed' },
    data: { channel: channel(), round },
    personal: { words: optional(text(4_000)) },
  }),
  ComplaintWithdrawn: defineEvent('complaint.ComplaintWithdrawn', {
    says: { zh: '客户撤回投诉', en: 'the complaint was withdrawn' },
    data: { channel: channel(), continuedInternally: flag(), reason: optional(code()), round },
    personal: { words: optional(text(2_000)) },
  }),
  /** A withdrawn safety complaint went on inside; this ends it. */
  InternalHandlingEnded: defineEvent('complaint.InternalHandlingEnded', {
    says: { zh: '内部处理结束', en: 'the handling inside ended' },
    ...reasonInClear,
    data: { inClear: inClear(), round },
    personal: reasonSaid,
  }),
  ComplaintClosed: defineEvent('complaint.ComplaintClosed', {
    says: { zh: '投诉归档', en: 'the complaint was closed' },
    data: {
      outcome: closingOutcome(),
      /** Told with a final position. */
      recourse: list(recourse(), 5),
      referenceId: optional(id()),
      rounds: whole(1),
      verdicts: list(verdict(), 50),
      round,
    },
    personal: { text: optional(text(4_000)) },
  }),
  /** `round` is the new one: back to verifying. */
  ComplaintReopened: defineEvent('complaint.ComplaintReopened', {
    says: { zh: '投诉重新打开', en: 'the complaint was reopened' },
    data: {
      foundBy: oneOf(['complainant', 'follow-up', 'staff', 'external-body']),
      statusBefore: oneOf(['closed', 'withdrawn']),
      round,
    },
    personal: { words: optional(text(4_000)) },
  }),
  /** CMP-16, CMP-19: what the company learns from it. */
  LessonsRecorded: defineEvent('complaint.LessonsRecorded', {
    says: { zh: '记录经验教训', en: 'lessons were recorded' },
    data: {
      rootCause: code(),
      topics: list(
        oneOf(['product', 'process', 'training', 'communication', 'parts', 'supplier', 'staffing', 'other']),
        8,
        1,
      ),
      round,
    },
    personal: { lesson: text(4_000) },
  }),
} as const;
