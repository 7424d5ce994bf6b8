import { type MetricDefinition } from '../metric';

/** CMP-11, CMP-12, SLA-06, SLA-12: whether what was promised was kept in time. */
export const definition: MetricDefinition = {
  id: 'kept-promise-rate',
  name: { zh: '承诺兑现率', en: 'Kept-promise rate' },
  definition: {
    zh:
      '承诺兑现率 = 到期前兑现的承诺 ÷ 已到期或已兑现的承诺。种类与承诺墙相同(方案节点 milestone 是内部安排、未对外承诺,不计入):commitment 投诉承诺(记录为已兑现),progress 告知的' +
      '预计完成时间(告知结果),external 外部机构答复期限(已回复),appointment 上门预约(到达、开工或完成,以预约时段结束为限),' +
      'due-date 派工单期限(完成),pause 请客户等待的期限(恢复处理或提出解决方案)。到期前改期的按新时间判定,到期后才改期的原承诺' +
      '计为未兑现,另计一项新承诺。late 为逾期后兑现的,moved 为改过期的。',
    en:
      'Promises kept by when they were due ÷ promises that were due or were kept. The kinds are those of the list of promises ' +
      'due without the milestones of plans, which we set for ourselves and promise to nobody: commitment to a complainant (recorded as kept), progress = an expected date told (outcome told), external = the ' +
      'date set by an external body (replied), appointment (arrival, start or completion by the end of the window), ' +
      'due-date of a job (completed), pause = until when a customer was told to wait (resumed or resolution proposed). A ' +
      'promise moved before it was due counts by its new date; moved later, it was broken and the new one counts on its ' +
      'own. late = kept after it was due; moved = given another date.',
  },
  cohortDate: { zh: '到期的当地日期', en: 'local date on which the promise is due' },
  clock: {
    zh: '兑现按发生时间(现场事实常晚报),改期与作废按记录时间',
    en: 'kept at occurredAt, because facts from the field come late; moved and void at recordedAt',
  },
  exclusions: {
    zh: '未到期且未兑现的单列;到期前事项已结束或取消的(void)单列',
    en: 'promises not due yet, and void ones whose matter ended or was cancelled before they were due, are counted apart',
  },
  window: {
    zh: '已逾期而尚无兑现记录的为暂定:晚报的现场事实可能表明已按时兑现',
    en: 'provisional while past due without a word of its keeping: a fact told late may say that it was kept in time',
  },
  scaleVersion: 1,
  dimensions: ['kind', 'matter', 'region'],
};
