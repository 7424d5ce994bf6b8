import {
  aggregateOf,
  complaintStateLabels,
  responsibilityLabels,
  ticketStateLabels,
  workOrderStateLabels,
  type Text,
} from '@aftercare/domain';
import { labelOf } from '../queries/labels';

type Labels = Readonly<Record<string, Text>>;

const STATUS: Readonly<Record<string, Labels>> = {
  ticket: ticketStateLabels,
  work_order: workOrderStateLabels,
  complaint: complaintStateLabels,
};
const PLAN: Labels = {
  proposed: { zh: '待批准', en: 'proposed' },
  approved: { zh: '已批准', en: 'approved' },
  started: { zh: '执行中', en: 'started' },
};

/**
 * What people call a code in a state; undefined where there is nothing to call.
 *
 * @param field the place as `changesBetween` names it: `status`, `responsibility.shares[s1].party`
 */
export const stateWordOf = (stream: string, field: string, value: unknown): Text | undefined => {
  if (typeof value !== 'string') return undefined;
  const place = field.replaceAll(/\[[^\]]*\]/g, '');
  if (place === 'status') return STATUS[aggregateOf(stream)]?.[value];
  if (place === 'responsibility.status') return (responsibilityLabels as Labels)[value];
  if (place === 'plan.status') return PLAN[value];
  if (place === 'category' && aggregateOf(stream) === 'complaint') return labelOf('complaintCategory', value);
  return labelOf(place.slice(place.lastIndexOf('.') + 1), value);
};
