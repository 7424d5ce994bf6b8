import { DAY, HOUR, MINUTE, plus, policiesV1 } from '@aftercare/domain';
import { streamOf, type Told } from './log-writer';
import { chanceOf, type Chance } from './random';

const CATEGORIES = ['product-quality', 'attitude', 'repair-delay'] as const;
const SEVERITIES = ['urgent', 'important', 'general'] as const;
const PARTIES = ['company', 'third-party', 'customer'] as const;
const POINTS = ['acknowledge', 'responsibility', 'plan', 'execution', 'verdict'] as const;
const START = '2026-01-06T00:00:00.000Z';
/** Six hours stricter for all, in force from the middle of the history on. */
const CHANGE = plus(START, 45 * DAY);

/**
 * Complaints as a sloppy writer could have left them, event by event, the same for the same seed: any order, so that folds
 * can't lean on what deciders forbid; and a version of the service levels that takes effect on the way.
 */
export const complaintStories = (seed: number, count: number): readonly Told[] => {
  const chance = chanceOf(seed ^ 0x5bd1e995);
  return [...newLevels(), ...Array.from({ length: count }, (_, index) => story(chance, index + 1)).flat()];
};

const newLevels = (): readonly Told[] => {
  const { body } = policiesV1['service-level'];
  const stricter = {
    ...body,
    bySeverity: body.bySeverity.map((rule) => ({
      ...rule,
      limits: {
        ...rule.limits,
        acknowledge: { amount: 10, unit: 'minute' as const },
        plan: { amount: 1, unit: 'day' as const },
      },
    })),
  };
  const version = (n: number, at: string, effectiveFrom: string, told: object): Told => ({
    stream: streamOf('policy', 2),
    type: 'policy.PolicyPublished',
    recordedAt: at,
    data: { kind: 'service-level', version: n, effectiveFrom, body: JSON.stringify(told), reason: 'test' },
  });
  return [
    version(1, '2026-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', body),
    version(2, plus(CHANGE, -DAY), CHANGE, stricter),
  ];
};

const story = (chance: Chance, n: number): readonly Told[] => {
  const stream = streamOf('complaint', n);
  const told: Told[] = [];
  let at = plus(START, chance.below(90 * 24) * HOUR + chance.below(60) * MINUTE);
  let round = 1;
  const say = (type: string, data: Readonly<Record<string, unknown>> = {}, receivedAt?: string): void => {
    const early = chance.in(0.1) ? { occurredAt: plus(at, -chance.below(40) * HOUR) } : {};
    told.push({
      stream,
      type: `complaint.${type}`,
      recordedAt: at,
      data: { ...data, round },
      ...early,
      ...(receivedAt === undefined ? {} : { receivedAt }),
    });
  };
  say(
    'ComplaintRegistered',
    {
      number: `KS202601${String(n).padStart(3, '0')}`,
      serial: n,
      site: chance.pick(['main', 'south']),
      zone: chance.pick(['Asia/Shanghai', 'Asia/Shanghai', 'America/New_York']),
      channel: chance.pick(['phone', 'letter', 'app']),
      receiver: { id: 'staff-1', role: 'agent' },
      complainant: 'anonymous',
      complaintCategory: chance.pick(CATEGORIES),
      safetyMarked: chance.in(0.1),
      ...(chance.in(0.8) ? { region: chance.pick(['310101', '440305']) } : {}),
      about: { ...(chance.in(0.7) ? { category: '空调', model: chance.pick(['KFR-35GW', 'KFR-50LW']) } : {}) },
      ...(chance.in(0.3) ? { external: external(chance, at) } : {}),
    },
    chance.in(0.3) ? plus(at, -chance.below(50) * HOUR) : undefined,
  );
  say('SeverityAssessed', severity(chance, true));
  for (let left = chance.below(28); left > 0; left -= 1) {
    at = plus(at, chance.below(chance.in(0.3) ? 90 * 60 : 9 * 60) * MINUTE);
    const [type, data, isNewRound = false] = chance.pick(STEPS)(chance, at);
    if (isNewRound) round += 1;
    say(type, data);
  }
  return told;
};

type Step = (
  chance: Chance,
  at: string,
) => readonly [type: string, data: Readonly<Record<string, unknown>>, isNewRound?: boolean];

