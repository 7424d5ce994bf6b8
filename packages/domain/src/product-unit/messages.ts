import type { Text } from '../kernel/index';

export const productUnitMessages = {
  'PRODUCT_UNIT.ALREADY_EXISTS': { zh: '该产品已登记', en: 'This unit is registered already' },
  'PRODUCT_UNIT.NOT_FOUND': { zh: '没有这台产品', en: 'There is no such unit' },
  'PRODUCT_UNIT.NOTHING_CORRECTED': {
    zh: '没有填写需要更正的内容',
    en: 'The correction does not say what is different',
  },
  'PRODUCT_UNIT.DATES_OUT_OF_ORDER': {
    zh: '生产日期不能晚于销售或安装日期',
    en: 'A unit cannot be produced after it was sold or installed',
  },
  'PRODUCT_UNIT.DATE_AHEAD': { zh: '日期不能晚于今天', en: 'A date cannot lie in the future' },
  'PRODUCT_UNIT.NO_DATES': {
    zh: '没有销售、安装或生产日期,无法确定保修起始日',
    en: 'Without a day of sale, installation or production the warranty start cannot be determined',
  },
  'PRODUCT_UNIT.PERIOD_INVALID': { zh: '维修结束时间早于开始时间', en: 'The repair ends before it begins' },
} as const satisfies Record<string, Text>;
