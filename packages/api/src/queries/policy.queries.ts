import {
  bodyProblems,
  flag,
  oneOf,
  optional,
  policiesV1,
  policyCommands,
  POLICY_KINDS,
  TWO_PERSON_KINDS,
  whole,
  type PolicyBody,
  type PolicyEvent,
  type PolicyKind,
  type Recorded,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { policyStream } from '../composition/stream-names';
import { etagOf } from '../http/conditional';
import { invalid, notFound } from '../http/problem';
import { defineQuery } from './define-query';
import { dryRunOf } from './policy-dry-run';
import { inForceAt, policyView, upcomingAt, type PolicyView } from './policy-view';
import { DISPATCHERS, EVERYBODY } from './roles';

/** Rules are no secret inside the company: whoever is judged by them may read them. Nothing in them is personal. */
export const policyQueries = [
  defineQuery('Policies', {
    path: '/policies',
    tag: 'policies',
    roles: EVERYBODY,
    says: { zh: '查看各类规则的生效版本和草案', en: 'every kind of policy: the version in force, open drafts' },
    input: {},
    answer: async (platform) => {
      const now = platform.clock.now();
      const kinds = await Promise.all(POLICY_KINDS.map((kind) => read(platform, kind)));
      return {
        body: {
          at: now,
          policies: kinds.map(({ view, revision }) => {
            const inForce = inForceAt(view, now);
            return {
              kind: view.kind,
              needsSecondPerson: TWO_PERSON_KINDS.includes(view.kind),
              ...(inForce ? { inForce: { version: inForce.version, effectiveFrom: inForce.effectiveFrom } } : {}),
              upcoming: upcomingAt(view, now).map(({ version, effectiveFrom }) => ({ version, effectiveFrom })),
              versions: view.versions.length,
              drafts: view.drafts.map(withoutBody),
              revision,
            };
          }),
        },
      };
    },
  }),
  defineQuery('Policy', {
    path: '/policies/:kind',
    tag: 'policies',
    roles: EVERYBODY,
    says: {
      zh: '查看一类规则的全部版本与草案:内容、生效时间、由谁起草复核发布',
      en: 'all versions and drafts of one kind: body, from when, who drafted, approved and published',
    },
    input: { kind: oneOf(POLICY_KINDS), bodies: optional(flag()) },
    answer: async (platform, { input: { kind, bodies = true } }) => {
      const { view, revision, position } = await read(platform, kind);
      const now = platform.clock.now();
      const inForce = inForceAt(view, now);
      const shown = <V extends { readonly body: unknown }>(row: V) => (bodies ? row : withoutBody(row));
      return {
        body: {
          kind,
          at: now,
          needsSecondPerson: TWO_PERSON_KINDS.includes(kind),
          ...(inForce ? { inForce: inForce.version } : {}),
          upcoming: upcomingAt(view, now).map(({ version }) => version),
          versions: view.versions.map(shown),
          drafts: view.drafts.map(shown),
          revision,
        },
        etag: etagOf(revision),
        position,
      };
    },
  }),
  defineQuery('PolicyVersion', {
    path: '/policies/:kind/:version',
    tag: 'policies',
    roles: EVERYBODY,
    says: { zh: '查看规则的一个版本', en: 'one version of a policy: what decisions of its time were made under' },
    input: { kind: oneOf(POLICY_KINDS), version: whole(1, 1_000_000) },
    answer: async (platform, { input: { kind, version } }) => {
      const { view, revision, position } = await read(platform, kind);
      const found = view.versions.find((one) => one.version === version);
      if (!found) throw notFound();
      const inForce = inForceAt(view, platform.clock.now())?.version === version;
      return { body: { kind, ...found, inForce }, etag: etagOf(revision), position };
    },
  }),
  defineQuery('PolicyDryRun', {
    method: 'POST',
    path: '/policies/:kind/dry-run',
    tag: 'policies',
    roles: DISPATCHERS,
    says: {
      zh: '试算:按此内容,最近30天哪些工单的判定会不同(最多5000单)',
      en: 'dry run: which tickets of the last 30 days would have come out differently under this body (at most 5,000)',
    },
    input: { kind: oneOf(POLICY_KINDS), body: policyCommands.DraftPolicy.data.properties.body },
    example: { body: { ...policiesV1.priority.body, vipLift: 2 } },
    answer: async (platform, { input: { kind, body } }) => {
      const problems = bodyProblems(kind, body);
      if (problems.length > 0)
        throw invalid(problems.map(({ pointer, message }) => ({ pointer: `/body${pointer}`, message })));
      // The check above says that it is the kind's body.
      return { body: await dryRunOf(platform, kind, body as unknown as PolicyBody<typeof kind>) };
    },
  }),
];

/** A kind's stream as it stands; 404 before the store was set up. */
const read = async (
  { streams }: Platform,
  kind: PolicyKind,
): Promise<{ view: PolicyView; revision: number; position: string }> => {
  const { events, head } = await streams.load(policyStream(kind)!);
  if (head === 'none') throw notFound();
  const view = policyView(kind, events as readonly Recorded<PolicyEvent>[]);
  return { view, revision: head.revision, position: events.at(-1)!.position };
};

const withoutBody = <V extends { readonly body: unknown }>({ body: _body, ...rest }: V): Omit<V, 'body'> => rest;
