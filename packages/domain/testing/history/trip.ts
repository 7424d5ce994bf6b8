import { MINUTE, plus, type Actor, type RecordedEvent } from '../../src/kernel/index';
import { policiesV1 } from '../../src/policy/index';
import type { Chance } from './chance';
import type { Plan, World } from './world';

/** The shortest that passes for a PNG: a signature of nobody. */
const SIGNATURE = 'iVBORw0KGgoAAAAA';
const OUTCOMES = [
  [66, 'fixed'],
  [4, 'no-fault-found'],
  [11, 'further-visit-needed'],
  [7, 'no-access'],
  [4, 'customer-declined'],
  [5, 'not-fixed'],
  [2, 'taken-to-depot'],
  [1, 'replace-unit'],
] as const;
const PARTS = ['P-SENSOR', 'P-CAPACITOR', 'P-BOARD', 'P-PUMP', 'P-SEAL', 'P-FAN'];

type Fact = { readonly fact: string; readonly occurredAt: string } & Record<string, unknown>;

/** What happens on a trip or at a remote job: told fact by fact, or hours later in one batch. */
export const trip = (accepted: RecordedEvent, engineer: Actor, chance: Chance, plan: Plan): void => {
  const { stream } = accepted;
  const start = plus(accepted.metadata.recordedAt, chance.between(20, 600) * MINUTE);
  const facts = factsOf(accepted.eventId, start, chance);
  const end = facts[facts.length - 1]?.occurredAt ?? start;
  const isLate = chance.percent(25);
  if (isLate) {
    const toldAt = plus(end, chance.between(30, 1_200) * MINUTE);
    plan(toldAt, (world) => void world.send(stream, { type: 'work_order.RecordFacts', data: { facts } }, engineer));
  } else {
    for (const fact of facts)
      plan(
        fact.occurredAt,
        (world) => void world.send(stream, { type: 'work_order.RecordFacts', data: { facts: [fact] } }, engineer),
      );
  }
  const used = facts.find(({ fact }) => fact === 'PartFitted');
  if (used && chance.percent(15))
    correctLater(stream, used.partUseId, plus(end, 1_500 * MINUTE), { engineer, chance, plan });
};

const correctLater = (
  stream: string,
  partUseId: unknown,
  at: string,
  { engineer, chance, plan }: { readonly engineer: Actor; readonly chance: Chance; readonly plan: Plan },
): void => {
  const data = { partUseId, quantity: chance.between(0, 2), reason: 'miscounted' };
  plan(at, (world: World) => void world.send(stream, { type: 'work_order.CorrectPartUse', data }, engineer));
};

const outcomeOf = (chance: Chance): string => {
  let left = chance.between(0, 99);
  for (const [share, outcome] of OUTCOMES) {
    if (left < share) return outcome;
    left -= share;
  }
  return 'fixed';
};

const factsOf = (name: string, start: string, chance: Chance): readonly Fact[] => {
  const outcome = outcomeOf(chance);
  const at = (minutes: number) => plus(start, minutes * MINUTE);
  const travel = chance.between(10, 60);
  const onSite: Fact[] = [
    { fact: 'TravelStarted', occurredAt: start },
    { fact: 'ArrivalRecorded', occurredAt: at(travel), badgeShown: chance.percent(90) },
  ];
  if (outcome === 'no-access') return [...onSite, { fact: 'WorkCompleted', occurredAt: at(travel + 15), outcome }];
  const work = chance.between(10, 120);
  const fitted = outcome === 'fixed' ? chance.between(0, 2) : 0;
  const parts = Array.from({ length: fitted }, () => ({
    partNo: chance.one(PARTS),
    quantity: chance.between(1, 2),
    unit: 'piece',
  }));
  const uses: Fact[] = parts.map((part, index) => ({
    fact: 'PartFitted',
    occurredAt: at(travel + 2 + index),
    partUseId: `use-${name.slice(0, 8)}-${index}`,
    ...part,
    unitCost: { amount: chance.between(10, 400) * 100, currency: 'CNY' },
    charge: chance.one(['warranty', 'warranty', 'billable', 'goodwill']),
  }));
  const isPaused = chance.percent(8);
  const pause: Fact[] = isPaused
    ? [
        { fact: 'WorkSuspended', occurredAt: at(travel + 5), reason: 'awaiting-test', expectedUntil: at(travel + 9) },
        { fact: 'WorkResumed', occurredAt: at(travel + 9) },
      ]
    : [];
  const filesReport = outcome === 'fixed' ? !chance.percent(4) : outcome !== 'customer-declined' && chance.percent(60);
  return [
    ...onSite,
    { fact: 'WorkStarted', occurredAt: at(travel + 1) },
    ...uses,
    ...pause,
    ...(filesReport ? [report(at(travel + work), parts, chance)] : []),
    {
      fact: 'WorkCompleted',
      occurredAt: at(travel + work + 2),
      outcome,
      ...(outcome === 'further-visit-needed'
        ? { reason: chance.one(['part-missing', 'skill', 'time', 'wrong-part']) }
        : {}),
    },
    { fact: 'SiteLeft', occurredAt: at(travel + work + 5) },
  ];
};

const report = (occurredAt: string, parts: readonly object[], chance: Chance): Fact => {
  const isSigned = chance.percent(45);
  return {
    fact: 'ServiceReportFiled',
    occurredAt,
    faultCode: chance.one(policiesV1.catalogue.body.faultCodes.slice(0, 8)).code,
    cause: chance.one(['worn', 'blocked', 'defect']),
    remedy: parts.length > 0 ? 'part-replaced' : 'adjusted',
    parts,
    rating: chance.one(['very-satisfied', 'satisfied', 'neutral', 'dissatisfied', 'refused']),
    acceptance: isSigned ? 'signed' : 'absent',
    ...(isSigned ? { signature: SIGNATURE } : {}),
  };
};
