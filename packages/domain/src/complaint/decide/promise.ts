import { event, firstBroken, reject, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents } from '../events';
import { mustBeExecuted, mustHaveItsComplainant, mustHaveNoOpenStep } from '../invariants';
import type { ExistingComplaint } from '../state';
import { happened, stored, underCase, type ComplaintUseCase } from './use-case';

/** CMP-11: what the complainant was told of the progress, and by when to expect what comes next. */
export const reportProgress: ComplaintUseCase<'ReportProgress'> = ({ data }, complaint) =>
  when(complaint, mustHaveItsComplainant, ({ round }) => {
    const { channel, text, expectedBy, occurredAt } = data;
    return [
      event(
        complaintEvents.ProgressCommunicated,
        present({ channel, expectedBy: expectedBy && stored(expectedBy), round }),
        { ...underCase(complaint, present({ text })), ...happened(occurredAt) },
      ),
    ];
  });

/** CMP-12: what can't be solved at once is promised with a time and the next steps. */
export const giveCommitment: ComplaintUseCase<'GiveCommitment'> = ({ data }, complaint, { commandId, now }) =>
  when(complaint, mustHaveItsComplainant, ({ round }) => {
    const { text, nextSteps, channel, occurredAt } = data;
    const expectedBy = stored(data.expectedBy);
    if (expectedBy <= (occurredAt ? stored(occurredAt) : now)) return reject('COMPLAINT.EXPECTED_IN_PAST');
    return [
      event(
        complaintEvents.CommitmentGiven,
        { commitmentId: commandId, expectedBy, channel, round },
        { ...underCase(complaint, { text, nextSteps }), ...happened(occurredAt) },
      ),
    ];
  });

/** A promise is kept in any state: also one that was given before the complaint ended. */
export const keepCommitment: ComplaintUseCase<'KeepCommitment'> = ({ data }, complaint) => {
  const { commitmentId, occurredAt } = data;
  const commitment = complaint.commitments.find((one) => one.commitmentId === commitmentId);
  if (!commitment) return reject('COMPLAINT.COMMITMENT_UNKNOWN');
  if (commitment.kept) return [];
  return [event(complaintEvents.CommitmentKept, { commitmentId, round: complaint.round }, happened(occurredAt))];
};

/** CMP-13: the plan is executed, the complainant is told; from now on the verdict is awaited. */
export const communicateOutcome: ComplaintUseCase<'CommunicateOutcome'> = ({ data }, complaint, { commandId }) =>
  when(complaint, mustHaveItsComplainant, ({ round }) => {
    const broken = firstBroken<ExistingComplaint>(complaint, [mustBeExecuted, mustHaveNoOpenStep]);
    if (broken) return broken;
    const { channel, reached, contactId = commandId, text, occurredAt } = data;
    return [
      event(
        complaintEvents.OutcomeCommunicated,
        { channel, reached, contactId, round },
        { ...underCase(complaint, present({ text })), ...happened(occurredAt) },
      ),
    ];
  });
