import {
  event,
  firstBroken,
  instantOf,
  millisOf,
  reject,
  when,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
  type Rejection,
} from '../kernel/index';
import { BODY_LIMITS, bodyProblems, isTooLarge } from './body-check';
import type { policyCommands, PolicyCommand } from './commands';
import { policyEvents, type PolicyEvent } from './events';
import {
  mustBeApproved,
  mustBeASecondPerson,
  mustBeInstalled,
  mustBeItsKind,
  mustFollowThePrevious,
  mustGiveNotice,
  mustNotBeApproved,
} from './invariants';
import type { InstalledPolicy, Policy, PolicyDraft } from './state';
import { policiesV1 } from './v1/index';

type Use<Name extends keyof typeof policyCommands> = Decide<
  CommandOf<(typeof policyCommands)[Name]>,
  Policy,
  PolicyEvent
>;

/** Since when version 1 applies: for all earlier time, so that every past decision has a version. */
export const BEGINNING = '1970-01-01T00:00:00.000Z';

/** A second installation changes nothing: a store keeps what it was created with. */
const install: Use<'InstallPolicies'> = ({ data: { kind } }, policy) => {
  const broken = firstBroken({ policy, kind }, [mustBeItsKind]);
  if (broken) return broken;
  if (policy.status === 'installed') return [];
  return [
    event(policyEvents.PolicyPublished, {
      kind,
      version: 1,
      effectiveFrom: BEGINNING,
      body: JSON.stringify(policiesV1[kind].body),
      reason: '随系统提供的第1版 / shipped version 1',
    }),
  ];
};

const draft: Use<'DraftPolicy'> = ({ data }, policy, { now, commandId }) =>
  when(policy, mustBeInstalled, (installed) => {
    const { kind, reason } = data;
    const effectiveFrom = instantOf(millisOf(data.effectiveFrom));
    const body = JSON.stringify(data.body);
    const broken =
      firstBroken({ policy, kind }, [mustBeItsKind]) ??
      bodyRefusal(kind, data.body, body) ??
      firstBroken({ policy: installed, effectiveFrom, now }, [mustGiveNotice, mustFollowThePrevious]);
    return broken ?? [event(policyEvents.PolicyDrafted, { kind, draftId: commandId, effectiveFrom, body, reason })];
  });

const bodyRefusal = (kind: PolicyEvent['data']['kind'], body: unknown, json: string): Rejection | undefined => {
  if (isTooLarge(json)) return reject('POLICY.BODY_TOO_LARGE', BODY_LIMITS);
  const problems = bodyProblems(kind, body);
  return problems.length > 0 ? reject('POLICY.BODY_INVALID', { problems }) : undefined;
};

const approve: Use<'ApprovePolicy'> = ({ data: { draftId } }, policy, { actor }) =>
  withDraft(policy, draftId, (installed, found) => {
    const broken = firstBroken({ draft: found, person: actor.id }, [mustBeASecondPerson, mustNotBeApproved]);
    return broken ?? [event(policyEvents.PolicyApproved, { kind: installed.kind, draftId })];
  });

const refuse: Use<'RejectPolicy'> = ({ data: { draftId, reason } }, policy) =>
  withDraft(policy, draftId, (installed) => [
    event(policyEvents.PolicyRejected, { kind: installed.kind, draftId, reason }),
  ]);

const publish: Use<'PublishPolicy'> = ({ data }, policy, { now }) =>
  withDraft(policy, data.draftId, (installed, found) => {
    const effectiveFrom = data.effectiveFrom ? instantOf(millisOf(data.effectiveFrom)) : found.effectiveFrom;
    const publication = { policy: installed, draft: found, effectiveFrom, now };
    const broken =
      firstBroken(publication, [mustBeApproved]) ??
      firstBroken(publication, [mustGiveNotice, mustFollowThePrevious], { effectiveFrom });
    if (broken) return broken;
    const version = Math.max(...installed.versions.map((published) => published.version)) + 1;
    const { draftId, body, reason } = found;
    return [
      event(policyEvents.PolicyPublished, { kind: installed.kind, version, effectiveFrom, body, draftId, reason }),
    ];
  });

const withDraft = (
  policy: Policy,
  draftId: string,
  then: (policy: InstalledPolicy, draft: PolicyDraft) => Decision<PolicyEvent>,
): Decision<PolicyEvent> =>
  when(policy, mustBeInstalled, (installed) => {
    const found = installed.drafts.find((one) => one.draftId === draftId);
    return found ? then(installed, found) : reject('POLICY.NO_SUCH_DRAFT', { draftId });
  });

/** Decides about the policies of one kind; no facts: everything that must hold stands in the stream. */
export const decidePolicy = (
  command: PolicyCommand,
  policy: Policy,
  context: DecisionContext,
): Decision<PolicyEvent> => {
  switch (command.type) {
    case 'policy.InstallPolicies':
      return install(command, policy, context);
    case 'policy.DraftPolicy':
      return draft(command, policy, context);
    case 'policy.ApprovePolicy':
      return approve(command, policy, context);
    case 'policy.RejectPolicy':
      return refuse(command, policy, context);
    case 'policy.PublishPolicy':
      return publish(command, policy, context);
  }
};
