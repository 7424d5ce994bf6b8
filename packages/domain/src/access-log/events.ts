import { code, defineEvent, flag, list, text, whole, type EventsOf } from '../kernel/index';

/**
 * Stream `access_log-<uuidv5(writer:day)>`: who looked at what unmasked or took it away, and why (architecture §8). The reason stands
 * under the key of the matter that was looked at.
 */
export const accessLogEvents = {
  PersonalDataShown: defineEvent('access_log.PersonalDataShown', {
    says: { zh: '查阅未脱敏个人信息', en: 'personal data was shown unmasked' },
    data: { subject: code(80), fields: list(code(), 20, 1) },
    personal: { reason: text(500) },
  }),
  /** A file with a matter's history left the house; whoever is named in `disclosed` can be read in it for ever. */
  HistoryExported: defineEvent('access_log.HistoryExported', {
    says: { zh: '导出案卷', en: 'a history was exported' },
    data: {
      subject: code(80),
      /** Subjects whose personal parts can be opened with the file alone. */
      disclosed: list(code(80), 200),
      /** True: payloads with closed personal parts were left out. */
      withheld: flag(),
      streams: whole(),
      events: whole(),
      /** Number of the anchor that it is proven by. */
      anchor: whole(),
    },
    personal: { reason: text(500) },
  }),
} as const;
export type AccessLogEvent = EventsOf<typeof accessLogEvents>;
