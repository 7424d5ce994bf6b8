import { event, firstBroken, reject, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents } from '../events';
import { mustBeInvestigated, mustBeWorkedOn, mustHaveAHandler } from '../invariants';
import type { ExistingComplaint } from '../state';
import { raisedBy } from './severity';
import { happened, stored, underCase, underComplainant, type ComplaintUseCase } from './use-case';

/** CMP-06: pauses every control point but the first. */
export const requestInformation: ComplaintUseCase<'RequestInformation'> = ({ data }, complaint, { commandId, now }) =>
  when(complaint, mustBeWorkedOn, () => {
    const { from, question } = data;
    const expectedBy = stored(data.expectedBy);
    if (expectedBy <= now) return reject('COMPLAINT.EXPECTED_IN_PAST');
    return [
      event(
        complaintEvents.InformationRequested,
        { requestId: commandId, from, expectedBy, round: complaint.round },
        underCase(complaint, { question }),
      ),
    ];
  });

const openRequest = ({ requests }: ExistingComplaint, id: string) =>
  requests.find(({ requestId, open }) => requestId === id && open);

/** What came in; complete or not, it may tell of a hazard. Only a complete answer ends the pause. */
export const receiveInformation: ComplaintUseCase<'ReceiveInformation'> = ({ data }, complaint, context) => {
  const { requestId, complete, answer, occurredAt } = data;
  const request = openRequest(complaint, requestId);
  if (!request) return reject('COMPLAINT.REQUEST_UNKNOWN');
  const fields = present({ answer });
  return [
    event(
      complaintEvents.InformationReceived,
      { requestId, complete, round: complaint.round },
      {
        ...(request.ofComplainant ? underComplainant(complaint, fields) : underCase(complaint, fields)),
        ...happened(occurredAt),
      },
    ),
    ...raisedBy(complaint, { said: [answer] }, context),
  ];
};

export const withdrawRequest: ComplaintUseCase<'WithdrawInformationRequest'> = ({ data }, complaint) => {
  const { requestId, reason } = data;
  const { round } = complaint;
  return openRequest(complaint, requestId)
    ? [event(complaintEvents.InformationRequestWithdrawn, { requestId, round }, underCase(complaint, { reason }))]
    : reject('COMPLAINT.REQUEST_UNKNOWN');
};

/** CMP-06. May be done again when something new came up. */
export const verifyComplaint: ComplaintUseCase<'VerifyComplaint'> = ({ data }, complaint) =>
  when(complaint, mustBeInvestigated, () => {
    const broken = firstBroken<ExistingComplaint>(complaint, [mustHaveAHandler]);
    if (broken) return broken;
    const { genuine, complete, findings } = data;
    return [
      event(
        complaintEvents.ComplaintVerified,
        { genuine, complete, round: complaint.round },
        underCase(complaint, present({ findings })),
      ),
    ];
  });

/** Before blame, and before everything else: legal from the first moment on. */
export const takeContainment: ComplaintUseCase<'TakeContainment'> = ({ data }, complaint) =>
  when(complaint, mustBeWorkedOn, () => {
    const { measure, description, occurredAt } = data;
    return [
      event(
        complaintEvents.ContainmentTaken,
        { measure, round: complaint.round },
        { ...underCase(complaint, present({ description })), ...happened(occurredAt) },
      ),
    ];
  });
