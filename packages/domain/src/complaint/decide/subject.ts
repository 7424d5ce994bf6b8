import { event, reject, when, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents, type ComplaintEvent } from '../events';
import type { ComplaintFacts } from '../facts';
import { mustBeWorkedOn } from '../invariants';
import type { About, Case, Staff } from '../state';
import { raisedBy } from './severity';
import { underCase, type ComplaintUseCase } from './use-case';

type Subject = Pick<
  ComplaintCommandOf<'IdentifySubject'>['data'],
  'ticketId' | 'workOrderId' | 'outletId' | 'staff' | 'unitId' | 'category' | 'model'
>;

/** What it is about, as recorded: a work order brings its ticket along. */
export const aboutOf = (said: Subject, { found }: ComplaintFacts): About => {
  const { workOrderId, outletId, staff, unitId, category, model } = said;
  const ticketId = said.ticketId ?? (workOrderId ? found?.workOrder?.ticketId : undefined);
  return present({ ticketId, workOrderId, outletId, staff, unitId, category, model });
};

/** A ticket or work order that nobody ever saw can't be complained about. */
export const notOnRecord = (said: Subject, { found }: ComplaintFacts): Rejection | undefined => {
  if (said.ticketId !== undefined && found?.ticket !== true) return reject('COMPLAINT.TICKET_UNKNOWN');
  if (said.workOrderId === undefined) return undefined;
  if (!found?.workOrder) return reject('COMPLAINT.WORK_ORDER_UNKNOWN');
  return said.ticketId !== undefined && found.workOrder.ticketId !== said.ticketId
    ? reject('COMPLAINT.WORK_ORDER_OF_ANOTHER_TICKET')
    : undefined;
};

/** Why somebody may not handle this complaint; undefined: they may. */
export const mayNotHandle = (
  staff: About['staff'],
  handler: Staff,
  isSubordinateOf: readonly string[] | undefined,
): Rejection | undefined => {
  if (!staff) return undefined;
  if (staff.id === handler.id) return reject('COMPLAINT.HANDLER_CONCERNED');
  if (isSubordinateOf === undefined) return reject('COMPLAINT.RELATION_UNSTATED');
  return isSubordinateOf.includes(staff.id) ? reject('COMPLAINT.HANDLER_SUBORDINATE') : undefined;
};

/** Whom or what it is about became known. A handler who is concerned by that is released at once. */
export const identifySubject: ComplaintUseCase<'IdentifySubject'> = ({ data }, complaint, { facts }) =>
  when(complaint, mustBeWorkedOn, () => {
    const { reason, handlerIsSubordinateOf, ...said } = data;
    const refusal = notOnRecord(said, facts);
    if (refusal) return refusal;
    const about = aboutOf(said, facts);
    if (Object.keys(about).length === 0) return reject('COMPLAINT.NOTHING_SAID');
    const { handler, round } = complaint;
    const conflict = handler && mayNotHandle(about.staff, handler, handlerIsSubordinateOf);
    if (conflict?.code === 'COMPLAINT.RELATION_UNSTATED') return conflict;
    const why = conflict?.code === 'COMPLAINT.HANDLER_CONCERNED' ? 'named-in-complaint' : 'subordinate';
    return [
      event(complaintEvents.SubjectIdentified, { about, round }, underCase(complaint, { reason })),
      ...(conflict ? released(complaint, why) : []),
    ];
  });

/** The handler steps back; nothing when there is none. */
export const released = (
  { handler, round }: Pick<Case, 'handler' | 'round'>,
  reason: 'named-in-complaint' | 'subordinate',
): readonly ComplaintEvent[] => (handler ? [event(complaintEvents.HandlerReleased, { handler, reason, round })] : []);

/** CMP-05, CMP-18: a grave cause makes it urgent; it is taken away only by an assessment that a second person approves. */
export const classifyComplaint: ComplaintUseCase<'ClassifyComplaint'> = ({ data }, complaint, context) =>
  when(complaint, mustBeWorkedOn, () => {
    const { round } = complaint;
    const { reason, ...found } = data;
    const { graveCause } = found;
    return [
      event(complaintEvents.ComplaintClassified, { ...found, round }, underCase(complaint, { reason })),
      ...(graveCause ? raisedBy(complaint, { measured: { graveCause } }, context) : []),
    ];
  });
