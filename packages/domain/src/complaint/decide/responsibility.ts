import { event, firstBroken, isRejection, reject } from '../../kernel/index';
import { addWorkingDays, isProvisionalBetween, officeOf } from '../../policy/office';
import { complaintEvents, type ComplaintEvent } from '../events';
import { mustBeConfirmed, mustBeFreeToPropose, mustBeProposed } from '../invariants';
import { APPEAL_WORKING_DAYS } from '../rules';
import { weighing, type Case, type ExistingComplaint } from '../state';
import { toldShares } from './shares';
import { released } from './subject';
import { happened, underCase, type ComplaintUseCase, type Context, type Outcome } from './use-case';

/**
 * CMP-07, DEC-09: in any state, closed included. Who turns out to be responsible handles the complaint no longer.
 */
export const proposeResponsibility: ComplaintUseCase<'ProposeResponsibility'> = (
  { data },
  complaint,
  { commandId },
) => {
  const broken = firstBroken<ExistingComplaint>(complaint, [mustBeFreeToPropose]);
  if (broken) return broken;
  const { result, shares: said, grounds, evidence = [] } = data;
  if (evidence.some((id) => !complaint.evidence.includes(id))) return reject('COMPLAINT.EVIDENCE_UNKNOWN');
  const { round } = complaint;
  const proposed = { proposalId: commandId, result, evidence, round };
  if (result === 'undetermined')
    return said.length > 0
      ? reject('COMPLAINT.UNDETERMINED_HAS_NO_SHARES')
      : [event(complaintEvents.ResponsibilityProposed, { ...proposed, shares: [] }, underCase(complaint, { grounds }))];
  const told = toldShares(complaint, { said, grounds });
  if (isRejection(told)) return told;
  const { shares, personal } = told;
  const isHandlerMeant = said.some(({ meant }) => meant?.id === complaint.handler?.id && complaint.handler);
  const events: readonly ComplaintEvent[] = [
    event(complaintEvents.ResponsibilityProposed, { ...proposed, shares }, { personal }),
    ...(isHandlerMeant ? released(complaint, 'named-in-complaint') : []),
  ];
  return events;
};

/** Four eyes: what one proposed, another one decides on. */
const onProposal = (
  complaint: ExistingComplaint,
  proposalId: string,
  { actor }: Context,
  then: () => readonly ComplaintEvent[],
): Outcome => {
  const broken = firstBroken<ExistingComplaint>(complaint, [mustBeProposed]);
  if (broken) return broken;
  const { responsibility } = complaint;
  if (responsibility.proposalId !== proposalId) return reject('COMPLAINT.PROPOSAL_UNKNOWN');
  return responsibility.proposedBy === actor.id ? reject('COMPLAINT.FOUR_EYES') : then();
};

export const rejectResponsibility: ComplaintUseCase<'RejectResponsibility'> = ({ data }, complaint, context) =>
  onProposal(complaint, data.proposalId, context, () => {
    const { proposalId, reason } = data;
    const told = { proposalId, round: complaint.round };
    return [event(complaintEvents.ResponsibilityProposalRejected, told, underCase(complaint, { reason }))];
  });

export const confirmResponsibility: ComplaintUseCase<'ConfirmResponsibility'> = ({ data }, complaint, context) =>
  onProposal(complaint, data.proposalId, context, () => {
    const { round, responsibility } = complaint;
    const { proposalId } = data;
    return responsibility.result === 'undetermined'
      ? [event(complaintEvents.ResponsibilityUndetermined, { proposalId, round })]
      : [
          event(complaintEvents.ResponsibilityConfirmed, {
            proposalId,
            shares: [...responsibility.shares],
            round,
          }),
        ];
  });

/** Starts the working days for an appeal, on the office calendar of the site. Told again: nothing. */
export const notifyResponsibility: ComplaintUseCase<'NotifyResponsibility'> = ({ data }, complaint, { now, facts }) => {
  const broken = firstBroken<ExistingComplaint>(complaint, [mustBeConfirmed]);
  if (broken) return broken;
  const { shareId, channel, occurredAt } = data;
  const { notices, shares } = complaint.responsibility;
  const share = shares.find((one) => one.shareId === shareId);
  if (!share) return reject('COMPLAINT.SHARE_UNKNOWN');
  if (notices.some((notice) => notice.shareId === shareId)) return [];
  const { version, body } = facts.policies['service-level'];
  const office = officeOf(body, complaint.site);
  // From when it is recorded: whoever is told late loses no day of the period.
  const appealBy = addWorkingDays(now, APPEAL_WORKING_DAYS, office, complaint.zone);
  return [
    event(
      complaintEvents.ResponsibilityNotified,
      {
        shareId,
        party: share.party,
        channel,
        appealBy,
        policyVersion: version,
        calendarProvisional: isProvisionalBetween(now, appealBy, office, complaint.zone),
        round: complaint.round,
      },
      happened(occurredAt),
    ),
  ];
};

/** True when every share that weighs was told of and its period is over. */
export const areAllPeriodsOver = ({ responsibility }: Pick<Case, 'responsibility'>, now: string): boolean =>
  weighing(responsibility.shares).every(({ shareId }) => {
    const notice = responsibility.notices.find((one) => one.shareId === shareId);
    const isAppealed = responsibility.appeals.some((appeal) => appeal.shareId === shareId);
    return notice !== undefined && (notice.appealBy < now || isAppealed);
  });
