import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A line of the register: nothing personal, opaque names only. */
export interface ErasureNote {
  /** Of the CustomerErased. */
  readonly eventId: string;
  readonly subjects: readonly string[];
}

/**
 * Who was forgotten, kept beside the store and never part of a backup, so that a backup which is older than an erasure can't
 * bring the person back: it is given to `restore`, and read at every start.
 */
export interface ErasureRegister {
  add(note: ErasureNote): Promise<void>;
  subjects(): Promise<ReadonlySet<string>>;
}

/** The register was written to by hand, or half. */
export class DamagedRegisterError extends Error {
  override readonly name = 'DamagedRegisterError';
}

/** The register as a file of JSON lines; `undefined`: nothing is kept, for stores that end with their process. */
export const erasureRegister = (file: string | undefined): ErasureRegister => ({
  add: (note) => {
    if (file !== undefined) addLine(file, note);
    return Promise.resolve();
  },
  subjects: () => Promise.resolve(file === undefined ? new Set<string>() : subjectsIn(file)),
});

/** Everybody named in a register; an absent file names nobody. Throws `DamagedRegisterError` naming the line. */
export const subjectsIn = (file: string): ReadonlySet<string> => {
  if (!existsSync(file)) return new Set();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean);
  return new Set(lines.flatMap((line, index) => subjectsOf(line, file, index + 1)));
};

const subjectsOf = (line: string, file: string, place: number): readonly string[] => {
  try {
    const { subjects } = JSON.parse(line) as { subjects?: unknown };
    if (Array.isArray(subjects) && subjects.every((one) => typeof one === 'string')) return subjects;
  } catch {
    // Told below like any other line that is none.
  }
  throw new DamagedRegisterError(`${file}: line ${place} is no note of an erasure`);
};

/** Written beside and renamed, so that a crash leaves the old register or the new one, never a half line. */
const addLine = (file: string, note: ErasureNote): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const beside = `${file}.new`;
  writeFileSync(beside, `${kept}${JSON.stringify(note)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
};
