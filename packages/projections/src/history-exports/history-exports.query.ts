import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { HistoryExportRow } from './history-exports.projector';

interface ExportsTable extends RowColumns {
  readonly about: string;
  readonly at: string;
}

const MOST = 1_000;

/**
 * Exports in which one of these subjects can be read, or whose matter is one of these streams; the oldest first, each once.
 *
 * @param about names of data subjects and streams
 */
export const exportsAbout = async (
  db: ViewsDb,
  about: readonly string[],
): Promise<readonly Omit<HistoryExportRow, 'about'>[]> => {
  if (about.length === 0) return [];
  const rows = await db
    .withTables<{ readonly history_exports: ExportsTable }>()
    .selectFrom('history_exports')
    .select('doc')
    .where('about', 'in', [...about])
    .orderBy('at')
    .orderBy('key')
    .limit(MOST)
    .execute();
  const found = new Map<string, Omit<HistoryExportRow, 'about'>>();
  for (const row of rows) {
    const { exportId, stream, at } = rowIn<HistoryExportRow>(row);
    found.set(exportId, { exportId, stream, at });
  }
  return [...found.values()];
};
