import { event, type Actor, type Recorded } from '../kernel/index';
import { recordedAt, recordedStory, scenarioOf } from '../../testing/index';
import { BEGINNING } from './decide';
import { policyEvents, POLICY_KINDS, type PolicyEvent, type PolicyKind } from './events';
import { policiesInForce, policyHistory, policyInForce, warrantyVersionFor, type PolicyHistories } from './in-force';
import { policyRegistration } from './registration';
import { policiesV1 } from './v1/index';

const ann: Actor = { id: 'supervisor-1', role: 'supervisor' };
const bob: Actor = { id: 'manager-1', role: 'manager' };
const system: Actor = { id: 'system', role: 'system' };
const commandId = 'c0ffee00-0000-4000-8000-000000000001';
const given = scenarioOf(policyRegistration, {
  stream: 'policy-5f0c8f7e-0000-5000-8000-000000000002',
  facts: {},
  actor: ann,
  commandId,
});

const now = '2026-11-22T02:00:00.000Z';
const soon = '2026-11-22T02:01:00.000Z';
const installed = (kind: PolicyKind) =>
  event(policyEvents.PolicyPublished, {
    kind,
    version: 1,
    effectiveFrom: BEGINNING,
    body: JSON.stringify(policiesV1[kind].body),
    reason: '随系统提供的第1版 / shipped version 1',
  });
const bodyOf = (kind: PolicyKind) => policiesV1[kind].body as unknown as Record<string, unknown>;
const drafted = (kind: PolicyKind, by: Actor = ann, effectiveFrom = soon) =>
  recordedAt(
    now,
    event(policyEvents.PolicyDrafted, {
      kind,
      draftId: commandId,
      effectiveFrom,
      body: JSON.stringify(bodyOf(kind)),
      reason: '旺季',
    }),
    by,
  );
const published = (kind: PolicyKind, version: number, effectiveFrom: string, body = bodyOf(kind)) =>
  event(policyEvents.PolicyPublished, { kind, version, effectiveFrom, body: JSON.stringify(body), reason: '旺季' });
const draft = (kind: PolicyKind, more: object = {}) => ({
  type: 'policy.DraftPolicy',
  data: { kind, effectiveFrom: '2026-11-22T10:01:00+08:00', body: bodyOf(kind), reason: '旺季', ...more },
});
const publish = (more: object = {}) => ({ type: 'policy.PublishPolicy', data: { draftId: commandId, ...more } });
const approve = { type: 'policy.ApprovePolicy', data: { draftId: commandId } };

describe('CLS-06 version 1 is installed with the store', () => {
  it.each(POLICY_KINDS)('puts the shipped %s policy in force for all earlier time', (kind) =>
    given().by(system).when({ type: 'policy.InstallPolicies', data: { kind } }).then(installed(kind)),
  );

  it('changes nothing where a version is in force: lists shipped later are never published by an upgrade', () =>
    given(installed('type'))
      .by(system)
      .when({ type: 'policy.InstallPolicies', data: { kind: 'type' } })
      .thenNothing());
});

