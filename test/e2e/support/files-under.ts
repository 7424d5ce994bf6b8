import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder. Where ClickHouse merges folders while they are listed it begins anew: what was in one is in another now. */
export const filesUnder = (folder: string, tries = 20): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (tries === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return filesUnder(folder, tries - 1);
  }
};
