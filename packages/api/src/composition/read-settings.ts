import { readFileSync } from 'node:fs';
import { SETTINGS, type Setting, type SettingName } from './settings';

export type Env = Readonly<Record<string, string | undefined>>;

/** One or more settings are wrong; the message lists all of them and repeats no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`these settings are wrong:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
}

/** What was set, each checked for itself; what is wrong goes to `problems`. */
export interface Settings {
  readonly get: (name: SettingName) => string | undefined;
  /** Notes a problem unless it holds. */
  readonly must: (holds: boolean, message: string) => void;
  /** The text of a file that a setting names; undefined where it is unset or can't be read, which is a problem. */
  readonly fileOf: (name: SettingName) => string | undefined;
  readonly problems: readonly string[];
}

/** Reads every variable of the table once. */
export const readSettings = (env: Env): Settings => {
  const problems: string[] = [];
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const textOf = (name: string, file: string): string | undefined => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      problems.push(`${name} must be a readable file: ${file} is not`);
      return undefined;
    }
  };
  const valueOf = ({ name, allowed, secret, fits }: Setting): string | undefined => {
    const file = secret ? given(`${name}_FILE`) : undefined;
    const value = given(name);
    if (value !== undefined && file !== undefined) problems.push(`${name} and ${name}_FILE are both set: set one`);
    const text = value ?? (file === undefined ? undefined : textOf(`${name}_FILE`, file));
    if (text === undefined || text === '' || (fits?.(text) ?? true)) return text || undefined;
    problems.push(`${file === undefined || value !== undefined ? name : `what is in ${name}_FILE`} must be ${allowed}`);
    return undefined;
  };
  const values = new Map<string, string | undefined>(SETTINGS.map((setting) => [setting.name, valueOf(setting)]));
  return {
    problems,
    get: (name) => values.get(name),
    must: (holds, message) => void (holds || problems.push(message)),
    fileOf: (name) => {
      const file = values.get(name);
      return file === undefined ? undefined : textOf(name, file);
    },
  };
};
