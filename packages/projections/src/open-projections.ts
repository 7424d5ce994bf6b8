import type { Projections, ProjectionsOptions } from './projections';
import { ReadingSide } from './reading-side';
import { SharedSide } from './shared/shared-side';
import { migrateViews } from './sql/index';

/** Prepares tables and consumers; nothing is read before `run`. Any number of processes may do so at once on PostgreSQL. */
export const openProjections = async (options: ProjectionsOptions): Promise<Projections> => {
  const { views } = options;
  await migrateViews(views.write);
  const side = new ReadingSide(options);
  await side.prepare();
  return views.lease ? new SharedSide(options, views.lease, side) : side;
};
