import fc from 'fast-check';
import { minutesIn, recordedOne, recordedStory } from '../../testing/recorded';
import {
  fieldPeople,
  SIGNATURE,
  WORK_ORDER,
  workOrderEvent as told,
  workOrderFacts,
  workOrderPast as past,
} from '../../testing/work-order';
import { fits } from '../../testing/scenario';
import { fold, isRejection, matches, type RecordedEvent } from '../kernel/index';
import { workOrderCommands, type WorkOrderCommand } from './commands';
import { workOrderDecider } from './decider';
import type { WorkOrderEvent } from './events';
import { FIELD_FACTS, type FieldFact } from './field-facts';
import { workOrderRegistration } from './registration';

type Fact = FieldFact & { readonly occurredAt: string };

const details: { readonly [Name in Fact['fact']]: object } = {
  TravelStarted: {},
  ArrivalRecorded: { badgeShown: true },
  RisksExplained: { consent: true },
  DataProtectionStepRecorded: { step: 'not-needed' },
  WorkStarted: {},
  WorkSuspended: { reason: 'awaiting-parts', expectedUntil: minutesIn(300) },
  WorkResumed: {},
  PartFitted: told.partFitted().data,
  PartRemovedUnused: told.partRemovedUnused().data,
  ServiceReportFiled: { ...told.reported().data, acceptance: 'signed', signature: SIGNATURE },
  WorkCompleted: { outcome: 'fixed' },
  ManagerCheckedOut: {},
  SiteLeft: {},
};

const fact = fc
  .record({ name: fc.constantFrom(...FIELD_FACTS), minute: fc.integer({ min: 0, max: 200 }), use: fc.nat(3) })
  .map(
    ({ name, minute, use }) =>
      ({
        fact: name,
        occurredAt: minutesIn(minute),
        ...details[name],
        ...(name === 'PartFitted' && { partUseId: `use-${use}` }),
      }) as Fact,
  );

const pasts = fc.constantFrom(
  past.dispatched(),
  past.accepted(),
  past.working(),
  [...past.accepted(), told.released()],
  [...past.accepted(), told.cancelled()],
  [...past.accepted(), told.dispatched({ to: { kind: 'engineer', id: fieldPeople.second.id } })],
  [...past.dispatched(), told.lapsed()],
  [...past.working(), told.completed()],
);

const stored = (before: readonly RecordedEvent[], batches: readonly (readonly Fact[])[]): readonly RecordedEvent[] =>
  batches.reduce<readonly RecordedEvent[]>((events, facts, index) => {
    const commandId = `c0ffee00-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const command = { type: 'work_order.RecordFacts' as const, data: { facts: [...facts] } } satisfies WorkOrderCommand;
    expect(matches(workOrderCommands.RecordFacts.data, command.data)).toBe(true);
    const decided = workOrderDecider.decide(command, fold(workOrderDecider, events as never), {
      now: minutesIn(1_000),
      actor: fieldPeople.engineer,
      stream: WORK_ORDER,
      commandId,
      facts: { ...workOrderFacts, signatureDigests: facts.map(() => 'ab'.repeat(32)) },
    });
    if (isRejection(decided)) throw new Error(`${decided.code} ${JSON.stringify(decided.details)}`);
    const stamp = { at: minutesIn(1_000 + index), actor: fieldPeople.engineer, commandId };
    return [
      ...events,
      ...decided.map((event, place) => {
        fits(workOrderRegistration, event);
        return recordedOne(WORK_ORDER, events.length + place, event, stamp);
      }),
    ];
  }, before);

/** What tells one fact from another. */
const keyOf = (type: string, data: object, at: string): string => {
  const { partNo, partUseId } = data as { partNo?: string; partUseId?: string };
  return JSON.stringify([type, at, partNo, partUseId?.startsWith('use-') ? partUseId : undefined]);
};

describe('facts that arrive late, shuffled and twice', () => {
  it('are never refused, never throw, and each is stored once', () =>
    fc.assert(
      fc.property(
        pasts,
        fc.array(fc.array(fact, { minLength: 1, maxLength: 12 }), { maxLength: 4 }),
        (story, batches) => {
          const before = recordedStory(WORK_ORDER, story);
          const once = stored(before, batches);
          const twice = stored(once, batches);
          const found = once
            .slice(before.length)
            .map(({ type, data, metadata }) => keyOf(type, data as object, metadata.occurredAt));
          for (const one of batches.flat()) {
            const key = keyOf(`work_order.${one.fact}`, one, one.occurredAt);
            const renamed = keyOf(`work_order.${one.fact}`, { ...one, partUseId: undefined }, one.occurredAt);
            expect(found.includes(key) || found.includes(renamed)).toBe(true);
          }
          const news = twice.slice(once.length).filter(({ type }) => !type.includes('FieldConflict'));
          expect(news.filter(({ type }) => type !== 'work_order.PartFitted')).toEqual([]);
        },
      ),
      { numRuns: 150 },
    ));

  it('end in one state with one working time, whatever order a completed trip is told in', () => {
    const trip: readonly Fact[] = [
      { fact: 'TravelStarted', occurredAt: minutesIn(10) },
      { fact: 'ArrivalRecorded', occurredAt: minutesIn(40), badgeShown: true },
      { fact: 'WorkStarted', occurredAt: minutesIn(45) },
      { fact: 'WorkSuspended', occurredAt: minutesIn(60), reason: 'awaiting-test', expectedUntil: minutesIn(70) },
      { fact: 'WorkResumed', occurredAt: minutesIn(70) },
      { fact: 'ServiceReportFiled', occurredAt: minutesIn(85), ...told.reported().data },
      { fact: 'WorkCompleted', occurredAt: minutesIn(90), outcome: 'fixed' },
      { fact: 'SiteLeft', occurredAt: minutesIn(95) },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...trip], { minLength: trip.length }), (shuffled) => {
        const events = stored(recordedStory(WORK_ORDER, past.accepted()), [shuffled]) as never;
        expect(fold(workOrderDecider, events)).toMatchObject({
          status: 'completed',
          outcome: 'fixed',
          reportFiled: true,
        });
        const completed = (events as WorkOrderEvent[]).find(({ type }) => type === 'work_order.WorkCompleted');
        expect(completed?.data).toMatchObject({ workMinutes: 35, reportFiled: true });
      }),
      { numRuns: 100 },
    );
  });
});
