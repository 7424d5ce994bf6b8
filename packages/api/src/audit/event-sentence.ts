import { type RecordedEvent, type Registry, type Text } from '@aftercare/domain';
import { labelOf } from '../queries/labels';

/** Fields that say what was decided; their words follow the event's own sentence. */
const TELLING = [
  'number',
  'type',
  'priority',
  'route',
  'outcome',
  'channel',
  'purpose',
  'coverage',
  'milestone',
  'faultCode',
  'partNo',
  'quantity',
  'acceptBy',
  'eta',
  'step',
  'role',
  'kind',
  'version',
  'followUp',
  'severity',
  'point',
  'dueBy',
  'complaintCategory',
  'graveCause',
  'party',
  'verdict',
  'grounds',
  'body',
  'expectedBy',
  'appealBy',
  'escalatedTo',
  'level',
  'reached',
  'resolved',
];

/** A sentence that somebody who knows no code can read, in both languages: `判定工单类型:维修`. */
export const sentenceOf = (event: RecordedEvent, registry: Registry): Text => {
  const says = registry.event(event.type)?.says ?? { zh: event.type, en: event.type };
  const data = event.data as Readonly<Record<string, unknown>>;
  const told = TELLING.filter((field) => isShort(data[field])).map((field) => wordsOf(field, data[field]));
  if (told.length === 0) return says;
  return {
    zh: `${says.zh}:${told.map(({ zh }) => zh).join(',')}`,
    en: `${says.en}: ${told.map(({ en }) => en).join(', ')}`,
  };
};

const isShort = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 64);

const wordsOf = (field: string, value: unknown): Text => {
  if (typeof value === 'boolean') return YES_NO[field]?.[value ? 0 : 1] ?? yesOrNo(field, value);
  return labelOf(field, value) ?? { zh: String(value), en: String(value) };
};

const yesOrNo = (field: string, value: boolean): Text => ({
  zh: value ? '是' : '否',
  en: `${field} ${value ? 'yes' : 'no'}`,
});

/** What a yes and a no mean, where the bare word would not say of what. */
const YES_NO: Readonly<Record<string, readonly [yes: Text, no: Text]>> = {
  reached: [
    { zh: '已联系上', en: 'reached' },
    { zh: '未联系上', en: 'not reached' },
  ],
  resolved: [
    { zh: '已解决', en: 'resolved' },
    { zh: '未解决', en: 'not resolved' },
  ],
};

/** Why it was done: reasons, the rule's version and what it matched, as the event recorded them. */
export const reasonsOf = (event: RecordedEvent): Readonly<Record<string, unknown>> | undefined => {
  const data = event.data as Readonly<Record<string, unknown>>;
  const why = Object.fromEntries(WHY.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]));
  return Object.keys(why).length > 0 ? why : undefined;
};

const WHY = [
  'reason',
  'reasons',
  'decided',
  'matched',
  'safetyMatched',
  'policyVersion',
  'mode',
  'overrides',
  'basis',
  'foundBy',
  'initiator',
];
