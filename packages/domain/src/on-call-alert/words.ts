import { oneOf, type Text } from '../kernel/index';

/** Why somebody has to be reached at once (DEC-01). */
export const alertCauseLabels = {
  safety: { zh: '安全隐患', en: 'safety hazard' },
  'urgent-complaint': { zh: '紧急投诉', en: 'urgent complaint' },
} as const satisfies Readonly<Record<string, Text>>;
export type AlertCause = keyof typeof alertCauseLabels;
export const ALERT_CAUSES = Object.keys(alertCauseLabels) as unknown as readonly ['safety', 'urgent-complaint'];
export const alertCause = () => oneOf(ALERT_CAUSES);

/** Why nobody needs to be reached any more. */
export const closedForLabels = {
  'matter-ended': { zh: '事项已结束', en: 'the matter ended' },
  'no-longer-urgent': { zh: '不再紧急', en: 'no longer urgent' },
} as const satisfies Readonly<Record<string, Text>>;
export type ClosedFor = keyof typeof closedForLabels;
export const closedFor = () => oneOf(['matter-ended', 'no-longer-urgent']);

export const alertStateLabels = {
  calling: { zh: '呼叫中', en: 'calling' },
  'nobody-on-call': { zh: '无人值班', en: 'nobody on call' },
  unanswered: { zh: '无人应答', en: 'unanswered' },
  acknowledged: { zh: '已应答', en: 'acknowledged' },
  closed: { zh: '已结束', en: 'closed' },
} as const satisfies Readonly<Record<string, Text>>;
export type AlertStatus = keyof typeof alertStateLabels;
export const ALERT_STATES = Object.keys(alertStateLabels) as readonly AlertStatus[];
