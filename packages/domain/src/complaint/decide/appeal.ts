import { event, firstBroken, isRejection, reject } from '../../kernel/index';
import { present } from '../../kernel/present';
import { complaintEvents } from '../events';
import { mustBeConfirmed, mustHaveNoOpenAppeal } from '../invariants';
import { openAppeals, weighing, type ExistingComplaint, type Responsibility, type Shares } from '../state';
import { areAllPeriodsOver } from './responsibility';
import { toldShares } from './shares';
import { happened, stored, underCase, type ComplaintUseCase } from './use-case';

/** Within the working days told, once per share; also when the complaint is closed. */
export const appealResponsibility: ComplaintUseCase<'AppealResponsibility'> = (
  { data },
  complaint,
  { now, commandId, actor },
) => {
  const broken = firstBroken<ExistingComplaint>(complaint, [mustBeConfirmed]);
  if (broken) return broken;
  const { shareId, grounds, occurredAt } = data;
  const { shares, notices, appeals } = complaint.responsibility;
  const share = shares.find((one) => one.shareId === shareId);
  const notice = notices.find((one) => one.shareId === shareId);
  if (!share || !notice) return reject('COMPLAINT.SHARE_NOT_NOTIFIED');
  if (FIELD.includes(actor.role) && share.role !== actor.role) return reject('COMPLAINT.APPEAL_NOT_OWN');
  if (appeals.some((one) => one.shareId === shareId)) return reject('COMPLAINT.APPEALED_BEFORE');
  // By when it was filed: somebody may write an appeal down that came in yesterday.
  if ((occurredAt ? stored(occurredAt) : now) > notice.appealBy)
    return reject('COMPLAINT.APPEAL_LATE', { appealBy: notice.appealBy });
  return [
    event(
      complaintEvents.ResponsibilityAppealed,
      { appealId: commandId, shareId, party: share.party, round: complaint.round },
      { ...underCase(complaint, { grounds }), ...happened(occurredAt) },
    ),
  ];
};

/** Who appeals for themselves; staff of the desk write down what others filed. */
const FIELD: readonly string[] = ['engineer', 'outlet'];

/** DEC-09: by neither proposer nor confirmer. Final when nothing else is open. */
export const decideAppeal: ComplaintUseCase<'DecideAppeal'> = ({ data }, complaint, { actor, now }) => {
  const { responsibility, round } = complaint;
  const { appealId, decision, grounds } = data;
  if (!openAppeals(responsibility).some((one) => one.appealId === appealId)) return reject('COMPLAINT.APPEAL_UNKNOWN');
  if (responsibility.proposedBy === actor.id || responsibility.confirmedBy === actor.id)
    return reject('COMPLAINT.APPEAL_FOUR_EYES');
  if (decision === 'upheld') {
    if (data.shares) return reject('COMPLAINT.UPHELD_HAS_NO_SHARES');
    const final = isFinalWith(complaint, appealId, responsibility.shares, now);
    return [
      event(complaintEvents.AppealDecided, { appealId, decision, final, round }, underCase(complaint, { grounds })),
    ];
  }
  const told = toldShares(complaint, { said: data.shares ?? [], grounds, before: responsibility.shares });
  if (isRejection(told)) return told;
  const { shares, personal } = told;
  const final = isFinalWith(complaint, appealId, shares, now);
  return [event(complaintEvents.AppealDecided, present({ appealId, decision, shares, final, round }), { personal })];
};

/** Whoever bears more than before is told first, and may appeal. */
const isFinalWith = ({ responsibility }: ExistingComplaint, appealId: string, shares: Shares, now: string): boolean => {
  const others = openAppeals(responsibility).filter((one) => one.appealId !== appealId);
  const notices = responsibility.notices.filter(({ shareId }) => !isHeavier(responsibility, shares, shareId));
  return others.length === 0 && areAllPeriodsOver({ responsibility: { ...responsibility, shares, notices } }, now);
};

const isHeavier = ({ shares }: Responsibility, after: Shares, shareId: string): boolean => {
  const percent = (list: Shares) => list.find((share) => share.shareId === shareId)?.percent ?? 0;
  return percent(after) > percent(shares);
};

/** The periods passed without an appeal. No longer so: nothing. */
export const finaliseResponsibility: ComplaintUseCase<'FinaliseResponsibility'> = ({ data }, complaint, { now }) => {
  const { responsibility, round } = complaint;
  if (responsibility.status !== 'confirmed' || responsibility.proposalId !== data.proposalId) return [];
  const broken = firstBroken<ExistingComplaint>(complaint, [mustHaveNoOpenAppeal]);
  if (broken) return broken;
  if (weighing(responsibility.shares).length === 0 || !areAllPeriodsOver(complaint, now)) return [];
  const { proposalId } = data;
  return [event(complaintEvents.ResponsibilityBecameFinal, { proposalId, shares: [...responsibility.shares], round })];
};
