import { KindGuard, type TSchema } from '@sinclair/typebox';
import { generateHistory } from '../testing/index';
import { keptInClear } from './kernel/in-clear';
import { registry } from './registry';

/** Where people could type what they like: strings that neither pattern nor a strict format holds to a code. */
const freeTextIn = (schema: TSchema, path: string): readonly string[] => {
  if (KindGuard.IsObject(schema))
    return Object.entries(schema.properties).flatMap(([name, member]) => freeTextIn(member, `${path}.${name}`));
  if (KindGuard.IsArray(schema)) return freeTextIn(schema.items, `${path}[]`);
  if (KindGuard.IsUnion(schema)) return schema.anyOf.flatMap((one) => freeTextIn(one, path));
  if (!KindGuard.IsString(schema)) return [];
  return schema.pattern === undefined && !STRICT.includes(schema.format ?? '') ? [path] : [];
};

const STRICT = ['instant', 'date-time', 'local-date', 'zone'];

/** Every free text that may stand in `data`, by the end of its path, and why. Whatever else people type is personal. */
const ALLOWED: readonly (readonly [path: RegExp, why: string])[] = [
  [/\.inClear$/, 'what an earlier version stored so; never written again'],
  [/\.(category|categories\[\])$/, 'a category of the catalogue'],
  [/\.model$/, 'a model of the catalogue'],
  [/\.faultCode$/, 'a fault code of the catalogue'],
  [/\.partNo$/, 'a part number of the catalogue'],
  [/\.(serial|removedSerial|fittedSerial)$/, 'printed on the thing; says nothing of who owns it'],
  [/\.batch$/, 'printed on the thing'],
  [/\.(matched|safetyMatched)\[\]$/, "the policy's own phrases, never the words they were found in (phrase-matcher)"],
  [/^complaint\.\w+\.(external\.)?reference$/, "the authority's case number, by which it asks"],
  [/^policy\.\w+\.body$/, 'the policy itself'],
  [/^policy\.\w+\.reason$/, 'why a rule of the company changes; of no case and nobody'],
  [/^customer\.\w+\.findings\.readPosition$/, 'a position of the store'],
  [/^outlet\.\w+\.name$/, 'a firm'],
];

const found = registry.aggregates.flatMap(({ events }) =>
  Object.values(events).flatMap(({ type, data }) => freeTextIn(data, type)),
);

describe('SEC-01 what people type about a case lies under a key, never in data', () => {
  it('every free text in the data of an event is one of those listed, with the reason why', () => {
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((path) => !ALLOWED.some(([allowed]) => allowed.test(path)))).toEqual([]);
  });

  it('nothing is listed that no event has', () =>
    expect(ALLOWED.filter(([allowed]) => !found.some((path) => allowed.test(path)))).toEqual([]));

  it('what earlier versions stored in clear is never written again', () => {
    const history = generateHistory({ seed: 11, tickets: 120, complaints: true });
    const written = history.filter(({ data }) => JSON.stringify(data).includes('"inClear"'));
    expect(written.map(({ type }) => type)).toEqual([]);
  });

  it('and stays readable: at the top, and within parts', () => {
    expect(keptInClear('reason')({ reason: '改派', round: 1 })).toEqual({ inClear: '改派', round: 1 });
    expect(keptInClear('reason')({ round: 1 })).toEqual({ round: 1 });
    expect(
      keptInClear('none', ['budget', 'diagnosis'])({ budget: { none: '无' }, diagnosis: {}, planId: 'p' }),
    ).toEqual({ budget: { inClear: '无' }, diagnosis: {}, planId: 'p' });
  });
});
