import { DAY, plus, type Instant, type RecordedEvent, type TicketStatus, type TicketType } from '@aftercare/domain';
import { pageSize } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import {
  unitHistory,
  type UnitHistoryRow,
  type UnitRepair,
  type UnitRow,
  type UnitTicketRow,
} from './unit-history.projector';

interface HistoryTable extends RowColumns {
  readonly unit: string | null;
  readonly kind: string;
  readonly opened_at: string | null;
}
type Tables = {
  readonly unit_history: HistoryTable;
};

/** A repair so short ago that another fault is suspicious (EXE-11). */
export const RECENT_REPAIR_DAYS = 30;

/** One ticket of a unit. */
export interface UnitTicket {
  readonly ticket: string;
  readonly number: string;
  readonly type: TicketType | null;
  readonly state: TicketStatus;
  readonly cycle: number;
  readonly openedAt: Instant;
  readonly faultCode: string | null;
}

/** Everything known about one unit. */
export interface UnitHistory {
  readonly unitId: string;
  /** null: the unit is not registered (yet). */
  readonly unit: Omit<UnitRow, 'kind' | 'unitId' | 'repairs'> | null;
  /** The newest first, as many as were asked for. */
  readonly tickets: readonly UnitTicket[];
  readonly ticketsTotal: number;
  /** The latest first. */
  readonly repairs: readonly UnitRepair[];
  /** Repairs that count for 三包 (WAR-07, DEC-20). */
  readonly repairsCounted: number;
  /** The red flag: repaired within the 30 days before `now`. */
  readonly repairedRecently: boolean;
  readonly lastRepairedAt: Instant | null;
}

export interface UnitHistoryOptions {
  readonly now: Instant;
  /** Id of a ticket whose own repair raises no flag: the one that is being looked at. */
  readonly apartFrom?: string;
  /** Tickets shown, 1 … 200; default 50. */
  readonly limit?: number;
}

/** A unit's tickets and repairs; empty lists for a unit that nobody knows. */
export const unitHistoryOf = async (
  db: ViewsDb,
  unitId: string,
  { now, apartFrom, limit }: UnitHistoryOptions,
): Promise<UnitHistory> => {
  const [unit, { tickets, total }] = await Promise.all([
    unitRow(db, unitId),
    ticketRows(db, unitId, pageSize(limit === undefined ? {} : { limit })),
  ]);
  const repairs = [...(unit?.repairs ?? [])].sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : 0));
  return {
    unitId,
    unit: unit ? detailsOf(unit) : null,
    tickets: tickets.map(shown),
    ticketsTotal: total,
    repairs,
    repairsCounted: repairs.filter(({ counts }) => counts).length,
    repairedRecently: isRecent(repairs, { now, apartFrom }),
    lastRepairedAt: repairs[0]?.to ?? null,
  };
};

/** The same red flag from the events of the unit's stream: for who shows streams and must not depend on a read model. */
export const repairedRecently = (
  unit: readonly RecordedEvent[],
  given: Pick<UnitHistoryOptions, 'now' | 'apartFrom'>,
): boolean => {
  const { projector } = unitHistory;
  const row = unit
    .filter(({ type }) => projector.types.includes(type))
    .reduce<UnitHistoryRow | null>((before, event) => projector.evolve(before, event, event.stream), null);
  return row?.kind === 'unit' && isRecent(row.repairs, given);
};

const isRecent = (
  repairs: readonly UnitRepair[],
  { now, apartFrom }: { readonly now: Instant; readonly apartFrom?: string | undefined },
): boolean => {
  const since = plus(now, -RECENT_REPAIR_DAYS * DAY);
  return repairs.some(({ to, ticketId }) => ticketId !== apartFrom && since <= to && to <= now);
};

const unitRow = async (db: ViewsDb, unitId: string): Promise<UnitRow | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('unit_history')
    .select('doc')
    .where('unit', '=', unitId)
    .where('kind', '=', 'unit')
    .executeTakeFirst();
  return row && rowIn<UnitRow>(row);
};

const ticketRows = async (db: ViewsDb, unitId: string, limit: number) => {
  const ofUnit = db
    .withTables<Tables>()
    .selectFrom('unit_history')
    .where('unit', '=', unitId)
    .where('kind', '=', 'ticket');
  const rows = await ofUnit.select('doc').orderBy('opened_at', 'desc').orderBy('key', 'desc').limit(limit).execute();
  const { total } = await ofUnit
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return { tickets: rows.map((row) => rowIn<UnitTicketRow>(row)), total: Number(total) };
};

const detailsOf = ({ kind: _kind, unitId: _unitId, repairs: _repairs, ...details }: UnitRow) => details;

const shown = ({ ticket, number, type, state, cycle, openedAt, faultCode }: UnitTicketRow): UnitTicket => ({
  ticket,
  number,
  type,
  state,
  cycle,
  openedAt,
  faultCode,
});