describe('CLS-06 a supervisor publishes the next version', () => {
  it('drafts it with the body as text and the instant in UTC', () =>
    given(installed('dispatch')).at(now).when(draft('dispatch')).then(drafted('dispatch').told));

  it('publishes the draft under the next number', () =>
    given(installed('dispatch'), drafted('dispatch'))
      .at(now)
      .when(publish())
      .then(
        event(policyEvents.PolicyPublished, {
          kind: 'dispatch',
          version: 2,
          effectiveFrom: soon,
          body: JSON.stringify(bodyOf('dispatch')),
          draftId: commandId,
          reason: '旺季',
        }),
      ));

  it('may set another instant when publishing', () => {
    const { decided } = given(installed('dispatch'), drafted('dispatch'))
      .at(now)
      .when(publish({ effectiveFrom: '2026-12-01T00:00:00+08:00' }));
    expect(decided).toMatchObject([{ data: { effectiveFrom: '2026-11-30T16:00:00.000Z' } }]);
  });

  it('gives notice of 60 seconds, so that no cached version decides after a later one', () => {
    given(installed('dispatch'))
      .at('2026-11-22T02:00:00.001Z')
      .when(draft('dispatch'))
      .thenRefused('POLICY.EFFECTIVE_TOO_SOON');
    given(installed('dispatch'), drafted('dispatch'))
      .at('2026-11-22T02:00:30.000Z')
      .when(publish())
      .thenRefused('POLICY.EFFECTIVE_TOO_SOON');
  });

  it('takes effect after the version before it', () =>
    given(installed('dispatch'), published('dispatch', 2, '2026-12-24T00:00:00.000Z'))
      .at(now)
      .when(draft('dispatch'))
      .thenRefused('POLICY.EFFECTIVE_BEFORE_PREVIOUS'));

  it('publishes a draft once, and none that was rejected', () => {
    given(installed('dispatch')).at(now).when(publish()).thenRefused('POLICY.NO_SUCH_DRAFT', { draftId: commandId });
    given(
      installed('dispatch'),
      drafted('dispatch'),
      event(policyEvents.PolicyRejected, { kind: 'dispatch', draftId: commandId, reason: '差异过大' }),
    )
      .when(publish())
      .thenRefused('POLICY.NO_SUCH_DRAFT');
  });

  it('rejects a draft with a reason', () =>
    given(installed('dispatch'), drafted('dispatch'))
      .when({ type: 'policy.RejectPolicy', data: { draftId: commandId, reason: '差异过大' } })
      .then(event(policyEvents.PolicyRejected, { kind: 'dispatch', draftId: commandId, reason: '差异过大' })));

  it('refuses a body that has not the shape of its kind, with a pointer to each mistake', () => {
    const { acceptMinutes: _gone, ...rest } = policiesV1.dispatch.body;
    given(installed('dispatch'))
      .at(now)
      .when(draft('dispatch', { body: { ...rest, engineerCapacity: 0, colour: 'red' } }))
      .thenRefused('POLICY.BODY_INVALID');
    const { decided } = given(installed('dispatch'))
      .at(now)
      .when(draft('dispatch', { body: { ...rest, engineerCapacity: 0, colour: 'red' } }));
    const { details } = decided as unknown as { details: { problems: { pointer: string }[] } };
    expect(details.problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/acceptMinutes',
      '/colour',
      '/engineerCapacity',
    ]);
  });

  it('refuses what a shape cannot say: a reminder after the lapse, a category twice', () => {
    const late = given(installed('dispatch'))
      .at(now)
      .when(draft('dispatch', { body: { ...bodyOf('dispatch'), remindMinutes: 30 } }));
    expect(late.decided).toMatchObject({ details: { problems: [{ pointer: '/remindMinutes' }] } });
    const [first] = policiesV1.catalogue.body.categories;
    const twice = given(installed('catalogue'))
      .at(now)
      .when(draft('catalogue', { body: { categories: [first, first], faultCodes: [] } }));
    expect(twice.decided).toMatchObject({ details: { problems: [{ pointer: '/categories/1' }] } });
  });

  it('DEC-01 refuses service levels whose hours overlap, whose week has no work, whose holiday is worked', () => {
    const body = policiesV1['service-level'].body;
    const morning = { from: '09:00', to: '12:00' };
    const closed = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, windows: [] }));
    const [first] = body.bySeverity;
    const { decided } = given(installed('service-level'))
      .at(now)
      .when(
        draft('service-level', {
          body: {
            ...body,
            bySeverity: [first, first, first],
            hours: { ...body.hours, workingDay: [morning, { from: '11:00', to: '11:00' }], week: closed },
            holidays: [
              {
                year: 2027,
                source: '示例',
                off: [
                  { name: '元旦', from: '2027-01-01', to: '2027-01-03' },
                  { name: '春节', from: '2027-02-06', to: '2072-02-12' },
                ],
                worked: ['2027-01-02'],
              },
            ],
          },
        }),
      );
    const { details } = decided as unknown as { details: { problems: { pointer: string }[] } };
    expect(details.problems.map(({ pointer }) => pointer)).toEqual([
      '/bySeverity/1',
      '/bySeverity/2',
      '/hours/workingDay/1/to',
      '/hours/workingDay/1/from',
      '/hours/week',
      '/holidays/0/off/1/to',
      '/holidays/0/worked/0',
    ]);
  });

  it('refuses a body that no event could hold', () =>
    given(installed('type'))
      .at(now)
      .when(
        draft('type', {
          body: {
            lists: [
              {
                type: 'repair',
                rank: 1,
                entries: Array.from({ length: 300 }, () => ({ phrases: ['坏'.repeat(600)] })),
              },
            ],
          },
        }),
      )
      .thenRefused('POLICY.BODY_TOO_LARGE'));

  it('keeps each kind in a stream of its own', () =>
    given(installed('dispatch')).at(now).when(draft('route')).thenRefused('POLICY.OTHER_KIND'));

  it('drafts nothing before version 1 is there', () =>
    given().at(now).when(draft('route')).thenRefused('POLICY.NOT_INSTALLED'));
});

