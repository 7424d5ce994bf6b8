import type { Text } from '../kernel/index';

export const outletMessages = {
  'OUTLET.ALREADY_EXISTS': { zh: '该网点已登记', en: 'This outlet is registered already' },
  'OUTLET.NOT_FOUND': { zh: '没有这个网点', en: 'There is no such outlet' },
  'OUTLET.INACTIVE': { zh: '该网点已停用', en: 'This outlet has been deactivated' },
  'OUTLET.ACTIVE': { zh: '该网点未被停用', en: 'This outlet is not deactivated' },
} as const satisfies Record<string, Text>;
