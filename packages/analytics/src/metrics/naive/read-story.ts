import {
  type PolicyEvent,
  type ProductUnitEvent,
  type Recorded,
  type RecordedEvent,
  type TicketEvent,
  type WorkOrderEvent,
} from '@aftercare/domain';

/**
 * The log read again from the start, without the fact folds: slow, plain and with nothing in common with the code that it
 * is to be compared with.
 */
export interface Story {
  readonly cases: readonly Case[];
  readonly orders: readonly Order[];
  readonly groupOf: ReadonlyMap<string, string>;
  readonly batchOf: ReadonlyMap<string, string>;
}

/** A ticket's cycle with everything of the ticket that it shares with its other cycles. */
export interface Case {
  readonly ticket: Ticket;
  readonly cycle: number;
  readonly openedAt: string;
  type: string;
  route: string;
  rejections: number;
  closing: string;
  closingReason: string;
  readonly codes: { readonly code: string; readonly at: string; readonly source: string }[];
  readonly links: string[];
}

export interface Ticket {
  readonly id: string;
  readonly zone: string;
  readonly customer: string;
  unitId: string;
  model: string;
  category: string;
  region: string;
}

export interface Order {
  readonly stream: string;
  readonly plan: Extract<Recorded<WorkOrderEvent>, { type: 'work_order.WorkOrderPlanned' }>;
  readonly events: Recorded<WorkOrderEvent>[];
}

const idOfStream = (stream: string): string => stream.replace(/^[^-]*-/, '');

/** The calendar day in a zone; `sv-SE` writes days as ISO does. */
export const dayIn = (zone: string, instant: string): string =>
  new Date(instant).toLocaleDateString('sv-SE', { timeZone: zone });

/** Reads the log; `events` in global order. */
export const readStory = (events: readonly RecordedEvent[]): Story => {
  const cases: Case[] = [];
  const orders: Order[] = [];
  const groupOf = new Map<string, string>();
  const batchOf = new Map<string, string>();
  for (const event of events) {
    if (event.type.startsWith('ticket.')) hearTicket(cases, event as Recorded<TicketEvent>);
    else if (event.type.startsWith('work_order.')) hearOrder(orders, event as Recorded<WorkOrderEvent>);
    else if (event.type === 'policy.PolicyPublished') hearCatalogue(groupOf, event as Recorded<PolicyEvent>);
    else if (event.type.startsWith('product_unit.')) hearUnit(batchOf, event as Recorded<ProductUnitEvent>);
  }
  return { cases, orders, groupOf, batchOf };
};

const hearOrder = (orders: Order[], event: Recorded<WorkOrderEvent>): void => {
  if (event.type === 'work_order.WorkOrderPlanned') orders.push({ stream: event.stream, plan: event, events: [] });
  else orders.find((order) => order.stream === event.stream)?.events.push(event);
};

const hearCatalogue = (groupOf: Map<string, string>, event: Recorded<PolicyEvent>): void => {
  if (event.type !== 'policy.PolicyPublished' || event.data.kind !== 'catalogue') return;
  const body = JSON.parse(event.data.body) as { readonly faultCodes: readonly { code: string; group: string }[] };
  for (const { code, group } of body.faultCodes) groupOf.set(code, group);
};

const hearUnit = (batchOf: Map<string, string>, event: Recorded<ProductUnitEvent>): void => {
  const id = idOfStream(event.stream);
  if ('batch' in event.data && event.data.batch !== undefined) batchOf.set(id, event.data.batch);
};

