import {
  type ComplaintEvent,
  type Recorded,
  type RecordedEvent,
  type TicketEvent,
  type WorkOrderEvent,
} from '@aftercare/domain';
import { type NaiveCase } from '../counted/tally';
import { dayIn } from '../naive/read-story';

type Event = Recorded<TicketEvent | WorkOrderEvent | ComplaintEvent>;

interface Promised {
  readonly kind: string;
  readonly id: string;
  due: string;
  moved: boolean;
  keptAt?: string;
  how: 'open' | 'kept' | 'void' | 'replaced';
}

/** Every promise, followed from the event that gave it to whatever ended it. */
export const naiveCases = (events: readonly RecordedEvent[], at: number): readonly NaiveCase[] => {
  const streams = new Map<string, Event[]>();
  for (const event of events as unknown as readonly Event[]) {
    const own = streams.get(event.stream);
    if (own) own.push(event);
    else streams.set(event.stream, [event]);
  }
  return [...streams.values()].flatMap((own) => {
    const [opening] = own;
    if (!opening || !/^(?:ticket|work_order|complaint)-/u.test(opening.stream)) return [];
    const { zone, region = '' } = opening.data as { readonly zone: string; readonly region?: string };
    return promisesOf(own).map((promise) => caseOf(promise, { zone, region, at, stream: opening.stream }));
  });
};

const caseOf = (
  promise: Promised,
  {
    zone,
    region,
    at,
    stream,
  }: { readonly zone: string; readonly region: string; readonly at: number; readonly stream: string },
): NaiveCase => {
  const due = Date.parse(promise.due);
  const kept = promise.keptAt === undefined ? undefined : Date.parse(promise.keptAt);
  const open = promise.how === 'open';
  return {
    day: dayIn(zone, promise.due),
    excluded: promise.how === 'void' ? 'void' : open && due >= at ? 'not-due' : '',
    provisional: open,
    flags: {
      kept: kept !== undefined && kept <= due,
      late: kept !== undefined && kept > due,
      moved: promise.moved,
    },
    dimensions: { kind: promise.kind, matter: stream.split('-')[0] ?? '', region },
  };
};

const promisesOf = (events: readonly Event[]): readonly Promised[] => {
  const promises: Promised[] = [];
  const moves = new Set<Event>();
  events.forEach((event, index) => {
    const gift = giftIn(event);
    if (!gift || moves.has(event)) return;
    const promise: Promised = { ...gift, moved: false, how: 'open' };
    promises.push(promise);
    for (const later of events.slice(index)) {
      const again = later === event ? undefined : giftIn(later);
      if (again?.kind === promise.kind && again.id === promise.id) {
        if (later.metadata.recordedAt > promise.due) promise.how = 'replaced';
        else {
          promise.due = again.due;
          promise.moved = true;
          moves.add(later);
        }
      } else if (later !== event && isKeptBy(later, promise)) {
        promise.how = 'kept';
        promise.keptAt = later.metadata.occurredAt;
      } else if (later !== event && isOverBy(later, promise) && later.metadata.recordedAt <= promise.due) {
        promise.how = 'void';
      }
      if (promise.how !== 'open') break;
    }
  });
  return promises;
};

const giftIn = (event: Event): { readonly kind: string; readonly id: string; readonly due: string } | undefined => {
  switch (event.type) {
    case 'complaint.CommitmentGiven':
      return { kind: 'commitment', id: event.data.commitmentId, due: event.data.expectedBy };
    case 'complaint.ProgressCommunicated':
      return event.data.expectedBy === undefined ? undefined : { kind: 'progress', id: '', due: event.data.expectedBy };
    case 'complaint.ComplaintRegistered': {
      const due = event.data.external?.dueBy;
      return due === undefined ? undefined : { kind: 'external', id: 'external', due };
    }
    case 'complaint.ExternalReferenceAdded':
      return event.data.dueBy === undefined
        ? undefined
        : { kind: 'external', id: event.data.referenceId, due: event.data.dueBy };
    case 'work_order.AppointmentAgreed':
    case 'work_order.AppointmentMoved':
      return { kind: 'appointment', id: '', due: event.data.window.to };
    case 'work_order.WorkOrderPlanned':
      return event.data.dueBy === undefined ? undefined : { kind: 'due-date', id: '', due: event.data.dueBy };
    case 'ticket.TicketPaused':
      return event.data.expectedUntil === undefined
        ? undefined
        : { kind: 'pause', id: '', due: event.data.expectedUntil };
    default:
      return undefined;
  }
};

const isKeptBy = (event: Event, { kind, id }: Promised): boolean => {
  const is = (...types: readonly Event['type'][]): boolean => types.includes(event.type);
  if (kind === 'commitment') return event.type === 'complaint.CommitmentKept' && event.data.commitmentId === id;
  if (kind === 'external') return event.type === 'complaint.ExternalReplySent' && event.data.referenceId === id;
  if (kind === 'progress') return is('complaint.OutcomeCommunicated', 'complaint.DismissalCommunicated');
  if (kind === 'appointment')
    return is('work_order.ArrivalRecorded', 'work_order.WorkStarted', 'work_order.WorkCompleted');
  if (kind === 'due-date') return is('work_order.WorkCompleted');
  return is('ticket.TicketResumed', 'ticket.ResolutionProposed');
};

const isOverBy = ({ type }: Event, { kind }: Promised): boolean => {
  if (kind === 'pause')
    return ['ticket.TicketClosed', 'ticket.TicketClosedUnresolved', 'ticket.TicketCancelled'].includes(type);
  if (kind === 'appointment' || kind === 'due-date') return type === 'work_order.WorkOrderCancelled';
  return ['complaint.ComplaintClosed', 'complaint.ComplaintWithdrawn', 'complaint.DismissalCommunicated'].includes(
    type,
  );
};
