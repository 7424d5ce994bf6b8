import type { Text } from '../kernel/index';

export const numberSeriesMessages = {
  'NUMBER_SERIES.OTHER_SERIES': {
    zh: '该编号序列属于另一种单据或另一个月份',
    en: 'This number series belongs to another kind of document or another month',
  },
} as const satisfies Record<string, Text>;
