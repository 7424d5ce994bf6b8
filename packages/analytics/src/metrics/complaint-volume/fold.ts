import { type RecordedEvent } from '@aftercare/domain';
import { type NaiveCase } from '../counted/tally';
import { all, dimensionsOf, endOf, lastOf, readComplaints, receivedOn } from '../naive/read-complaints';

/** Every complaint, one by one. */
export const naiveCases = (events: readonly RecordedEvent[]): readonly NaiveCase[] =>
  readComplaints(events).map((story) => {
    const open = endOf(story) === 'open';
    const track = lastOf(
      story,
      'ResponsibilityProposed',
      'ResponsibilityProposalRejected',
      'ResponsibilityConfirmed',
      'ResponsibilityUndetermined',
      'ResponsibilityAppealed',
      'AppealDecided',
      'ResponsibilityBecameFinal',
    );
    return {
      day: receivedOn(story),
      excluded: '',
      provisional: open,
      flags: {
        open,
        safety: lastOf(story, 'SeverityAssessed')?.data.safety ?? story.registration.data.safetyMarked,
        external: story.registration.data.external !== undefined || all(story, 'ExternalReferenceAdded').length > 0,
        responsibilityFinal:
          track?.type === 'complaint.ResponsibilityBecameFinal' ||
          (track?.type === 'complaint.AppealDecided' && track.data.final),
      },
      dimensions: dimensionsOf(story),
    };
  });
