import type { AccessLogEvent, Recorded, RecordedEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** One export of a matter's history, once for each subject that can be read in it or whose matter it is. */
export interface HistoryExportRow {
  /** Id of the entry in the access log. */
  readonly exportId: string;
  /** Stream of the matter. */
  readonly stream: string;
  readonly at: string;
  /** A stream or the name of a data subject. */
  readonly about: string;
}

type HistoryExported = Extract<Recorded<AccessLogEvent>, { readonly type: 'access_log.HistoryExported' }>;

/** Who was carried out of the house (DEC-15): an erasure names the exports made before, whatever the store has grown to. */
export const historyExports = readModel<HistoryExportRow>({
  projector: {
    name: 'history_exports',
    version: 1,
    types: ['access_log.HistoryExported'] satisfies readonly AccessLogEvent['type'][],
    key: (event) => {
      const { subject, disclosed } = (event as HistoryExported).data;
      return [...new Set([subject, ...disclosed])].map((about) => `${event.eventId} ${about}`);
    },
    evolve: (_row, event, key) => rowOf(event, key),
  },
  columns: { about: { kind: 'text', of: (row) => row.about }, at: { kind: 'text', of: (row) => row.at } },
  indexes: [['about', 'at']],
});

const rowOf = ({ eventId, data, metadata }: RecordedEvent, key: string): HistoryExportRow => ({
  exportId: eventId,
  stream: (data as HistoryExported['data']).subject,
  at: metadata.recordedAt,
  about: key.slice(eventId.length + 1),
});
