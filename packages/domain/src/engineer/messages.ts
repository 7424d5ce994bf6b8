import type { Text } from '../kernel/index';

export const engineerMessages = {
  'ENGINEER.ALREADY_EXISTS': { zh: '该工程师已登记', en: 'This engineer is registered already' },
  'ENGINEER.NOT_FOUND': { zh: '没有这位工程师', en: 'There is no such engineer' },
  'ENGINEER.INACTIVE': { zh: '该工程师已停用', en: 'This engineer has been deactivated' },
  'ENGINEER.ACTIVE': { zh: '该工程师未被停用', en: 'This engineer is not deactivated' },
  'ENGINEER.NOT_OWN': { zh: '工程师只能登记本人的缺勤', en: 'Engineers record only their own absence' },
  'ENGINEER.PERIOD_INVALID': { zh: '开始时间必须早于结束时间', en: 'A period has to begin before it ends' },
  'ENGINEER.SHIFT_OUTSIDE_PERIOD': {
    zh: '班次必须在排班期间之内,且开始早于结束',
    en: 'Each shift has to lie inside the period planned and begin before it ends',
  },
  'ENGINEER.SHIFTS_OVERLAP': { zh: '班次互相重叠', en: 'Shifts overlap each other' },
} as const satisfies Record<string, Text>;
