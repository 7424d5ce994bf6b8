import type { Text } from '../kernel/index';

export const onCallAlertMessages = {
  'ON_CALL_ALERT.ALREADY_RAISED': { zh: '该事项已有值班呼叫', en: 'This matter has its alert already' },
  'ON_CALL_ALERT.NOT_FOUND': { zh: '没有这个值班呼叫', en: 'There is no such on-call alert' },
  'ON_CALL_ALERT.CLOSED': { zh: '该值班呼叫已结束', en: 'This on-call alert is closed' },
  'ON_CALL_ALERT.ALREADY_ACKNOWLEDGED': {
    zh: '该值班呼叫已有人应答',
    en: 'Somebody has acknowledged this alert already',
  },
  'ON_CALL_ALERT.PERSON_CONCERNED': {
    zh: '投诉所涉人员须回避,不能应答',
    en: 'Whoever a complaint is about does not answer for it',
  },
  'ON_CALL_ALERT.NOT_ON_CALL': {
    zh: '只有被呼叫的人、当前值班人员或主管可以应答',
    en: 'Only who was called, who is on call now, a supervisor or a manager may acknowledge',
  },
} as const satisfies Record<string, Text>;
