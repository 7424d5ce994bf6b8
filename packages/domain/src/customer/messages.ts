import type { Text } from '../kernel/index';

export const customerMessages = {
  'CUSTOMER.ALREADY_EXISTS': { zh: '该客户已登记', en: 'This customer is registered already' },
  'CUSTOMER.NOT_FOUND': { zh: '没有这位客户', en: 'There is no such customer' },
  'CUSTOMER.NOTHING_CORRECTED': { zh: '没有填写需要更正的内容', en: 'The correction does not say what is different' },
  'CUSTOMER.ERASED': { zh: '该客户的个人信息已删除', en: 'The personal data of this customer was erased' },
  'CUSTOMER.RESTRICTED': {
    zh: '该客户已申请删除个人信息,暂停使用',
    en: 'Erasure was requested for this customer: the data is not used any more',
  },
  'CUSTOMER.ERASURE_UNDER_WAY': { zh: '已有删除申请在处理中', en: 'A request for erasure is under way already' },
  'CUSTOMER.NO_ERASURE': { zh: '没有处理中的删除申请', en: 'No request for erasure is under way' },
  'CUSTOMER.ERASURE_NOT_AWAITING_APPROVAL': {
    zh: '没有待审批的删除申请',
    en: 'No request for erasure is waiting for approval',
  },
  'CUSTOMER.ERASURE_NOT_APPROVED': { zh: '删除申请尚未批准', en: 'The erasure is not approved' },
  'CUSTOMER.ERASURE_NEEDS_A_SECOND_PERSON': {
    zh: '删除申请须由另一人审批',
    en: 'Somebody else than who recorded the request has to approve it',
  },
  'CUSTOMER.RETENTION_HELD': {
    zh: '该客户有未结案件、申诉或法律保全,个人信息继续保存',
    en: 'A case, an appeal or a legal hold of this customer is open: the data is kept',
  },
  'CUSTOMER.RETENTION_NOT_OVER': {
    zh: '该客户的个人信息保存期限未满',
    en: 'The time for which the data of this customer is kept is not over',
  },
  'CUSTOMER.MATTERS_UNKNOWN': {
    zh: '暂时无法核对未结案件,请稍后重试',
    en: 'What is still open can not be looked up at present, try again shortly',
  },
} as const satisfies Record<string, Text>;
