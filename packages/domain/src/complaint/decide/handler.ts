import { event, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents, type ComplaintEvent } from '../events';
import { mustBeWorkedOn } from '../invariants';
import type { ExistingComplaint, Staff } from '../state';
import { mayNotHandle } from './subject';
import type { ComplaintUseCase, Outcome } from './use-case';

interface Assignment {
  readonly handler: Staff;
  readonly isSubordinateOf: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

const assigned = (complaint: ExistingComplaint, { handler, isSubordinateOf, reason }: Assignment): Outcome => {
  const { handler: previous, round, about } = complaint;
  const refusal = mayNotHandle(about.staff, handler, isSubordinateOf);
  if (refusal) return refusal;
  if (previous?.id === handler.id && previous.role === handler.role) return [];
  const told = present({ handler, isSubordinateOf: [...(isSubordinateOf ?? [])], previous, reason, round });
  const events: readonly ComplaintEvent[] = [event(complaintEvents.HandlerAssigned, told)];
  return events;
};

/** CMP-16: one handler, never the person complained about nor somebody who reports to them. */
export const assignHandler: ComplaintUseCase<'AssignHandler'> = ({ data }, complaint) =>
  when(complaint, mustBeWorkedOn, () =>
    assigned(complaint, { handler: data.handler, isSubordinateOf: data.isSubordinateOf, reason: data.reason }),
  );

export const takeComplaint: ComplaintUseCase<'TakeComplaint'> = ({ data }, complaint, { actor }) =>
  when(complaint, mustBeWorkedOn, () =>
    assigned(complaint, { handler: { id: actor.id, role: actor.role }, isSubordinateOf: data.isSubordinateOf }),
  );
