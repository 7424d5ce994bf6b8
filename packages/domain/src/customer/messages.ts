import type { Text } from '../kernel/index';

export const customerMessages = {
  'CUSTOMER.ALREADY_EXISTS': { zh: '该客户已登记', en: 'This customer is registered already' },
  'CUSTOMER.NOT_FOUND': { zh: '没有这位客户', en: 'There is no such customer' },
  'CUSTOMER.NOTHING_CORRECTED': { zh: '没有填写需要更正的内容', en: 'The correction does not say what is different' },
} as const satisfies Record<string, Text>;
