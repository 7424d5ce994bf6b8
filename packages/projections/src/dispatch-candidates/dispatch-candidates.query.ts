import type { Candidate, Instant } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import { jobs } from '../jobs/jobs.projector';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import { dispatchCandidates, type DispatchCandidateRow } from './dispatch-candidates.projector';

type Tables = {
  readonly dispatch_candidates: RowColumns & { readonly kind: string; readonly active: number };
  readonly jobs: RowColumns & { readonly loading: number; readonly assignee: string | null };
};

/** Candidates as they were at `readPosition`: every event up to there is in them (later ones may be). */
export interface CandidatesRead {
  readonly candidates: readonly Candidate[];
  readonly readPosition?: Position;
}

/**
 * Everybody who could be asked to take a job that starts at `at` (DSP-02, DSP-04), inactive ones included so that it can
 * be said why they were ruled out. Advisory: the decision records what it was told and where it was read.
 */
export const candidatesFor = async (db: ViewsDb, at: Instant): Promise<CandidatesRead> => {
  // The position first: what is written in between is then in the rows as well, never the other way round.
  const readPosition = await positionRead(db);
  const tables = db.withTables<Tables>();
  const [rows, loads] = await Promise.all([
    tables.selectFrom('dispatch_candidates').select('doc').orderBy('key').execute(),
    tables
      .selectFrom('jobs')
      .select(({ fn }) => ['assignee', fn.countAll<number | string>().as('open')])
      .where('loading', '=', 1)
      .groupBy('assignee')
      .execute(),
  ]);
  const open = new Map(loads.map((load) => [load.assignee, Number(load.open)]));
  const candidates = rows.map((row) => {
    const known = rowIn<DispatchCandidateRow>(row);
    return candidateOf(known, open.get(known.id) ?? 0, at);
  });
  return readPosition === undefined ? { candidates } : { candidates, readPosition };
};

const candidateOf = (row: DispatchCandidateRow, openJobs: number, at: Instant): Candidate => {
  const { kind, id, active, skills, categories, regions, capacity, lastDispatchedAt, absences } = row;
  const rostered = row.rostered.some(({ from, to }) => from <= at && at < to);
  return {
    kind,
    id,
    active,
    skills,
    categories,
    regions,
    capacity,
    openJobs,
    absences,
    ...(lastDispatchedAt === null ? {} : { lastDispatchedAt }),
    ...(rostered ? { shifts: row.shifts } : {}),
  };
};

/** The earlier of the two positions that the answer is read at. */
const positionRead = async (db: ViewsDb): Promise<Position | undefined> => {
  const rows = await db
    .selectFrom('read_models as m')
    .leftJoin('checkpoints as c', 'c.consumer', 'm.table_name')
    .select('c.position')
    .where('m.name', 'in', [dispatchCandidates.projector.name, jobs.projector.name])
    .execute();
  const positions = rows.map((row) => row.position);
  if (positions.length < 2 || positions.includes(null)) return undefined;
  return (positions as string[]).sort()[0];
};
