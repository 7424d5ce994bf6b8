import { type RecordedEvent } from '@aftercare/domain';
import { type NaiveCase } from '../counted/tally';
import { readComplaints, dimensionsOf } from '../naive/read-complaints';
import { dayIn } from '../naive/read-story';
import { dueAt, publishedLevels } from '../naive/due-time';
import { runsOf } from '../naive/control-point-runs';

/** Every run of every control point, judged by the version in force when it started. */
export const naiveCases = (events: readonly RecordedEvent[], at: number): readonly NaiveCase[] => {
  const levels = publishedLevels(events);
  return readComplaints(events).flatMap((story) => {
    const { zone, site } = story.registration.data;
    const dimensions = dimensionsOf(story);
    return runsOf(story).map((run): NaiveCase => {
      const level = levels(run.startedAt);
      const due = dueAt(run, level.body, { zone, site });
      const late = due.at !== undefined && (run.end ? Date.parse(run.end.at) : at) > due.at;
      const left = run.end?.how === 'stopped' ? 'stopped' : 'running';
      return {
        day: dayIn(zone, run.startedAt),
        excluded: late || run.end?.how === 'met' ? '' : left,
        provisional: run.end === undefined,
        flags: { inTime: run.end?.how === 'met' && !late, missRecorded: run.missed },
        dimensions: {
          ...dimensions,
          point: run.point,
          severity: run.severity,
          round: String(run.round),
          policyVersion: String(level.version),
          calendar: due.calendar,
        },
      };
    });
  });
};