// eslint-disable-next-line complexity -- a plain list of what each event means
const hearTicket = (cases: Case[], event: Recorded<TicketEvent>): void => {
  const id = idOfStream(event.stream);
  const cycles = cases.filter((each) => each.ticket.id === id);
  const told = event.data;
  const now = cycles.find((each) => each.cycle === told.cycle);
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
      cases.push({
        ticket: {
          id,
          zone: event.data.zone,
          customer: event.data.customer,
          unitId: '',
          model: event.data.model ?? '',
          category: event.data.category ?? '',
          region: event.data.region ?? '',
        },
        ...emptyCase(event),
      });
      return;
    case 'ticket.TicketReopened': {
      const before = cycles.find((each) => each.cycle === event.data.cycle - 1);
      if (before) cases.push({ ...emptyCase(event), ticket: before.ticket, type: before.type, route: before.route });
      return;
    }
    case 'ticket.IntakeReviewed':
      if (now && event.data.region !== undefined) now.ticket.region = event.data.region;
      if (now && event.data.model !== undefined) now.ticket.model = event.data.model;
      if (now && event.data.category !== undefined) now.ticket.category = event.data.category;
      return;
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected':
      if (now)
        Object.assign(now.ticket, {
          unitId: event.data.unitId,
          model: event.data.model,
          category: event.data.category,
        });
      return;
    case 'ticket.TicketClassified':
      if (now) now.type = event.data.type;
      return;
    case 'ticket.HandlingRouted':
      if (now) now.route = event.data.route ?? '';
      return;
    case 'ticket.HandlingStarted':
      if (now) now.route = event.data.route;
      return;
    case 'ticket.DiagnosisRecorded':
    case 'ticket.ResolutionProposed':
      if (event.data.faultCode !== undefined)
        now?.codes.push({ code: event.data.faultCode, at: event.metadata.recordedAt, source: 'ticket' });
      return;
    case 'ticket.ResolutionRejected':
      if (now) now.rejections += 1;
      return;
    case 'ticket.TicketLinked':
      if (event.data.relation === 'repeat-of') now?.links.push(event.data.ticketId);
      return;
    case 'ticket.TicketClosed':
      if (now) Object.assign(now, { closing: 'completed', closingReason: '' });
      return;
    case 'ticket.TicketClosedUnresolved':
      if (now) Object.assign(now, { closing: 'unresolved', closingReason: event.data.reason });
      return;
    case 'ticket.TicketCancelled':
      if (now) Object.assign(now, { closing: 'cancelled', closingReason: event.data.reason });
      return;
    default:
      return;
  }
};

const emptyCase = (event: RecordedEvent<string, { readonly cycle: number }>): Omit<Case, 'ticket'> => ({
  cycle: event.data.cycle,
  openedAt: event.metadata.receivedAt ?? event.metadata.recordedAt,
  type: 'unclassified',
  route: '',
  rejections: 0,
  closing: '',
  closingReason: '',
  codes: [],
  links: [],
});

/** The last fault code recorded in the case, by the ticket or a report; '' when there is none. */
export const lastCode = (story: Story, of: Case): string => {
  const reports = story.orders
    .filter((order) => order.plan.data.ticketId === of.ticket.id && order.plan.data.cycle === of.cycle)
    .flatMap((order) =>
      order.events.flatMap((event) =>
        event.type === 'work_order.ServiceReportFiled'
          ? [{ code: event.data.faultCode, at: event.metadata.recordedAt, source: order.stream }]
          : [],
      ),
    );
  // At the same instant the ticket's own word counts, else the later stream by name: any rule will do, but one.
  const rank = (source: string): string => (source === 'ticket' ? '1' : `0${source}`);
  const all = [...reports, ...of.codes].map((each, index) => ({ ...each, index }));
  all.sort((a, b) => compare(a.at, b.at) || compare(rank(a.source), rank(b.source)) || a.index - b.index);
  return all.at(-1)?.code ?? '';
};

/** Order of texts by their bytes. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first day of the period that a day falls in. */
export const periodOf = (day: string, granularity: string, from: string): string => {
  if (granularity === 'total') return from;
  if (granularity === 'month') return `${day.slice(0, 7)}-01`;
  if (granularity === 'day') return day;
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(new Date(day).getTime() - weekday * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
};
