import type { BenchRow } from '../bench';
import { run as eventStoreDb } from './esdb.bench';
import { run as postgres } from './postgres.bench';

/** What runs on servers; each says that it is skipped where its address is not set. */
export async function run(): Promise<BenchRow[]> {
  return [...(await eventStoreDb()), ...(await postgres())];
}
