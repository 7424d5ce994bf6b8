import { type RecordedEvent } from '@aftercare/domain';
import { type NaiveCase } from '../counted/tally';
import { all, dimensionsOf, endOf, readComplaints, receivedOn } from '../naive/read-complaints';

export const naiveCases = (events: readonly RecordedEvent[]): readonly NaiveCase[] =>
  readComplaints(events).map((story) => {
    const second = all(story, 'SecondHandlingOpened').length > 0;
    return {
      day: receivedOn(story),
      excluded: all(story, 'OutcomeCommunicated').length === 0 ? 'no-outcome-yet' : '',
      provisional: endOf(story) === 'open' && !second,
      flags: {
        second,
        escalated: all(story, 'ComplaintEscalated').length > 0,
        reopened: all(story, 'ComplaintReopened').length > 0,
      },
      dimensions: dimensionsOf(story),
    };
  });
