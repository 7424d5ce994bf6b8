import { type RecordedEvent, type Registry, type Text } from '@aftercare/domain';
import { labelOf } from '../queries/labels';
import { TOLD, TOLD_OF, UNTOLD, type TimeShown } from './told-fields';

/** Where nobody says which clocks the reader goes by. */
const inUtc: TimeShown = (instant) => `${instant.slice(0, 19).replace('T', ' ')} UTC`;

/**
 * A sentence that somebody who knows no code can read, in both languages: `判定工单类型:维修`.
 *
 * @param time how instants are shown; by default in UTC, and it says so
 */
export const sentenceOf = (event: RecordedEvent, registry: Registry, time: TimeShown = inUtc): Text => {
  const says = registry.event(event.type)?.says ?? { zh: event.type, en: event.type };
  const data = event.data as Readonly<Record<string, unknown>>;
  const untold = UNTOLD[event.type] ?? [];
  const told = [...toldIn(data), ...(TOLD_OF[event.type] ?? [])].flatMap(([field, say]) =>
    data[field] === undefined || untold.includes(field) ? [] : (say(data[field], field, time) ?? []),
  );
  if (told.length === 0) return says;
  return {
    zh: `${says.zh}:${told.map(({ zh }) => zh).join(',')}`,
    en: `${says.en}: ${told.map(({ en }) => en).join(', ')}`,
  };
};

const PLACES = new Map(TOLD.map(([field], place) => [field, place]));

/** Of all that is ever told what this event may hold, in order: asking each event for every field costs most of the page. */
const toldIn = (data: Readonly<Record<string, unknown>>) =>
  Object.keys(data)
    .flatMap((field) => PLACES.get(field) ?? [])
    .sort((a, b) => a - b)
    .map((place) => TOLD[place]!);

/** Why it was done: reasons, the rule's version and what it matched, as the event recorded them. */
export const reasonsOf = (event: RecordedEvent): Readonly<Record<string, unknown>> | undefined => {
  const data = event.data as Readonly<Record<string, unknown>>;
  const why = Object.fromEntries(WHY.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]));
  return Object.keys(why).length > 0 ? why : undefined;
};

const WHY = [
  'reason',
  'inClear',
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

/** The same in words, each said once: `性质较重`, `规则第 1 版`. */
export const reasonsInWords = (event: RecordedEvent): readonly Text[] => {
  const all = Object.entries(reasonsOf(event) ?? {}).flatMap(([field, value]) => wordsOf(field, value));
  return all.filter(({ zh }, index) => all.findIndex((one) => one.zh === zh) === index);
};

const wordsOf = (field: string, value: unknown): readonly Text[] => {
  if (SAID_BEFORE.includes(field)) return [];
  if (Array.isArray(value)) return value.flatMap((one) => wordsOf(field, one));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => wordsOf(name, one));
  if (field === 'policyVersion' || field === 'ruleVersion')
    return [{ zh: `规则第 ${String(value)} 版`, en: `version ${String(value)} of the rule` }];
  return [labelOf(field, value) ?? { zh: String(value), en: String(value) }];
};

/** Told by the sentence itself. */
const SAID_BEFORE: readonly string[] = ['mode', 'basis', 'foundBy', 'initiator'];
