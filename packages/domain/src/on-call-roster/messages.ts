import type { Text } from '../kernel/index';

export const onCallRosterMessages = {
  'ON_CALL_ROSTER.ALREADY_OPEN': { zh: '该站点已有值班表', en: 'This site has its roster already' },
  'ON_CALL_ROSTER.NOT_FOUND': { zh: '没有该站点的值班表', en: 'There is no roster for this site' },
  'ON_CALL_ROSTER.PERIOD_INVALID': { zh: '班次的开始时间必须早于结束时间', en: 'A shift has to begin before it ends' },
  'ON_CALL_ROSTER.SHIFT_OVER': { zh: '该班次已结束', en: 'This shift is over' },
  'ON_CALL_ROSTER.PERSON_REPEATED': { zh: '同一班次中每人只能列一次', en: 'A shift names each person once' },
  'ON_CALL_ROSTER.SHIFT_UNKNOWN': { zh: '没有这个班次', en: 'There is no such shift' },
} as const satisfies Record<string, Text>;
