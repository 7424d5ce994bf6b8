import { DAY, event, firstBroken, plus, reject, when, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents } from '../events';
import {
  mustBeDismissed,
  mustBeInvestigated,
  mustBeReopenable,
  mustBeVerified,
  mustGoOnInside,
  mustHaveItsComplainant,
  mustHaveNoOpenStep,
  mustHaveResponsibilityDecided,
} from '../invariants';
import { DISMISSAL_APPEAL_DAYS, REOPEN_DAYS } from '../rules';
import type { ExistingComplaint, OpenComplaint } from '../state';
import { raisedBy } from './severity';
import { happened, stored, underCase, underComplainant, type ComplaintUseCase, type Context } from './use-case';

/** Not well founded: told with the grounds and where to turn, within what time. */
export const communicateDismissal: ComplaintUseCase<'CommunicateDismissal'> = ({ data }, complaint, { now }) =>
  when(complaint, mustHaveItsComplainant, (open) => {
    const broken = firstBroken<ExistingComplaint>(open, [mustBeInvestigated, mustBeVerified]);
    if (broken) return broken;
    if (open.verified?.genuine === 'yes' && FOR_WHAT_IS_NOT_SO.includes(data.grounds))
      return reject('COMPLAINT.GENUINE');
    const { grounds, recourse, channel, text, occurredAt } = data;
    return [
      event(
        complaintEvents.DismissalCommunicated,
        { grounds, recourse, channel, appealBy: plus(now, DISMISSAL_APPEAL_DAYS * DAY), round: open.round },
        { ...underCase(open, present({ text })), ...happened(occurredAt) },
      ),
    ];
  });

/** Grounds that contradict a verification which found it to be so. */
const FOR_WHAT_IS_NOT_SO: readonly string[] = ['not-genuine', 'no-evidence'];

/** Within the days told, by when the appeal came in. */
export const appealDismissal: ComplaintUseCase<'AppealDismissal'> = ({ data }, complaint, context) =>
  when(complaint, mustBeDismissed, (dismissed) => {
    const { channel, words, occurredAt } = data;
    const { appealBy, round } = dismissed;
    if ((occurredAt ? stored(occurredAt) : context.now) > appealBy)
      return reject('COMPLAINT.DISMISSAL_APPEAL_LATE', { appealBy });
    return [
      event(
        complaintEvents.DismissalAppealed,
        { channel, round: round + 1 },
        { ...underComplainant(dismissed, present({ words })), ...happened(occurredAt) },
      ),
      ...raisedBy({ ...dismissed, round: round + 1 }, { said: [words] }, context),
    ];
  });

/** A safety complaint goes on inside: the hazard is there whether or not anybody complains. */
export const withdrawComplaint: ComplaintUseCase<'WithdrawComplaint'> = ({ data }, complaint) =>
  when(complaint, mustHaveItsComplainant, (open) => {
    const { channel, reason, words, occurredAt } = data;
    const continuedInternally = open.measured.safety;
    return [
      event(complaintEvents.ComplaintWithdrawn, present({ channel, continuedInternally, reason, round: open.round }), {
        ...underComplainant(open, present({ words })),
        ...happened(occurredAt),
      }),
    ];
  });

/** What went on inside ends when it was verified, its plan is done and responsibility is decided. */
export const endInternalHandling: ComplaintUseCase<'EndInternalHandling'> = ({ data }, complaint) =>
  when(complaint, mustGoOnInside, (inside) => {
    const broken = firstBroken<ExistingComplaint>(inside, [
      mustBeVerified,
      mustHaveNoOpenStep,
      mustHaveResponsibilityDecided,
    ]);
    return broken ?? [event(complaintEvents.InternalHandlingEnded, { round: inside.round }, underCase(inside, data))];
  });

type Close = ComplaintCommandOf<'CloseComplaint'>['data'];

/** Every end needs the responsibility decided; each has its own proof. */
export const closeComplaint: ComplaintUseCase<'CloseComplaint'> = ({ data }, complaint, context) =>
  when(complaint, mustHaveItsComplainant, (open) => {
    const broken = firstBroken<ExistingComplaint>(open, [mustHaveResponsibilityDecided]);
    const refusal = broken ?? notTrue(data, open, context);
    if (refusal) return refusal;
    const { outcome, recourse = [], referenceId, text } = data;
    const { round, verdicts } = open;
    return [
      event(
        complaintEvents.ComplaintClosed,
        present({ outcome, recourse, referenceId, rounds: round, verdicts: verdicts.slice(-50), round }),
        underCase(open, present({ text })),
      ),
    ];
  });

/** Why a complaint can't end in this way; undefined: it can. */
const notTrue = (data: Close, open: OpenComplaint, context: Context): Rejection | undefined => {
  switch (data.outcome) {
    case 'satisfied':
    case 'no-answer':
      return open.status === 'pending-verdict' && open.verdict === data.outcome
        ? undefined
        : reject('COMPLAINT.VERDICT_MISSING', { outcome: data.outcome });
    case 'external-body':
      return open.external.some(({ referenceId, decided }) => decided && referenceId === data.referenceId)
        ? undefined
        : reject('COMPLAINT.EXTERNAL_DECISION_MISSING');
    case 'final-position':
      return noFinalPosition(data, open, context);
  }
};

/** Only after an escalation, by a manager who was not involved before it, and with the recourse told. */
const noFinalPosition = ({ recourse = [] }: Close, open: OpenComplaint, { actor }: Context): Rejection | undefined => {
  if (!open.involvedBefore) return reject('COMPLAINT.NOT_ESCALATED');
  if (actor.role !== 'manager') return reject('COMPLAINT.FINAL_POSITION_BY_MANAGER');
  if (open.involvedBefore.includes(actor.id)) return reject('COMPLAINT.MANAGER_INVOLVED');
  return recourse.length === 0 ? reject('COMPLAINT.RECOURSE_MISSING') : undefined;
};

/** Back to verifying within 30 days; responsibility stays what it was found to be. */
export const reopenComplaint: ComplaintUseCase<'ReopenComplaint'> = ({ data }, complaint, context) =>
  when(complaint, mustBeReopenable, (ended) => {
    const { foundBy, words, occurredAt } = data;
    const { endedAt, status, round } = ended;
    if (plus(endedAt, REOPEN_DAYS * DAY) < context.now)
      return reject('COMPLAINT.REOPEN_TOO_LATE', { days: REOPEN_DAYS, endedAt });
    return [
      event(
        complaintEvents.ComplaintReopened,
        { foundBy, statusBefore: status, round: round + 1 },
        { ...underComplainant(ended, present({ words })), ...happened(occurredAt) },
      ),
      ...raisedBy({ ...ended, round: round + 1 }, { said: [words] }, context),
    ];
  });

/** CMP-16, CMP-19: in any state; most of it is known when the complaint has ended. */
export const recordLessons: ComplaintUseCase<'RecordLessons'> = ({ data }, complaint) => {
  const { lesson, ...known } = data;
  return [
    event(complaintEvents.LessonsRecorded, { ...known, round: complaint.round }, underCase(complaint, { lesson })),
  ];
};
