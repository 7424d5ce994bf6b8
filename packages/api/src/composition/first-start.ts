import { POLICY_KINDS, type Registry } from '@aftercare/domain';
import { uuidv5, type DecisionRunner, type EventStore } from '@aftercare/event-store';
import { onCallRosterStream, policyStream } from './stream-names';

/**
 * Publishes version 1 of every policy that has none: at store creation, and of a kind that a later release brings along.
 * Later shipped lists are never published by an upgrade.
 */
export const installPoliciesV1 = async ({
  store,
  registry,
  runner,
}: {
  readonly store: EventStore;
  readonly registry: Registry;
  readonly runner: DecisionRunner;
}): Promise<void> => {
  const policy = registry.aggregate('policy');
  if (!policy) throw new Error('the registry has no policies');
  for (const kind of POLICY_KINDS) {
    const stream = policyStream(kind)!;
    if ((await store.read(stream, { limit: 1 })).head !== 'none') continue;
    const outcome = await runner.run(policy.decider, {
      command: { type: 'policy.InstallPolicies', data: { kind } },
      stream,
      commandId: uuidv5(`install policy ${kind} 1`),
      actor: { id: 'first-start', role: 'system' },
      creates: true,
    });
    if (outcome.status !== 'done') throw new Error(`policy ${kind} could not be installed: ${outcome.status}`);
  }
};

/** Opens the on-call roster of the deployment's site where there is none: shifts are planned on it. */
export const openOnCallRoster = async (
  {
    store,
    registry,
    runner,
  }: { readonly store: EventStore; readonly registry: Registry; readonly runner: DecisionRunner },
  { site, zone }: { readonly site: string; readonly zone: string },
): Promise<void> => {
  const roster = registry.aggregate('on_call_roster');
  if (!roster) throw new Error('the registry has no on-call rosters');
  const stream = onCallRosterStream(site);
  if ((await store.read(stream, { limit: 1 })).head !== 'none') return;
  const outcome = await runner.run(roster.decider, {
    command: { type: 'on_call_roster.OpenRoster', data: { site, zone } },
    stream,
    commandId: uuidv5(`open on-call roster ${site}`),
    actor: { id: 'first-start', role: 'system' },
    creates: true,
  });
  if (outcome.status !== 'done')
    throw new Error(`the on-call roster of ${site} could not be opened: ${outcome.status}`);
};
