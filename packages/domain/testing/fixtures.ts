import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsIn, type EventDefinition, type Registry } from '../src/kernel/index';
import { exampleOf } from './schema-example';

/** Where the frozen fixtures lie: `<aggregate>.<Event>.v<version>.json`. */
export const FIXTURES = join(__dirname, '..', 'fixtures', 'events');

/** One event as some version stored it: data, and the personal part as it reads when opened. */
export interface Fixture {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Record<string, unknown>;
  readonly personal: Record<string, unknown>;
}

const nameOf = (type: string, version: number) => `${type}.v${version}.json`;

/** Reads a fixture; undefined when it was never released. */
export const readFixture = (type: string, version: number): Fixture | undefined => {
  const file = join(FIXTURES, nameOf(type, version));
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Fixture) : undefined;
};

/** Everything wrong with the fixtures: missing ones, ones that no event has, ones that don't fit after upcasting. */
export const fixtureProblems = (registry: Registry): readonly string[] => {
  const definitions = registry.aggregates.flatMap(({ events }) => Object.values(events));
  const expected = definitions.flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, index) => nameOf(type, index + 1)),
  );
  const unknown = readdirSync(FIXTURES).filter((name) => !expected.includes(name));
  return [
    ...unknown.map((name) => `${name}: no event of the registry has this version`),
    ...definitions.flatMap((definition) =>
      Array.from({ length: definition.version }, (_, index) => problemsOf(definition, index + 1)).flat(),
    ),
  ];
};

const problemsOf = (definition: EventDefinition, version: number): readonly string[] => {
  const name = nameOf(definition.type, version);
  const fixture = readFixture(definition.type, version);
  if (!fixture) return [`${name}: missing; a released version needs a frozen fixture`];
  if (fixture.type !== definition.type || fixture.schemaVersion !== version) return [`${name}: says it is another`];
  const data = definition.upcasts.slice(version - 1).reduce((raw, upcast) => upcast(raw), fixture.data);
  return [
    ...problemsIn(definition.data, data).map(({ pointer, message }) => `${name} data${pointer}: ${message}`),
    ...problemsIn(definition.personal, fixture.personal).map(
      ({ pointer, message }) => `${name} personal${pointer}: ${message}`,
    ),
  ];
};

/**
 * Writes the fixtures of current versions that don't exist yet, with every optional field filled. An existing one is
 * never touched: it is frozen. Returns the names written.
 */
export const writeMissingFixtures = (registry: Registry): readonly string[] => {
  mkdirSync(FIXTURES, { recursive: true });
  const missing = registry.aggregates
    .flatMap(({ events }) => Object.values(events))
    .filter(({ type, version }) => readFixture(type, version) === undefined);
  return missing.map(({ type, version, data, personal }) => {
    const fixture: Fixture = {
      type,
      schemaVersion: version,
      data: exampleOf(data) as Record<string, unknown>,
      personal: exampleOf(personal) as Record<string, unknown>,
    };
    writeFileSync(join(FIXTURES, nameOf(type, version)), `${JSON.stringify(fixture, null, 2)}\n`);
    return nameOf(type, version);
  });
};
