import { ticketStateLabels, type Instant, type RecordedEvent, type Text, type TicketStatus } from '@aftercare/domain';

/** What a customer sees of a ticket (CSS-01, EXE-09): states and steps, no name, no address, nobody of the staff. */
export interface TrackingView {
  readonly number: string;
  readonly status: TicketStatus;
  readonly statusName: Text;
  readonly receivedAt: Instant;
  readonly appointment?: { readonly from: Instant; readonly to: Instant };
  readonly steps: readonly { readonly at: Instant; readonly says: Text }[];
  /** What the link may do now. */
  readonly can: readonly ('confirm-resolution' | 'reject-resolution' | 'accept-solution' | 'decline-solution')[];
  /** The solution that waits for consent. */
  readonly solution?: { readonly options: readonly string[]; readonly cost: unknown; readonly leadTimeDays: number };
}

const STEPS: Readonly<Record<string, Text>> = {
  'ticket.TicketSubmitted': { zh: '已提交,等待审核', en: 'submitted' },
  'ticket.TicketRegistered': { zh: '已登记', en: 'registered' },
  'ticket.IntakeReviewed': { zh: '已审核', en: 'reviewed' },
  'ticket.HandlingStarted': { zh: '已开始处理', en: 'handling started' },
  'work_order.WorkOrderDispatched': { zh: '已派工', en: 'an engineer was assigned' },
  'work_order.WorkOrderAccepted': { zh: '工程师已接单', en: 'the engineer accepted' },
  'work_order.AppointmentAgreed': { zh: '已约定上门时间', en: 'an appointment was agreed' },
  'work_order.AppointmentMoved': { zh: '上门时间已变更', en: 'the appointment was moved' },
  'work_order.TravelStarted': { zh: '工程师已出发', en: 'the engineer is on the way' },
  'work_order.ArrivalRecorded': { zh: '工程师已到达', en: 'the engineer has arrived' },
  'work_order.WorkStarted': { zh: '检修中', en: 'work started' },
  'work_order.WorkCompleted': { zh: '现场服务结束', en: 'the visit ended' },
  'ticket.ProgressReported': { zh: '处理进度更新', en: 'progress was reported' },
  'ticket.TicketPaused': { zh: '暂停处理', en: 'paused' },
  'ticket.TicketResumed': { zh: '恢复处理', en: 'resumed' },
  'ticket.SolutionProposed': { zh: '已提出方案,等待您同意', en: 'a solution awaits your consent' },
  'ticket.SolutionAccepted': { zh: '您已同意方案', en: 'you accepted the solution' },
  'ticket.SolutionDeclined': { zh: '您未同意方案', en: 'you declined the solution' },
  'ticket.ResolutionProposed': { zh: '问题已解决,请您确认', en: 'solved, please confirm' },
  'ticket.ResolutionConfirmed': { zh: '您已确认解决', en: 'you confirmed' },
  'ticket.ResolutionRejected': { zh: '您反馈未解决', en: 'you said it is not solved' },
  'ticket.ResolutionAcceptedBySilence': { zh: '逾期未答复,视为接受', en: 'accepted by silence' },
  'ticket.TicketClosed': { zh: '已完成', en: 'closed' },
  'ticket.TicketClosedUnresolved': { zh: '未处理关闭', en: 'closed unresolved' },
  'ticket.TicketCancelled': { zh: '已取消', en: 'cancelled' },
  'ticket.TicketReopened': { zh: '重新打开', en: 'reopened' },
};

const CAN: Partial<Record<TicketStatus, TrackingView['can']>> = {
  'pending-confirmation': ['confirm-resolution', 'reject-resolution'],
  'awaiting-consent': ['accept-solution', 'decline-solution'],
};

/** Built from the ticket's and its work orders' events, in the order in which they were recorded. */
export const trackingView = (
  status: TicketStatus,
  events: readonly RecordedEvent[],
  withActions: boolean,
): TrackingView => {
  const first = events[0]!;
  const last = (...types: string[]) => events.filter((event) => types.includes(event.type)).at(-1);
  const appointment = last('work_order.AppointmentAgreed', 'work_order.AppointmentMoved');
  const solution = status === 'awaiting-consent' ? last('ticket.SolutionProposed') : undefined;
  const window = (appointment?.data as { window?: TrackingView['appointment'] } | undefined)?.window;
  return {
    number: (first.data as { number: string }).number,
    status,
    statusName: ticketStateLabels[status],
    receivedAt: first.metadata.receivedAt ?? first.metadata.recordedAt,
    ...(window ? { appointment: window } : {}),
    steps: events.flatMap(({ type, metadata }) => {
      const says = STEPS[type];
      return says ? [{ at: metadata.recordedAt, says }] : [];
    }),
    can: withActions ? (CAN[status] ?? []) : [],
    ...(solution ? { solution: solutionIn(solution.data as NonNullable<TrackingView['solution']>) } : {}),
  };
};

const solutionIn = ({ options, cost, leadTimeDays }: NonNullable<TrackingView['solution']>) => ({
  options,
  cost,
  leadTimeDays,
});
