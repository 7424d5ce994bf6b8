import { code, defineEvent, flag, id, instant, list, oneOf, optional, part, text } from '../../kernel/index';
import { inClear, keptInClear } from '../../kernel/in-clear';
import { channel } from '../../vocabulary';

/**
 * What stood in the way, or was to be known, when it was looked: advisory, found through read models up to `readPosition`
 * and read again from the streams themselves (architecture §3). Streams by name.
 */
export const findings = () =>
  part({
    openTickets: list(code(80), 500),
    openComplaints: list(code(80), 500),
    appeals: list(code(80), 500),
    legalHolds: list(code(80), 500),
    /** Latest end of a warranty among the units of the person's tickets; it is told, and does not hinder. */
    warrantyUntil: optional(instant()),
    readPosition: optional(text(120)),
  });

/** An export that was made before the erasure: whoever has the file still has what was disclosed in it. */
export const exported = () => part({ exportId: id(), stream: code(80), at: instant() });

/** Version 2: nobody wrote or called when the time to keep a person's data is over, so that there may be no channel. */
const channelMayBeAbsent = { version: 2, upcasts: [(data: Record<string, unknown>) => data] } as const;

/** DEC-15: requested → use restricted at once → approved by a second person → three days → key destroyed. */
export const erasureEvents = {
  /**
   * Nobody asked: it was looked at how long the person's data is kept. `over`: long enough, and a request follows; else it is
   * looked at again at `until`.
   */
  RetentionReviewed: defineEvent('customer.RetentionReviewed', {
    says: { zh: '复核个人信息保存期限', en: 'it was reviewed how long the personal data is kept' },
    data: {
      until: instant(),
      over: flag(),
      /** Absent: there never was a case, and it counts from the registration. */
      lastCaseEndedAt: optional(instant()),
      findings: findings(),
    },
  }),
  ErasureRequested: defineEvent('customer.ErasureRequested', {
    ...channelMayBeAbsent,
    says: { zh: '申请删除个人信息,即刻限制使用', en: 'erasure was requested; use is restricted from now on' },
    data: {
      requestId: id(),
      asker: oneOf(['customer', 'retention']),
      channel: optional(channel()),
      /** What the person chose for complaints that are still open. */
      openComplaints: oneOf(['wait', 'withdraw']),
      findings: findings(),
    },
  }),
  ErasureRequestWithdrawn: defineEvent('customer.ErasureRequestWithdrawn', {
    says: { zh: '撤回删除申请', en: 'the request for erasure was withdrawn' },
    data: { requestId: id(), reason: code() },
  }),
  ErasureRefused: defineEvent('customer.ErasureRefused', {
    says: { zh: '删除申请未批准', en: 'the request for erasure was refused' },
    version: 2,
    upcasts: [keptInClear('reason')],
    data: { requestId: id(), inClear: inClear() },
    /** Under the key of the person who asked. */
    personal: { reason: optional(text(500)) },
  }),
  ErasureApproved: defineEvent('customer.ErasureApproved', {
    ...channelMayBeAbsent,
    says: { zh: '批准删除个人信息', en: 'erasure was approved by a second person' },
    data: {
      requestId: id(),
      openComplaints: oneOf(['wait', 'withdraw']),
      /** Of the request: complaints that are withdrawn with it are withdrawn through it. */
      channel: optional(channel()),
      dueAt: instant(),
      findings: findings(),
    },
  }),
  /** Something was still open at the due time; it is looked again at `until`. */
  ErasurePostponed: defineEvent('customer.ErasurePostponed', {
    says: { zh: '删除推迟', en: 'erasure was postponed' },
    data: { requestId: id(), until: instant(), findings: findings() },
  }),
  /** The last fact about the person. Their key is destroyed behind it, and is never issued again. */
  CustomerErased: defineEvent('customer.CustomerErased', {
    says: { zh: '个人信息已删除', en: 'the personal data was erased' },
    data: { requestId: id(), subjects: list(code(80), 20, 1), exports: list(exported(), 1_000), findings: findings() },
  }),
} as const;
