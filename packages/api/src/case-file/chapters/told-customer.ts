import type { Instant } from '@aftercare/domain';
import { nothing, type Block } from '../blocks';
import { dataOf, eventsOf, type CaseFileContents, type FiledEvent } from '../contents';
import type { LocalTime } from '../../audit/local-time';
import { personalLines } from './timeline';

/** Every event that says what the customer was told, asked, promised, or answered. */
const TOLD = [
  'complaint.ComplaintAcknowledged',
  'complaint.ComplainantContacted',
  'complaint.ProgressCommunicated',
  'complaint.CommitmentGiven',
  'complaint.OutcomeCommunicated',
  'complaint.DismissalCommunicated',
  'complaint.VerdictRecorded',
  'complaint.ComplaintWithdrawn',
  'complaint.ComplaintClosed',
  'ticket.CustomerContacted',
  'ticket.SafetyAdviceGiven',
  'ticket.SolutionProposed',
  'ticket.SolutionAccepted',
  'ticket.SolutionDeclined',
  'ticket.ProgressReported',
  'ticket.ResolutionProposed',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionRejected',
  'ticket.ConfirmationReminded',
  'ticket.FollowUpAttempted',
  'ticket.FollowUpCompleted',
  'work_order.AppointmentAgreed',
  'work_order.AppointmentMoved',
  'work_order.RisksExplained',
];

/** What the customer was told when, and which promises were kept. */
export const toldCustomer = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const told = eventsOf(contents, ...TOLD);
  const promises = eventsOf(contents, 'complaint.CommitmentGiven');
  return [
    { kind: 'chapter', text: '二、告知客户的情况' },
    told.length === 0
      ? nothing('没有与客户沟通的记录。')
      : {
          kind: 'table',
          columns: [
            { title: '时间', width: 21 },
            { title: '事项', width: 33 },
            { title: '内容', width: 46 },
          ],
          rows: told.map((filed) => [time.of(filed.event.metadata.occurredAt), filed.says, personalLines(filed)]),
        },
    { kind: 'section', text: '承诺及兑现' },
    promises.length === 0
      ? nothing('没有作出承诺。')
      : {
          kind: 'table',
          columns: [
            { title: '承诺时间', width: 21 },
            { title: '承诺内容', width: 36 },
            { title: '期限', width: 21 },
            { title: '结果', width: 22 },
          ],
          rows: promises.map((filed) => {
            const { expectedBy } = dataOf<{ readonly expectedBy: Instant }>(filed);
            return [
              time.of(filed.event.metadata.occurredAt),
              personalLines(filed),
              time.of(expectedBy),
              outcomeOf(filed, contents, time),
            ];
          }),
        },
  ];
};

const outcomeOf = (promise: FiledEvent, contents: CaseFileContents, time: LocalTime) => {
  const { commitmentId, expectedBy } = dataOf<{ readonly commitmentId: string; readonly expectedBy: Instant }>(promise);
  const kept = eventsOf(contents, 'complaint.CommitmentKept').find(
    (one) =>
      one.event.stream === promise.event.stream &&
      dataOf<{ readonly commitmentId: string }>(one).commitmentId === commitmentId,
  )?.event.metadata.occurredAt;
  if (kept !== undefined)
    return kept <= expectedBy
      ? `按期兑现(${time.of(kept)})`
      : [{ text: `逾期兑现(${time.of(kept)})`, tone: 'mark' } as const];
  return contents.madeAt <= expectedBy ? '尚未到期' : [{ text: '逾期未兑现', tone: 'mark' } as const];
};
