import type { SubjectId } from '@aftercare/domain/kernel';
import { MasterKeyError } from './master-key-error';
import { keyCheckValue, unwrapKey, wrapKey } from './wrapped-key';

/** A subject's key as it rests; null: a tombstone. */
export interface WrappedRow {
  readonly subject: SubjectId;
  readonly wrapped: Uint8Array | null;
}

/** Where wrapped keys rest, as far as a rotation needs it. Nobody else may use the keys meanwhile. */
export interface WrappedKeyTable {
  /** The check value beside the keys; undefined in an empty table. */
  check(): Promise<string | undefined>;
  setCheck(value: string): Promise<void>;
  /** Rows behind a subject, in order of subjects. */
  page(after: SubjectId | undefined, limit: number): Promise<readonly WrappedRow[]>;
  /** All or nothing, and durable when it resolves. */
  replace(rows: readonly WrappedRow[]): Promise<void>;
  count(): Promise<number>;
  /** Makes sure that what was replaced can't be found in free pages. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface Rotation {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

const PAGE = 500;

/** Stands beside the keys while both master keys are needed; neither opens them alone. */
const underWay = ({ from, to }: Rotation): string => `rotating ${keyCheckValue(from)} ${keyCheckValue(to)}`;

/**
 * @param value of the master key at hand
 * @param check what stands beside the keys
 * @param where names the place in the message
 * @throws MasterKeyError WRONG_MASTER_KEY, ROTATION_UNFINISHED
 */
export const mustBeUnder = (value: string, check: string, where: string): void => {
  if (check === value) return;
  if (check.startsWith('rotating '))
    throw new MasterKeyError(
      'ROTATION_UNFINISHED',
      `a change of the master key of ${where} was interrupted: run rotate-master-key again with both keys`,
    );
  throw new MasterKeyError('WRONG_MASTER_KEY', `${where} was made with another master key: nothing was changed`);
};

/**
 * Wraps every subject's key with another master key. Interrupted anywhere, it goes on with the same two keys: a key that the
 * new one opens is left as it is. Subject keys, and with them every stored byte, stay what they are.
 *
 * @returns how many were wrapped anew
 * @throws MasterKeyError WRONG_MASTER_KEY when the keys are under another one; nothing is changed then
 */
export const rotateMasterKey = async (table: WrappedKeyTable, rotation: Rotation): Promise<number> => {
  const { from, to, onProgress } = rotation;
  const check = await table.check();
  if (check === keyCheckValue(to)) return 0;
  if (check !== keyCheckValue(from) && check !== underWay(rotation))
    throw new MasterKeyError('WRONG_MASTER_KEY', 'the keys are not under the master key to rotate from');
  await table.setCheck(underWay(rotation));
  const total = await table.count();
  let rewrapped = 0;
  let done = 0;
  let after: SubjectId | undefined;
  for (;;) {
    const rows = await table.page(after, PAGE);
    const fresh = rows.flatMap((row) => rewrappedRow(row, from, to));
    if (fresh.length > 0) await table.replace(fresh);
    rewrapped += fresh.length;
    done += rows.length;
    onProgress?.({ done, total });
    after = rows.at(-1)?.subject;
    if (rows.length < PAGE) break;
  }
  await table.sweep();
  await table.setCheck(keyCheckValue(to));
  return rewrapped;
};

/** Empty: a tombstone, or wrapped with the new one already. */
const rewrappedRow = ({ subject, wrapped }: WrappedRow, from: Uint8Array, to: Uint8Array): readonly WrappedRow[] => {
  if (wrapped === null || opens(wrapped, subject, to)) return [];
  return [{ subject, wrapped: wrapKey(unwrapKey(wrapped, subject, from), subject, to) }];
};

const opens = (wrapped: Uint8Array, subject: SubjectId, master: Uint8Array): boolean => {
  try {
    unwrapKey(wrapped, subject, master);
    return true;
  } catch {
    return false;
  }
};
