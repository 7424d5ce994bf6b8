import { DAY, plus, type EngineerEvent, type OutletEvent, type Recorded, type WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** An engineer or outlet as dispatch knows them. Nothing personal. */
export interface DispatchCandidateRow {
  readonly kind: 'engineer' | 'outlet';
  readonly id: string;
  readonly active: boolean;
  readonly skills: readonly string[];
  readonly categories: readonly string[];
  readonly regions: readonly string[];
  readonly capacity: number;
  readonly outletId: string | null;
  readonly lastDispatchedAt: string | null;
  /** Stretches of time for which duty was planned: outside of them there is no roster. */
  readonly rostered: readonly Stretch[];
  readonly shifts: readonly Stretch[];
  readonly absences: readonly Stretch[];
}

type CandidateEvent = Recorded<EngineerEvent | OutletEvent | WorkOrderEvent>;

/** What lies further back can't matter to a dispatch; a row must not grow for years. */
const KEPT = 62 * DAY;

/** Engineers and outlets, one row each. How many jobs they have is counted in the query, from `jobs`. */
export const dispatchCandidates = readModel<DispatchCandidateRow>({
  projector: {
    name: 'dispatch_candidates',
    version: 1,
    types: [
      'engineer.EngineerRegistered',
      'engineer.EngineerProfileChanged',
      'engineer.DutyPlanned',
      'engineer.AbsenceRecorded',
      'engineer.EngineerDeactivated',
      'engineer.EngineerReactivated',
      'outlet.OutletRegistered',
      'outlet.OutletProfileChanged',
      'outlet.OutletDeactivated',
      'outlet.OutletReactivated',
      'work_order.WorkOrderDispatched',
    ],
    key: (event) => {
      const known = event as CandidateEvent;
      return known.type === 'work_order.WorkOrderDispatched'
        ? `${known.data.to.kind}-${known.data.to.id}`
        : event.stream;
    },
    evolve: (row, event) => evolve(row, event as CandidateEvent),
  },
  columns: {
    kind: { kind: 'text', of: (row) => row.kind },
    active: { kind: 'flag', of: (row) => row.active },
    outlet: { kind: 'text', of: (row) => row.outletId },
  },
  indexes: [['active', 'kind', 'key']],
});

const evolve = (row: DispatchCandidateRow | null, event: CandidateEvent): DispatchCandidateRow | null => {
  switch (event.type) {
    case 'engineer.EngineerRegistered':
      return registered('engineer', event.stream, event.data);
    case 'outlet.OutletRegistered':
      return registered('outlet', event.stream, event.data);
    default:
      return row && changed(row, event);
  }
};

interface Profile {
  readonly skills: readonly string[];
  readonly categories: readonly string[];
  readonly regions: readonly string[];
  readonly capacity: number;
  readonly outletId?: string;
}

const registered = (kind: 'engineer' | 'outlet', stream: string, profile: Profile): DispatchCandidateRow => ({
  kind,
  id: stream.slice(kind.length + 1),
  active: true,
  ...profileOf(profile),
  lastDispatchedAt: null,
  rostered: [],
  shifts: [],
  absences: [],
});

const profileOf = ({ skills, categories, regions, capacity, outletId }: Profile) => ({
  skills,
  categories,
  regions,
  capacity,
  outletId: outletId ?? null,
});

const changed = (row: DispatchCandidateRow, event: CandidateEvent): DispatchCandidateRow => {
  switch (event.type) {
    case 'engineer.EngineerProfileChanged':
    case 'outlet.OutletProfileChanged':
      return { ...row, ...profileOf(event.data) };
    case 'engineer.EngineerDeactivated':
    case 'outlet.OutletDeactivated':
      return { ...row, active: false };
    case 'engineer.EngineerReactivated':
    case 'outlet.OutletReactivated':
      return { ...row, active: true };
    case 'engineer.DutyPlanned':
      return withDuty(row, event);
    case 'engineer.AbsenceRecorded': {
      const { from, to } = event.data;
      return { ...row, absences: [...recent(row.absences, event), { from, to }] };
    }
    case 'work_order.WorkOrderDispatched':
      return { ...row, lastDispatchedAt: event.metadata.recordedAt };
    default:
      return row;
  }
};

/** A new plan replaces whatever was planned for its stretch of time. */
const withDuty = (
  row: DispatchCandidateRow,
  event: Recorded<Extract<EngineerEvent, { type: 'engineer.DutyPlanned' }>>,
): DispatchCandidateRow => {
  const { from, to, shifts } = event.data;
  const outside = row.shifts.filter((shift) => shift.from < from || shift.from >= to);
  return {
    ...row,
    rostered: [...recent(row.rostered, event), { from, to }],
    shifts: [...recent(outside, event), ...shifts].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  };
};

const recent = (stretches: readonly Stretch[], { metadata }: CandidateEvent): readonly Stretch[] => {
  const since = plus(metadata.recordedAt, -KEPT);
  return stretches.filter(({ to }) => to >= since);
};
