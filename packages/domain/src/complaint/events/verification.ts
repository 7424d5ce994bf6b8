import { defineEvent, flag, id, instant, oneOf, optional, text } from '../../kernel/index';
import { inClear } from '../../kernel/in-clear';
import { INFORMANTS, reasonInClear, reasonSaid, round } from './shared';

/** CMP-06, and containment, which may come before everything else. */
export const verificationEvents = {
  /** Pauses every control point but the first until it is answered or withdrawn. */
  InformationRequested: defineEvent('complaint.InformationRequested', {
    says: { zh: '请求补充信息', en: 'information was requested' },
    data: { requestId: id(), from: oneOf(INFORMANTS), expectedBy: instant(), round },
    personal: { question: text(2_000) },
  }),
  InformationReceived: defineEvent('complaint.InformationReceived', {
    says: { zh: '收到补充信息', en: 'information was received' },
    data: { requestId: id(), complete: flag(), round },
    personal: { answer: optional(text(4_000)) },
  }),
  InformationRequestWithdrawn: defineEvent('complaint.InformationRequestWithdrawn', {
    says: { zh: '撤销补充信息请求', en: 'a request for information was withdrawn' },
    ...reasonInClear,
    data: { requestId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  ComplaintVerified: defineEvent('complaint.ComplaintVerified', {
    says: { zh: '完成真实性和完整性核查', en: 'genuineness and completeness were verified' },
    data: { genuine: oneOf(['yes', 'partly', 'no', 'unclear']), complete: flag(), round },
    personal: { findings: optional(text(4_000)) },
  }),
  ContainmentTaken: defineEvent('complaint.ContainmentTaken', {
    says: { zh: '采取应急措施', en: 'a containment was taken' },
    data: {
      measure: oneOf(['stop-use', 'on-site-check', 'replacement-lent', 'staff-withdrawn', 'sales-stopped', 'other']),
      round,
    },
    personal: { description: optional(text(2_000)) },
  }),
} as const;