describe('CLS-06 what customers are owed takes a second person', () => {
  it.each(['warranty', 'closing', 'service-level'] as const)('refuses to publish %s without an approval', (kind) =>
    given(installed(kind), drafted(kind)).at(now).when(publish()).thenRefused('POLICY.NOT_APPROVED'),
  );

  it('refuses the approval of the drafter', () =>
    given(installed('warranty'), drafted('warranty')).at(now).when(approve).thenRefused('POLICY.APPROVER_IS_DRAFTER'));

  it('is approved by another person, once, and then published', () => {
    const approved = recordedAt(now, event(policyEvents.PolicyApproved, { kind: 'warranty', draftId: commandId }), bob);
    given(installed('warranty'), drafted('warranty')).at(now).by(bob).when(approve).then(approved.told);
    const after = given(installed('warranty'), drafted('warranty'), approved).at(now);
    after.by(bob).when(approve).thenRefused('POLICY.ALREADY_APPROVED');
    after.when(publish()).thenTypes('policy.PolicyPublished');
  });
});

describe('DEC-20, DEC-02 which version applied at an instant', () => {
  const recorded = (kind: PolicyKind, ...events: PolicyEvent[]) =>
    recordedStory(`policy-${kind}`, events) as Recorded<PolicyEvent>[];
  const fewer = { ...policiesV1.warranty.body, months: 24 };
  const warranty = policyHistory(
    'warranty',
    recorded(
      'warranty',
      installed('warranty'),
      published('warranty', 2, '2026-06-01T00:00:00.000Z', fewer as unknown as Record<string, unknown>),
    ),
  );

  it('is the latest that took effect by then, version 1 for all earlier time', () => {
    expect(policyInForce(warranty, '1999-01-01T00:00:00.000Z')?.version).toBe(1);
    expect(policyInForce(warranty, '2026-05-31T23:59:59.999Z')?.version).toBe(1);
    expect(policyInForce(warranty, '2026-06-01T00:00:00.000Z')).toMatchObject({ version: 2, body: { months: 24 } });
  });

  it('is for a warranty the version on the day on which it started', () => {
    const unit = { unitId: 'u1', category: 'printer', model: 'LP-2100' };
    const at = '2026-11-22T00:00:00.000Z';
    const zone = 'Asia/Shanghai';
    const versionFor = (dates: object) => warrantyVersionFor(warranty, { ...unit, ...dates }, { at, zone })?.version;
    expect(versionFor({ soldOn: '2026-05-01' })).toBe(1);
    expect(versionFor({ soldOn: '2026-07-01' })).toBe(2);
    expect(versionFor({ producedOn: '2026-02-01' })).toBe(1);
    expect(versionFor({})).toBe(2);
  });

  it('gives all kinds at once, and nothing when one is not installed', () => {
    const histories = Object.fromEntries(
      POLICY_KINDS.map((kind) => [kind, policyHistory(kind, recorded(kind, installed(kind)))]),
    ) as unknown as PolicyHistories;
    expect(policiesInForce(histories, now)).toMatchObject({ type: { version: 1 }, catalogue: { version: 1 } });
    expect(policiesInForce({ ...histories, route: [] }, now)).toBeUndefined();
  });
});
