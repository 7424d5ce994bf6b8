import type { AggregateRegistration, Instant } from '@aftercare/domain';
import type { CommandEnvelope } from '@aftercare/event-store';

/** Named inputs from elsewhere for one attempt to decide; `state` is the aggregate's own at that attempt. */
export type Gather = (attempt: { readonly state: unknown; readonly now: Instant }) => Promise<unknown>;

/** Knows for every use case which facts it needs; undefined: none. */
export interface FactGatherer {
  for(aggregate: AggregateRegistration, envelope: CommandEnvelope): Gather | undefined;
}
