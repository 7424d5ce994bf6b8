import { createHash } from 'node:crypto';
import {
  factsOf,
  instantAt,
  signaturesIn,
  warrantyStart,
  type Candidate,
  type Command,
  type ComplaintFacts,
  type CustomerFacts,
  type Instant,
  type ProductUnitFacts,
  type TicketFacts,
  type UnitFacts,
  type WorkOrderCommand,
  type WorkOrderFacts,
} from '@aftercare/domain';
import { productUnitId } from '../composition/stream-names';
import type { PersonMatters } from '../erasure/person-matters';
import { recusedFrom } from './recused';
import type { Streams } from '../streams/streams';
import { uuidv5 } from '@aftercare/event-store';
import type { FactGatherer, Gather } from './fact-gatherer';
import type { NumberBlocks } from './number-blocks';
import { onCallFacts } from './on-call';
import { unitOnRecord, type CustomerRecords } from './people-and-units';
import type { PolicyShelf } from './policies-in-force';

interface Sources {
  readonly streams: Streams;
  readonly policies: PolicyShelf;
  readonly customers: CustomerRecords;
  readonly numbers: NumberBlocks;
  /** What a person's matters are like, for the erasure of the person. */
  readonly persons: Pick<PersonMatters, 'found' | 'exports'>;
  readonly site: { readonly site: string; readonly zone: string };
  /** Who could take a job, and the position at which the read model saw it. */
  readonly candidates: (
    at: Instant,
  ) => Promise<{ readonly candidates: readonly Candidate[]; readonly readPosition?: string }>;
}

type Data = Readonly<Record<string, unknown>>;

/** Which facts each use case gets: the one table of it (architecture §3). */
export const factsOfUseCases = (sources: Sources): FactGatherer => ({
  for: (aggregate, { command, commandId, stream }) => {
    const data = (command.data ?? {}) as Data;
    switch (aggregate.aggregate) {
      case 'on_call_alert':
        return onCallFacts(sources.streams, data);
      case 'ticket':
        return ticketFacts(sources, command.type, data, commandId);
      case 'work_order':
        return workOrderFacts(sources, command);
      case 'complaint':
        return complaintFacts(sources, command.type, data);
      case 'customer':
        return LOOKS_AT_MATTERS.has(command.type) ? customerFacts(sources, command.type, stream) : undefined;
      case 'product_unit':
        return async ({ now }): Promise<ProductUnitFacts> => ({ policies: await sources.policies.allInForce(now) });
      default:
        return undefined;
    }
  },
});

const LOOKS_AT_MATTERS = new Set([
  'customer.RequestErasure',
  'customer.ReviewRetention',
  'customer.ApproveErasure',
  'customer.CarryOutErasure',
]);

const customerFacts =
  ({ persons }: Sources, type: string, stream: string): Gather =>
  async ({ now }): Promise<CustomerFacts> => {
    const found = await persons.found(stream, now);
    return type === 'customer.CarryOutErasure' && found.findings
      ? { ...found, exports: await persons.exports(stream) }
      : found;
  };

const ticketFacts =
  (sources: Sources, type: string, data: Data, commandId: string): Gather =>
  async ({ state, now }): Promise<TicketFacts> => {
    const { policies, customers, numbers, site } = sources;
    const inForce = await policies.allInForce(now);
    const takesIn = TAKES_IN.has(type);
    const customer =
      takesIn && typeof data['customerId'] === 'string' ? await customers.find(data['customerId']) : undefined;
    const unit = JUDGES_UNIT.has(type) ? await unitFor(sources, { type, commandId, data }, state) : undefined;
    return {
      // The version of the warranty is the one in force on the day the unit's warranty starts (DEC-20).
      policies: unit ? await withWarrantyOf(unit, sources, inForce) : inForce,
      site,
      ...(customer ? { customer } : {}),
      // Last, because what is refused for its customer shall not use up a number.
      ...(customer ? { number: await numbers.next('ticket', now) } : {}),
      ...(unit ? { unit } : {}),
    };
  };

const TAKES_IN = new Set(['ticket.RegisterTicket', 'ticket.SubmitTicket', 'ticket.RegisterRework']);

const complaintFacts =
  (sources: Sources, type: string, data: Data): Gather =>
  async ({ now }): Promise<ComplaintFacts> => {
    const { policies, numbers, site } = sources;
    const isNew = CREATES_COMPLAINT.has(type);
    const { isWhole, ...records } = await onRecord(sources, data, isNew);
    return {
      policies: await policies.allInForce(now),
      site,
      ...records,
      // Last, because what is refused shall not use up a number.
      ...(isNew && isWhole ? { number: await numbers.next('complaint', now) } : {}),
    };
  };

