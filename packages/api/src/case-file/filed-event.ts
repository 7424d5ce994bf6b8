import type { PersonalPart, RecordedEvent, Registry } from '@aftercare/domain';
import { aggregateOf } from '@aftercare/domain';
import { reasonsInWords, sentenceOf } from '../audit/event-sentence';
import { personalLabelOf, textsIn } from '../evidence/personal-labels';
import { roleLabels } from '../queries/labels';
import { maskFields, maskText } from '../queries/masking';
import type { Disclosure, FiledEvent } from './contents';
import type { LocalTime } from '../audit/local-time';

/** What stands where a person was forgotten. */
export const ERASED = '已删除';
export const NOT_OPENED = '含个人信息,未打开';
const STAFF_LEFT_OUT = '涉及工作人员的信息以岗位代替';

const STAFF = ['staff', 'engineer', 'outlet'];

/** Who works for the house stands in a file by role, whoever reads it: it leaves the house (DEC-09). */
export const isOfStaff = ({ subject }: PersonalPart): boolean => STAFF.includes(aggregateOf(subject));

/** Fields that name staff, that say nothing to a reader, or that stand in a place of their own (the signature). */
const LEFT_OUT = ['personNamed', 'meant', 'shareId', 'signature'];

/** One event as a case file tells it; `event` with its personal parts opened, erased or sealed. */
export const filedEvent = (
  event: RecordedEvent,
  {
    registry,
    time,
    disclosure,
  }: { readonly registry: Registry; readonly time: LocalTime; readonly disclosure: Disclosure },
): FiledEvent => {
  const { actor } = event.metadata;
  const shown = event.personal.filter((part) => !isOfStaff(part));
  return {
    event,
    says: sentenceOf(event, registry, (instant) => time.of(instant)).zh,
    role: `${roleLabels[actor.role].zh}${actor.onBehalfOf === undefined ? '' : ',代客户'}`,
    why: reasonsInWords(event).map(({ zh }) => zh),
    personal: shown.flatMap((part) => ('fields' in part ? fieldsShown(part.fields, disclosure) : [])),
    notes: [
      ...(shown.some((part) => 'erased' in part) ? [`个人信息${ERASED}`] : []),
      ...(shown.some((part) => !('erased' in part) && !('fields' in part)) ? [NOT_OPENED] : []),
      ...(shown.length < event.personal.length ? [STAFF_LEFT_OUT] : []),
    ],
  };
};

const fieldsShown = (
  fields: Readonly<Record<string, unknown>>,
  disclosure: Disclosure,
): readonly (readonly [string, string])[] => {
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !LEFT_OUT.includes(name)));
  const masked = disclosure === 'open' ? kept : maskFields(kept);
  return Object.entries(masked).flatMap(([name, value]) => {
    const text = personalText(value, disclosure);
    return text === '' ? [] : [[personalLabelOf(name), text] as const];
  });
};

/** Lists, like the steps of a plan, as one text; masking by field name has no hold on what lies inside of them. */
const personalText = (value: unknown, disclosure: Disclosure): string => {
  if (typeof value === 'string') return value;
  const inside = textsIn(value).join(';');
  return disclosure === 'open' ? inside : maskText(inside);
};
