import type { Text } from '../kernel/index';

export const policyMessages = {
  'POLICY.NOT_INSTALLED': { zh: '该类规则尚未安装第1版', en: 'This kind of policy has no version 1 yet' },
  'POLICY.OTHER_KIND': { zh: '规则种类与该记录不符', en: 'The policy kind is not the one kept here' },
  'POLICY.NO_SUCH_DRAFT': {
    zh: '没有这份草案,可能已发布或已驳回',
    en: 'There is no such draft; it may have been published or rejected',
  },
  'POLICY.BODY_INVALID': {
    zh: '规则内容不符合要求,请按所列位置修改',
    en: 'The body of the policy is not valid; see the pointers listed',
  },
  'POLICY.BODY_TOO_LARGE': {
    zh: '规则内容过大,无法保存为一条记录',
    en: 'The body of the policy is too large to be stored as one event',
  },
  'POLICY.APPROVER_IS_DRAFTER': { zh: '起草人不能复核自己的草案', en: 'A draft cannot be approved by its drafter' },
  'POLICY.ALREADY_APPROVED': { zh: '草案已经复核', en: 'The draft has been approved already' },
  'POLICY.NOT_APPROVED': {
    zh: '该类规则须经第二人复核后才能发布',
    en: 'This kind of policy needs the approval of a second person before it is published',
  },
  'POLICY.EFFECTIVE_TOO_SOON': {
    zh: '生效时间至少要在60秒之后',
    en: 'The version has to take effect at least 60 seconds from now',
  },
  'POLICY.EFFECTIVE_BEFORE_PREVIOUS': {
    zh: '生效时间必须晚于上一版本',
    en: 'The version has to take effect after the previous one',
  },
} as const satisfies Record<string, Text>;