const external = (chance: Chance, at: string) => ({ body: '12315', reference: 'R-1', dueBy: soon(chance, at) });
const soon = (chance: Chance, at: string): string => plus(at, chance.below(9 * 24) * HOUR);
const severity = (chance: Chance, provisional: boolean) => ({
  severity: chance.pick(SEVERITIES),
  provisional,
  safety: chance.in(0.15),
  safetyMatched: [],
  reasons: [],
  decided: { by: 'person' },
});
const shares = (chance: Chance) => {
  const first = chance.pick([100, 70, 50]);
  const share = (n: number, percent: number) => ({
    shareId: `s${String(n)}`,
    party: chance.pick(PARTIES),
    percent,
    kind: 'unit',
    named: false,
  });
  return [share(1, first), ...(first < 100 ? [share(2, 100 - first)] : [])];
};
const point = (chance: Chance, at: string) => ({ point: chance.pick(POINTS), dueBy: at });
const id = (chance: Chance) => chance.pick(['a', 'b']);

const STEPS: readonly Step[] = [
  (chance) => ['SeverityAssessed', severity(chance, chance.in(0.3))],
  () => ['ComplaintAcknowledged', { reached: true, channel: 'phone', contactId: 'c' }],
  (chance, at) => [
    'InformationRequested',
    { requestId: id(chance), from: 'complainant', expectedBy: soon(chance, at) },
  ],
  (chance) => ['InformationReceived', { requestId: id(chance), complete: chance.in(0.8) }],
  (chance) => ['InformationRequestWithdrawn', { requestId: id(chance) }],
  (chance) => [
    'ResponsibilityProposed',
    { proposalId: 'p', result: 'attributed', shares: shares(chance), evidence: [] },
  ],
  () => ['ResponsibilityProposalRejected', { proposalId: 'p' }],
  (chance) => ['ResponsibilityConfirmed', { proposalId: 'p', shares: shares(chance) }],
  () => ['ResponsibilityUndetermined', { proposalId: 'p' }],
  (chance) => ['AppealDecided', { appealId: 'x', decision: 'changed', shares: shares(chance), final: chance.in(0.5) }],
  (chance) => ['ResponsibilityBecameFinal', { proposalId: 'p', shares: shares(chance) }],
  () => [
    'ResolutionPlanProposed',
    {
      planId: 'p',
      diagnosis: {},
      measures: { steps: [] },
      assignments: { list: [] },
      milestones: { list: [] },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    },
  ],
  () => ['ResolutionPlanApproved', { planId: 'p' }],
  () => ['PlanStarted', { planId: 'p' }],
  (chance, at) => ['ProgressCommunicated', { channel: 'phone', expectedBy: soon(chance, at) }],
  (chance, at) => ['CommitmentGiven', { commitmentId: id(chance), channel: 'phone', expectedBy: soon(chance, at) }],
  (chance) => ['CommitmentKept', { commitmentId: id(chance) }],
  (chance, at) => ['ExternalReferenceAdded', { ...external(chance, at), referenceId: id(chance) }],
  (chance) => ['ExternalReplySent', { referenceId: chance.pick(['external', 'a', 'b']) }],
  () => ['OutcomeCommunicated', { channel: 'phone', reached: true, contactId: 'c' }],
  () => ['OutcomeCommunicated', { channel: 'phone', reached: true, contactId: 'c' }],
  (chance) => [
    'VerdictRecorded',
    { verdict: chance.pick(['satisfied', 'dissatisfied']), channel: 'phone', evaluationRefused: true, attempts: 0 },
  ],
  () => ['SecondHandlingOpened', {}, true],
  (chance) => [
    'ComplaintEscalated',
    { level: 1 + chance.below(2), reason: 'requested', handler: { id: 'm', role: 'manager' }, isSubordinateOf: [] },
  ],
  (chance, at) => [
    'DismissalCommunicated',
    { grounds: 'not-genuine', recourse: ['12315'], channel: 'phone', appealBy: soon(chance, at) },
  ],
  () => ['DismissalAppealed', { channel: 'phone' }, true],
  (chance) => ['ComplaintWithdrawn', { channel: 'phone', continuedInternally: chance.in(0.5) }],
  () => ['InternalHandlingEnded', {}],
  (chance) => [
    'ComplaintClosed',
    { outcome: chance.pick(['satisfied', 'no-answer', 'final-position']), recourse: [], rounds: 1, verdicts: [] },
  ],
  () => ['ComplaintReopened', { foundBy: 'complainant', statusBefore: 'closed' }, true],
  (chance) => ['ComplaintClassified', { complaintCategory: chance.pick(CATEGORIES) }],
  () => ['SubjectIdentified', { about: { model: 'KFR-72LW' } }],
  (chance, at) => ['ControlPointMissed', { ...point(chance, at), escalatedTo: 'manager' }],
  (chance, at) => ['ControlPointReminded', { ...point(chance, at), count: 1 }],
  () => ['LessonsRecorded', { rootCause: 'test', topics: ['process'] }],
];
