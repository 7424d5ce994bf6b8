import { event, reject, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents } from '../events';
import { mustHaveItsComplainant } from '../invariants';
import { mayNotHandle } from './subject';
import type { ComplaintUseCase } from './use-case';

/**
 * CMP-14, SLA-13: to somebody who never handled it. After a dissatisfied verdict it goes back to verifying with them;
 * else the new handler goes on where it stands.
 */
export const escalateComplaint: ComplaintUseCase<'EscalateComplaint'> = ({ data }, complaint) =>
  when(complaint, mustHaveItsComplainant, (open) => {
    const { handler, reason, isSubordinateOf } = data;
    const { handlers, handler: previous, level, round, about, escalationDue } = open;
    if (handlers.includes(handler.id)) return reject('COMPLAINT.HANDLER_NOT_NEW');
    const refusal = mayNotHandle(about.staff, handler, isSubordinateOf);
    if (refusal) return refusal;
    return [
      event(
        complaintEvents.ComplaintEscalated,
        present({
          level: level + 1,
          reason,
          handler,
          isSubordinateOf: isSubordinateOf ?? [],
          previous,
          round,
        }),
      ),
      ...(escalationDue ? [event(complaintEvents.SecondHandlingOpened, { round: round + 1 })] : []),
    ];
  });
