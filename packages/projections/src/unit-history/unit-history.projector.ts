import type { ProductUnitEvent, Recorded, TicketEvent, TicketType } from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { LIFE_EVENTS, lifeBegins, livesOn, type TicketLife } from '../ticket-life/ticket-life';

/** One ticket as the history of its unit shows it; without a unit as long as none was identified. */
export interface UnitTicketRow extends TicketLife {
  readonly kind: 'ticket';
  readonly ticket: string;
  readonly number: string;
  readonly unitId: string | null;
  readonly type: TicketType | null;
  /** When the matter first reached us; a reopening starts another cycle, not another matter. */
  readonly openedAt: string;
  /** The last one that was recorded. */
  readonly faultCode: string | null;
}

/** One repair of a unit (DEC-20). */
export interface UnitRepair {
  readonly ticketId: string;
  readonly workOrderId: string;
  readonly from: string;
  readonly to: string;
  /** Whether it counts for 三包 (WAR-07). */
  readonly counts: boolean;
  readonly faultCode: string | null;
}

/** One machine and what was repaired on it, in the order of recording. */
export interface UnitRow {
  readonly kind: 'unit';
  readonly unitId: string;
  readonly category: string;
  readonly model: string;
  readonly serial: string | null;
  readonly batch: string | null;
  readonly soldOn: string | null;
  readonly installedOn: string | null;
  readonly producedOn: string | null;
  readonly warranty: { readonly startsOn: string; readonly basis: string } | null;
  readonly repairs: readonly UnitRepair[];
}

export type UnitHistoryRow = UnitTicketRow | UnitRow;

const TICKET_EVENTS = [
  ...LIFE_EVENTS,
  'ticket.TicketClassified',
  'ticket.ProductUnitIdentified',
  'ticket.ProductUnitCorrected',
  'ticket.DiagnosisRecorded',
] as const satisfies readonly TicketEvent['type'][];

const UNIT_EVENTS = [
  'product_unit.ProductUnitRegistered',
  'product_unit.ProductUnitDetailsCorrected',
  'product_unit.WarrantyStarted',
  'product_unit.ProductUnitRepaired',
] as const satisfies readonly ProductUnitEvent['type'][];

type HistoryEvent = Recorded<TicketEvent | ProductUnitEvent>;

/**
 * A unit's service history. Units and tickets each have a row of their own, folded from one stream; the query brings them
 * together, so that a ticket whose unit was corrected moves by its own row alone.
 */
export const unitHistory = readModel<UnitHistoryRow>({
  projector: {
    name: 'unit_history',
    version: 1,
    types: [...TICKET_EVENTS, ...UNIT_EVENTS],
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as HistoryEvent),
  },
  columns: {
    unit: { kind: 'text', of: (row) => row.unitId },
    kind: { kind: 'text', of: (row) => row.kind },
    opened_at: { kind: 'text', of: (row) => (row.kind === 'ticket' ? row.openedAt : null) },
  },
  indexes: [['unit', 'kind', 'opened_at', 'key']],
});

const evolve = (row: UnitHistoryRow | null, event: HistoryEvent): UnitHistoryRow | null => {
  if (event.type.startsWith('product_unit.'))
    return row?.kind === 'ticket' ? row : withUnit(row, event as Recorded<ProductUnitEvent>);
  if (row?.kind === 'unit') return row;
  const ticket = event as Recorded<TicketEvent>;
  return row ? withTicket(livesOn(row, ticket), ticket) : begin(ticket);
};

const begin = (event: Recorded<TicketEvent>): UnitTicketRow | null => {
  const life = lifeBegins(event);
  if (!life || (event.type !== 'ticket.TicketSubmitted' && event.type !== 'ticket.TicketRegistered')) return null;
  return {
    ...life,
    kind: 'ticket',
    ticket: event.stream,
    number: event.data.number,
    unitId: null,
    type: null,
    openedAt: event.metadata.receivedAt ?? event.metadata.recordedAt,
    faultCode: null,
  };
};

const withTicket = (row: UnitTicketRow, event: Recorded<TicketEvent>): UnitTicketRow => {
  switch (event.type) {
    case 'ticket.TicketClassified':
      return { ...row, type: event.data.type };
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected':
      return { ...row, unitId: event.data.unitId };
    case 'ticket.DiagnosisRecorded':
    case 'ticket.ResolutionProposed':
      return { ...row, faultCode: event.data.faultCode ?? row.faultCode };
    default:
      return row;
  }
};

const withUnit = (row: UnitRow | null, event: Recorded<ProductUnitEvent>): UnitRow | null => {
  if (event.type === 'product_unit.ProductUnitRegistered') {
    const { unitId, category, model, serial } = event.data;
    const unknown = { batch: null, soldOn: null, installedOn: null, producedOn: null, warranty: null };
    const unit: UnitRow = { kind: 'unit', unitId, category, model, serial: serial ?? null, ...unknown, repairs: [] };
    return withDetails(unit, event.data);
  }
  if (!row) return null;
  switch (event.type) {
    case 'product_unit.ProductUnitDetailsCorrected':
      return withDetails(row, event.data);
    case 'product_unit.WarrantyStarted':
      return { ...row, warranty: { startsOn: event.data.startsOn, basis: event.data.basis } };
    case 'product_unit.ProductUnitRepaired': {
      const { ticketId, workOrderId, from, to, counts, faultCode } = event.data;
      return {
        ...row,
        repairs: [...row.repairs, { ticketId, workOrderId, from, to, counts, faultCode: faultCode ?? null }],
      };
    }
  }
};

type Details = Extract<ProductUnitEvent, { readonly type: 'product_unit.ProductUnitDetailsCorrected' }>['data'];

const withDetails = (row: UnitRow, details: Omit<Details, 'reason'>): UnitRow => ({
  ...row,
  batch: details.batch ?? row.batch,
  soldOn: details.soldOn ?? row.soldOn,
  installedOn: details.installedOn ?? row.installedOn,
  producedOn: details.producedOn ?? row.producedOn,
});
