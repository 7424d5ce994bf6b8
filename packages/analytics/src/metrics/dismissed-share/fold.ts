import { type RecordedEvent } from '@aftercare/domain';
import { type NaiveCase } from '../counted/tally';
import { all, dimensionsOf, endOf, readComplaints, receivedOn } from '../naive/read-complaints';

export const naiveCases = (events: readonly RecordedEvent[], at: number): readonly NaiveCase[] =>
  readComplaints(events).map((story) => {
    const end = endOf(story);
    const dismissals = all(story, 'DismissalCommunicated');
    const dismissed = end === 'dismissed';
    return {
      day: receivedOn(story),
      excluded: end === 'open' || end === 'withdrawn' ? end : '',
      provisional: dismissed && Date.parse(dismissals.at(-1)?.data.appealBy ?? '') > at,
      flags: {
        dismissed,
        appealed: all(story, 'DismissalAppealed').length > 0,
        overturned: !dismissed && dismissals.length > 0,
      },
      dimensions: dimensionsOf(story),
    };
  });
