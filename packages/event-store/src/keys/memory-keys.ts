import type { SubjectId } from '@aftercare/domain/kernel';
import { promised } from '../adapter/promised';
import type { SubjectKeys } from '../port/subject-keys';
import { freshKey } from './wrapped-key';

/** Subject keys for tests: nothing is kept. */
export const createMemoryKeys = (): SubjectKeys => {
  const keys = new Map<SubjectId, Uint8Array | 'erased'>();
  return {
    ensure: (subjects) =>
      promised(() => {
        for (const subject of subjects) if (!keys.has(subject)) keys.set(subject, freshKey());
        return new Map(subjects.map((subject) => [subject, keys.get(subject)!]));
      }),
    find: (subject) => promised(() => keys.get(subject)),
    erase: (subject) => promised(() => void keys.set(subject, 'erased')),
    close: () => Promise.resolve(),
  };
};
