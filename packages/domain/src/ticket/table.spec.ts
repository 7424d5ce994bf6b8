import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredInvariants, matches } from '../kernel/index';
import { ticketCommands } from './commands';
import { ticketMessages } from './messages';

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')
        ? [readFileSync(join(folder, entry.name), 'utf8')]
        : [],
  );

describe('the command table of a ticket', () => {
  it('shows an example that its own schema admits', () => {
    for (const { type, data, example } of Object.values(ticketCommands))
      expect({ type, fits: matches(data, example) }).toEqual({ type, fits: true });
  });

  it('denies by default: internal commands are for the system alone, no command is open to everybody', () => {
    for (const { internal, roles } of Object.values(ticketCommands)) {
      expect(roles.length).toBeGreaterThan(0);
      if (internal) expect(roles).toEqual(['system']);
    }
  });

  it('DEC-21 every refusal has a text in both languages, and every text a refusal', () => {
    const used = new Set(
      sources(__dirname)
        .filter((text) => !text.includes('ticketMessages = {'))
        .flatMap((text) => [...text.matchAll(/'(TICKET\.[A-Z_]+)'/g)].map(([, code]) => code)),
    );
    for (const code of declaredInvariants().keys()) if (code.startsWith('TICKET.')) used.add(code);
    expect([...used].sort()).toEqual(Object.keys(ticketMessages).sort());
    for (const { zh, en } of Object.values(ticketMessages)) expect(zh && en).toBeTruthy();
  });
});
