import { code, defineEvent, flag, id, list, optional, text } from '../../kernel/index';
import { inClear } from '../../kernel/in-clear';
import { severity } from '../../vocabulary';
import { graveCause, nature, reach, urgency } from '../words';
import { decidedBy, reasonInClear, reasonSaid, round } from './shared';

const measured = {
  nature: optional(nature()),
  reach: optional(reach()),
  urgency: optional(urgency()),
  safety: flag(),
  graveCause: optional(graveCause()),
};

/** CMP-08, CMP-18, severity v1. The last SeverityAssessed says what it is; clocks re-target from the same start. */
export const severityEvents = {
  SeverityAssessed: defineEvent('complaint.SeverityAssessed', {
    says: { zh: '评定投诉等级', en: 'the severity was decided' },
    ...reasonInClear,
    data: {
      severity: severity(),
      /** True until somebody assessed it after verification. */
      provisional: flag(),
      ...measured,
      safetyMatched: list(text(100), 20),
      /** Which inputs made it so: `safety`, `grave-cause`, `nature-grave`, `external-body`, `nothing-special`, … */
      reasons: list(code(), 10),
      decided: decidedBy(),
      inClear: inClear(),
      /** Lowering: the proposal that a second person approved. */
      loweringId: optional(id()),
      round,
    },
    personal: reasonSaid,
  }),
  SeverityLoweringProposed: defineEvent('complaint.SeverityLoweringProposed', {
    says: { zh: '申请下调投诉等级', en: 'it was proposed to lower the severity' },
    ...reasonInClear,
    data: { loweringId: id(), severity: severity(), ...measured, inClear: inClear(), round },
    personal: reasonSaid,
  }),
  SeverityLoweringRejected: defineEvent('complaint.SeverityLoweringRejected', {
    says: { zh: '不同意下调投诉等级', en: 'lowering the severity was rejected' },
    ...reasonInClear,
    data: { loweringId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
} as const;
