import { event, firstBroken, reject, when, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import { localDateOf } from '../../policy/calendar';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents, type ComplaintEvent } from '../events';
import { mustAwaitVerdict, mustNotWaitForEscalation } from '../invariants';
import { EVALUATION_SCALE, NO_ANSWER } from '../rules';
import type { ExistingComplaint, PendingVerdict } from '../state';
import { contactMissing } from './contact';
import { raisedBy } from './severity';
import { happened, underComplainant, type ComplaintUseCase } from './use-case';

type Body = ComplaintCommandOf<'RecordVerdict'>['data'];

/**
 * CMP-14: satisfied with the form (or its refusal), dissatisfied, or no answer. The first dissatisfied verdict opens a second
 * handling at once; after the second one only an escalation leads on. An answer may still come after "no answer".
 */
export const recordVerdict: ComplaintUseCase<'RecordVerdict'> = ({ data }, complaint, context) =>
  when(complaint, mustAwaitVerdict, (pending) => {
    const { verdict, channel, contactId, evaluation, evaluationRefused = false, words, occurredAt } = data;
    const refusal =
      firstBroken<ExistingComplaint>(pending, [mustNotWaitForEscalation]) ??
      heardBefore(pending) ??
      unproven(data, pending);
    if (refusal) return refusal;
    const { round } = pending;
    return [
      event(
        complaintEvents.VerdictRecorded,
        present({
          verdict,
          channel,
          contactId,
          evaluation: evaluation && { ...evaluation, scaleVersion: EVALUATION_SCALE },
          evaluationRefused,
          attempts: verdict === 'no-answer' ? pending.verdictAttempts.length : 0,
          round,
        }),
        { ...underComplainant(pending, present({ words })), ...happened(occurredAt) },
      ),
      ...raisedBy(pending, { said: [words] }, context),
      ...(verdict === 'dissatisfied' ? secondHandling(pending) : []),
    ];
  });

const heardBefore = ({ verdict }: PendingVerdict): Rejection | undefined =>
  verdict === undefined || verdict === 'no-answer' ? undefined : reject('COMPLAINT.VERDICT_RECORDED');

const secondHandling = ({ verdicts, round }: PendingVerdict): readonly ComplaintEvent[] =>
  verdicts.includes('dissatisfied') ? [] : [event(complaintEvents.SecondHandlingOpened, { round: round + 1 })];

const unproven = (body: Body, pending: PendingVerdict): Rejection | undefined => {
  const { verdict, contactId, evaluation, evaluationRefused } = body;
  if (verdict === 'no-answer')
    return pending.verdict === 'no-answer' ? reject('COMPLAINT.VERDICT_RECORDED') : tooFew(pending);
  if (contactId === undefined) return reject('COMPLAINT.NO_PROOF_OF_VERDICT');
  if (verdict === 'satisfied' && evaluation === undefined && evaluationRefused !== true)
    return reject('COMPLAINT.EVALUATION_MISSING');
  return contactMissing(pending, contactId);
};

/** Three attempts on two days. Nobody can be asked who told us no name. */
const tooFew = ({ verdictAttempts, zone, complainant }: PendingVerdict): Rejection | undefined => {
  if (complainant === 'anonymous') return undefined;
  const days = new Set(verdictAttempts.map((at) => localDateOf(at, zone))).size;
  return verdictAttempts.length < NO_ANSWER.attempts || days < NO_ANSWER.days
    ? reject('COMPLAINT.TOO_FEW_ATTEMPTS', { attempts: verdictAttempts.length, days, needed: NO_ANSWER })
    : undefined;
};
