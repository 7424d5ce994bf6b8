import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredInvariants, matches } from './kernel/index';
import { messageFor, messages } from './messages';
import { registry } from './registry';

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });

/** `reject('X.Y')`, `refuse('X.Y')`, `invariant('X.Y')`, also over several lines: any literal that looks like a code. */
const codesIn = (source: string): string[] =>
  [...source.matchAll(/['"`]([A-Z][A-Z_]*\.[A-Z][A-Z0-9_]*)['"`]/g)].map(([, code]) => code as string);

const prefixes = registry.aggregates.map(({ aggregate }) => `${aggregate.toUpperCase()}.`);
const used = new Set(
  sources(__dirname)
    .filter((path) => !path.endsWith('messages.ts'))
    .flatMap((path) => codesIn(readFileSync(path, 'utf8'))),
);

describe('DEC-21 every text a person reads comes from a catalogue', () => {
  it('has words in both languages for every declared invariant', () => {
    const silent = [...declaredInvariants().keys()].filter((code) => !messages[code]?.zh || !messages[code]?.en);
    expect(silent).toEqual([]);
  });

  it('has words in both languages for every code that a decision refuses with', () => {
    expect(used.size).toBeGreaterThan(20);
    expect([...used].filter((code) => !messages[code]?.zh || !messages[code]?.en)).toEqual([]);
  });

  it('has no words for codes that nothing refuses with', () =>
    expect(Object.keys(messages).filter((code) => !used.has(code))).toEqual([]));

  it('names each code after an aggregate', () =>
    expect(Object.keys(messages).filter((code) => !prefixes.some((prefix) => code.startsWith(prefix)))).toEqual([]));

  it('falls back to the code itself', () => {
    expect(messageFor('POLICY.NO_SUCH_DRAFT', 'en')).toContain('no such draft');
    expect(messageFor('X.UNKNOWN')).toBe('X.UNKNOWN');
  });
});

describe('the tables of events and commands', () => {
  const commands = registry.aggregates.flatMap((aggregate) => Object.entries(aggregate.commands));

  it.each(commands.map(([, command]) => [command.type, command] as const))('%s has a valid example', (_type, command) =>
    expect(matches(command.data, command.example)).toBe(true),
  );

  it('names every command and event after its aggregate and its key in the table', () => {
    for (const aggregate of registry.aggregates) {
      for (const [name, { type }] of Object.entries({ ...aggregate.commands, ...aggregate.events }))
        expect(type).toBe(`${aggregate.aggregate}.${name}`);
    }
  });

  it('lets nobody but the system send what is internal', () => {
    for (const [, command] of commands) if (command.internal) expect(command.roles).toEqual(['system']);
  });
});
