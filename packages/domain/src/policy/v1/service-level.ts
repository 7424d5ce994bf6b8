import { HOLIDAY_NOTICES_CN } from '../holiday-notices-cn';
import type { Limit, ServiceLevelPolicy } from '../service-level-body';

const minutes = (amount: number): Limit => ({ amount, unit: 'minute' });
const hours = (amount: number): Limit => ({ amount, unit: 'hour' });
const days = (amount: number): Limit => ({ amount, unit: 'day' });

/** DEC-03, SLA-09; eight hours a day (SLA-11) with a lunch break, Monday to Friday, holidays as published. */
export const serviceLevelV1: ServiceLevelPolicy = {
  bySeverity: [
    {
      severity: 'urgent',
      limits: {
        acknowledge: minutes(30),
        responsibility: hours(4),
        plan: hours(8),
        execution: hours(24),
        verdict: days(1),
      },
      escalateTo: 'manager',
    },
    {
      severity: 'important',
      limits: { acknowledge: hours(2), responsibility: days(1), plan: days(2), execution: days(3), verdict: days(1) },
      escalateTo: 'supervisor',
    },
    {
      severity: 'general',
      limits: { acknowledge: hours(24), responsibility: days(2), plan: days(3), execution: days(7), verdict: days(2) },
      escalateTo: 'supervisor',
    },
  ],
  remindAtPercent: 75,
  hours: {
    workingDay: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '18:00' },
    ],
    week: [],
    observesHolidays: true,
  },
  sites: [],
  holidays: HOLIDAY_NOTICES_CN,
};
