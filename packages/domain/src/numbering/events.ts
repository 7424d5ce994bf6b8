import { Type } from '@sinclair/typebox';
import { code, defineEvent, whole, type EventsOf } from '../kernel/index';

/** Stream `number_series-<uuidv5(kind, month)>`: serials are handed out in blocks; a crash leaves a gap, never a twin (DEC-18). */
export const numberSeriesEvents = {
  NumberBlockAllocated: defineEvent('number_series.NumberBlockAllocated', {
    says: { zh: '分配编号段', en: 'a block of numbers was allocated' },
    data: { kind: code(), month: Type.String({ pattern: '^[0-9]{6}$' }), first: whole(1), last: whole(1) },
  }),
} as const;
export type NumberSeriesEvent = EventsOf<typeof numberSeriesEvents>;
