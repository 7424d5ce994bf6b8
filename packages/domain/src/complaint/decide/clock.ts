import { event } from '../../kernel/index';
import type { ControlPoint } from '../../vocabulary';
import { complaintEvents } from '../events';
import { missNote, reminderNote } from '../evolve/case';
import { isResponsibilityDecided, stageOf, type ExistingComplaint } from '../state';
import type { ComplaintUseCase } from './use-case';

/** Each round has a plan, an execution and a verdict of its own. */
const PER_ROUND: readonly ControlPoint[] = ['plan', 'execution', 'verdict'];

/** Whether a control point is still to be met: what the process planned may be over by now. */
const isAwaited = (complaint: ExistingComplaint, point: ControlPoint): boolean => {
  const stage = stageOf(complaint);
  if (stage === undefined) return false;
  switch (point) {
    case 'acknowledge':
      return stage === 'registered';
    case 'responsibility':
      return !isResponsibilityDecided(complaint);
    case 'plan':
      return complaint.plan === undefined;
    case 'execution':
      return stage === 'planned' || stage === 'executing';
    case 'verdict':
      return stage === 'pending-verdict' && complaint.verdict === undefined;
  }
};

const isRunning = (complaint: ExistingComplaint, point: ControlPoint, round: number): boolean =>
  (PER_ROUND.includes(point) ? complaint.round === round : complaint.round >= round) && isAwaited(complaint, point);

/** SLA-09: once per control point, round and count. */
export const remindControlPoint: ComplaintUseCase<'RemindControlPoint'> = ({ data }, complaint) => {
  const { point, round, count } = data;
  const isNew = !complaint.clockNotes.includes(reminderNote(point, round, count));
  return isNew && isRunning(complaint, point, round) ? [event(complaintEvents.ControlPointReminded, data)] : [];
};

/** SLA-09, SLA-13: once per control point, round and deadline. */
export const missControlPoint: ComplaintUseCase<'MissControlPoint'> = ({ data }, complaint) => {
  const { point, round, dueBy } = data;
  const isNew = !complaint.clockNotes.includes(missNote(point, round, dueBy));
  return isNew && isRunning(complaint, point, round) ? [event(complaintEvents.ControlPointMissed, data)] : [];
};
