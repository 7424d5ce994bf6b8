import {
  policiesV1,
  policyInForce,
  type PolicyBody,
  type PolicyEvent,
  type PolicyVersion,
  type Recorded,
  type ServiceLevelLookup,
} from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { FACTS_VERSION, type FactFold } from './fact';

/** The versions of the service levels as they were published; bodies stay text, so that the state is plain JSON. */
export interface ServiceLevelState {
  readonly [column: string]: unknown;
  readonly versions: readonly { readonly version: number; readonly effectiveFrom: string; readonly body: string }[];
}

/** The only key of the fold below: there is one list of versions. */
export const SERVICE_LEVELS = 'service-level';

/** A fold without facts of its own: control points are judged by the version that was in force when they started (DEC-02). */
const serviceLevelFold: Projector<ServiceLevelState> = {
  name: 'analytics_service_levels',
  version: FACTS_VERSION,
  types: ['policy.PolicyPublished'],
  key: (event) => ((event as Recorded<PolicyEvent>).data.kind === 'service-level' ? SERVICE_LEVELS : undefined),
  evolve: (state, recorded) => {
    const event = recorded as Recorded<PolicyEvent>;
    if (event.type !== 'policy.PolicyPublished') return state;
    const { version, effectiveFrom, body } = event.data;
    return { versions: [...(state?.versions ?? []), { version, effectiveFrom, body }] };
  },
};

export const serviceLevelFacts: FactFold<ServiceLevelState> = { projector: serviceLevelFold, facts: [] };

/** Calendars are compiled per body object: one object per published text keeps them, and there are few texts. */
const bodies = new Map<string, PolicyBody<'service-level'>>();

const bodyOf = (text: string): PolicyBody<'service-level'> => {
  const known = bodies.get(text);
  if (known) return known;
  // Checked before it was published, so taken as it is.
  const parsed = JSON.parse(text) as PolicyBody<'service-level'>;
  bodies.set(text, parsed);
  return parsed;
};

/** The version in force at an instant; before anything was published the one that this software brings. */
export const levelsOf = (state: ServiceLevelState | undefined): ServiceLevelLookup => {
  const versions = (state?.versions ?? []).map(({ body, ...version }): PolicyVersion<'service-level'> => ({
    ...version,
    body: bodyOf(body),
  }));
  return (at) => policyInForce(versions, at) ?? policiesV1['service-level'];
};
