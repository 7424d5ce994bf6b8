import { defineEvent, instant, oneOf, optional, ROLES, whole } from '../../kernel/index';
import { controlPoint, severity } from '../../vocabulary';
import { round } from './shared';

/** SLA-09, DEC-03: what the clocks of the control points did. They come from a process manager only. */
export const timerEvents = {
  ControlPointReminded: defineEvent('complaint.ControlPointReminded', {
    says: { zh: '控制点到期提醒', en: 'somebody was reminded of a control point' },
    data: {
      point: controlPoint(),
      count: whole(1, 20),
      dueBy: instant(),
      severity: optional(severity()),
      policyVersion: optional(whole(1)),
      round,
    },
  }),
  /** It was not met in time; whom that was escalated to. A list entry until notifications exist. */
  ControlPointMissed: defineEvent('complaint.ControlPointMissed', {
    says: { zh: '控制点超时', en: 'a control point was missed' },
    data: {
      point: controlPoint(),
      dueBy: instant(),
      severity: optional(severity()),
      escalatedTo: oneOf(ROLES),
      policyVersion: optional(whole(1)),
      round,
    },
  }),
} as const;