/** What the command names, as far as it is on record; `isWhole`: all of it. */
const onRecord = async ({ streams, customers }: Sources, data: Data, isNew: boolean) => {
  const { customerId, ticketId, workOrderId } = data;
  const customer = isNew && typeof customerId === 'string' ? await customers.find(customerId) : undefined;
  const ticket = typeof ticketId === 'string' && (await streams.load(`ticket-${ticketId}`)).head !== 'none';
  const workOrder = typeof workOrderId === 'string' ? await ticketOfJob(streams, workOrderId) : undefined;
  return {
    isWhole: [
      [customerId, customer],
      [ticketId, ticket || undefined],
      [workOrderId, workOrder],
    ].every(([named, found]) => named === undefined || found !== undefined),
    ...(customer ? { customer: { stream: customer.stream } } : {}),
    found: { ticket, ...(workOrder ? { workOrder } : {}) },
  };
};

const CREATES_COMPLAINT = new Set([
  'complaint.RegisterComplaint',
  'complaint.SubmitComplaint',
  'complaint.RegisterFromTicket',
]);

const ticketOfJob = async (streams: Streams, id: string): Promise<{ readonly ticketId: string } | undefined> => {
  const planned = (await streams.load(`work_order-${id}`)).events[0];
  return planned && { ticketId: (planned.data as { readonly ticketId: string }).ticketId };
};

const JUDGES_UNIT = new Set([
  'ticket.RegisterTicket',
  'ticket.SubmitTicket',
  'ticket.RegisterRework',
  'ticket.ReviewIntake',
  'ticket.DetermineWarranty',
  'ticket.IdentifyProductUnit',
  'ticket.CorrectProductUnit',
]);

/** The unit that the command names, else the ticket's own; on record, or as far as it is described. */
const unitFor = async (
  { streams }: Sources,
  { type, commandId, data }: { readonly type: string; readonly commandId: string; readonly data: Data },
  state: unknown,
): Promise<UnitFacts | undefined> => {
  const { category, model, serial } = data;
  const described = data['unitId'] ?? productUnitId(data);
  const unitId = described ?? (category && model ? undefined : (state as { unitId?: unknown } | null)?.unitId);
  if (typeof unitId === 'string') {
    const known = await unitOnRecord(streams, unitId);
    if (known) return known;
  }
  if (typeof category !== 'string' || typeof model !== 'string') return undefined;
  if (typeof unitId !== 'string' && !NAMES_UNIT.has(type)) return undefined;
  return {
    // Without a serial nothing tells two units apart: an id of its own.
    unitId: typeof unitId === 'string' ? unitId : uuidv5(`unit of ${commandId}`),
    category,
    model,
    ...(typeof serial === 'string' ? { serial } : {}),
  };
};

const NAMES_UNIT = new Set(['ticket.IdentifyProductUnit', 'ticket.CorrectProductUnit']);

const withWarrantyOf = async (
  unit: UnitFacts,
  { policies, site }: Sources,
  inForce: TicketFacts['policies'],
): Promise<TicketFacts['policies']> => {
  const start = warrantyStart(inForce.warranty.body, unit);
  if (!start) return inForce;
  return { ...inForce, warranty: await policies.inForce('warranty', instantAt(start.startsOn, site.zone)) };
};

const DISPATCHES = new Set(['work_order.DispatchAutomatically', 'work_order.DispatchWorkOrder']);

const workOrderFacts =
  ({ policies, site, candidates, streams }: Sources, command: Command): Gather =>
  async ({ state, now }): Promise<WorkOrderFacts> => ({
    dispatch: await policies.inForce('dispatch', now),
    site,
    ...(DISPATCHES.has(command.type)
      ? { ...(await candidates(startOf(state) ?? now)), recused: await recusedFrom(streams, ticketOf(state)) }
      : {}),
    signatureDigests: signaturesIn(factsOf(command as WorkOrderCommand)).map(digestOf),
  });

/** The ticket that a work order is for. */
const ticketOf = (state: unknown): string | undefined =>
  (state as { plan?: { ticketId: string } } | null)?.plan?.ticketId;

/** Duty is asked about the start of the requested window; none: now (DSP-02). */
const startOf = (state: unknown): Instant | undefined =>
  (state as { plan?: { requestedWindow?: { from: Instant } } } | null)?.plan?.requestedWindow?.from;

/** Of the picture itself, not of its base64 text. */
const digestOf = (signature: string): string =>
  createHash('sha256').update(Buffer.from(signature, 'base64')).digest('hex');
