import { plus, type Instant } from '@aftercare/domain';
import { ticketOf, workOrderOf, type DemoWorld } from '../demo-world';
import type { HttpPerson } from '../http-person';
import { inAWhile, onDay } from '../office-hours';
import type { Fault } from '../product-lines';
import type { StoryTime } from '../simulation';
import { signature } from './signature';

const MINUTE = 60_000;

/** How one visit of the demo goes. */
export interface VisitCourse {
  readonly outcome:
    | 'fixed'
    | 'no-access'
    | 'further-visit-needed'
    | 'not-fixed'
    | 'customer-declined'
    | 'no-fault-found'
    | 'taken-to-depot';
  /** What the first assignees do before somebody takes it. */
  readonly before?: readonly ('declines' | 'lets-it-lapse' | 'releases')[];
  readonly signed?: boolean;
  /** The phone had no network: all facts arrive together in the evening. */
  readonly offline?: boolean;
  /** A part is counted wrong and corrected the next day. */
  readonly corrected?: boolean;
}

interface Job {
  readonly id: string;
  readonly engineer: HttpPerson;
}

/** Waits until a job of the ticket is dispatched and hands it out with who got it. */
const nextJob = async (world: DemoWorld, time: StoryTime, ticketId: string): Promise<Job> => {
  for (let look = 0; look < 500; look += 1) {
    const job = (await ticketOf(world, ticketId)).openJobs.at(-1);
    const order = job && (await workOrderOf(world, job.id));
    const engineer = order?.assignee && world.field.get(order.assignee.id);
    if (job && order?.status === 'dispatched' && engineer) return { id: job.id, engineer };
    if (job && order?.status === 'planned') await dispatchByHand(world, job.id);
    await time.until(plus(time.now(), 10 * MINUTE));
  }
  throw new Error(`no job of ticket ${ticketId} was dispatched`);
};

/** The supervisor picks somebody when dispatch found nobody. */
const dispatchByHand = async (world: DemoWorld, workOrderId: string): Promise<void> => {
  const id = world.chance.pick([...world.field.keys()]);
  await world.supervisor.decide(`/work-orders/${workOrderId}`, 'dispatch-work-order', {
    to: { kind: 'engineer', id },
    reason: '自动派工无人可派,主管指定',
  });
};

/** Hands the ticket's job to whoever takes it, after those who don't. */
export const taken = async (world: DemoWorld, time: StoryTime, ticketId: string, course: VisitCourse): Promise<Job> => {
  for (const before of course.before ?? []) {
    const job = await nextJob(world, time, ticketId);
    if (before === 'declines')
      await job.engineer.post(`/work-orders/${job.id}/decline-work-order`, { reason: 'overloaded' });
    if (before === 'lets-it-lapse') await time.until(plus(time.now(), 35 * MINUTE));
    if (before === 'releases') {
      await job.engineer.post(`/work-orders/${job.id}/accept-work-order`);
      await time.until(inAWhile(time.now(), 30));
      await job.engineer.post(`/work-orders/${job.id}/release-work-order`, { reason: 'breakdown' });
    }
    await time.until(inAWhile(time.now(), 5));
  }
  for (;;) {
    const job = await nextJob(world, time, ticketId);
    await time.until(plus(time.now(), world.chance.whole(1, 12) * MINUTE));
    // It may have lapsed in this very minute and gone to somebody else.
    const answer = await job.engineer.attempt(`/work-orders/${job.id}/accept-work-order`);
    if (answer.status < 400) return job;
  }
};

interface Fact {
  readonly fact: string;
  readonly occurredAt: Instant;
  readonly [field: string]: unknown;
}

const partFact = (world: DemoWorld, fault: Fault, at: Instant, quantity: number): Fact[] =>
  fault.part
    ? [
        {
          fact: 'PartFitted',
          occurredAt: at,
          partUseId: `use-${world.chance.whole(1, 1e9)}`,
          partNo: fault.part.partNo,
          quantity,
          unit: 'piece',
          unitCost: { amount: fault.part.cost, currency: 'CNY' },
          charge: world.chance.weighted({ warranty: 7, billable: 2, goodwill: 1 }),
        },
      ]
    : [];

const factsOf = (world: DemoWorld, course: VisitCourse, fault: Fault, leave: Instant): Fact[] => {
  const at = (minutes: number) => plus(leave, minutes * MINUTE);
  const arrive = world.chance.whole(20, 60);
  if (course.outcome === 'no-access') {
    return [
      { fact: 'TravelStarted', occurredAt: leave },
      { fact: 'WorkCompleted', occurredAt: at(arrive), outcome: 'no-access' },
    ];
  }
  const done = arrive + world.chance.whole(25, 120);
  const worked = course.outcome === 'fixed' || course.outcome === 'no-fault-found';
  return [
    { fact: 'TravelStarted', occurredAt: leave, eta: at(arrive) },
    { fact: 'ArrivalRecorded', occurredAt: at(arrive), badgeShown: true },
    { fact: 'RisksExplained', occurredAt: at(arrive + 2), consent: true },
    { fact: 'WorkStarted', occurredAt: at(arrive + 5) },
    ...(course.outcome === 'fixed' ? partFact(world, fault, at(done - 10), course.corrected ? 2 : 1) : []),
    ...(worked ? [reportFact(world, course, fault, at(done - 2))] : []),
    {
      fact: 'WorkCompleted',
      occurredAt: at(done),
      outcome: course.outcome,
      ...(course.outcome === 'further-visit-needed' ? { reason: 'part-missing' } : {}),
    },
    ...(world.chance.happens(0.9) ? [{ fact: 'ManagerCheckedOut', occurredAt: at(done + 3) }] : []),
    { fact: 'SiteLeft', occurredAt: at(done + 5) },
  ];
};

const reportFact = (world: DemoWorld, course: VisitCourse, fault: Fault, at: Instant): Fact => ({
  fact: 'ServiceReportFiled',
  occurredAt: at,
  faultCode: fault.faultCode,
  cause: fault.cause,
  remedy: fault.remedy,
  parts: fault.part && course.outcome === 'fixed' ? [{ partNo: fault.part.partNo, quantity: 1, unit: 'piece' }] : [],
  rating: world.chance.weighted({ 'very-satisfied': 5, satisfied: 4, neutral: 1, refused: 1 }),
  ...(course.signed ? { acceptance: 'signed', signature } : { acceptance: 'absent' }),
});

/** One trip: acceptance, appointment, travel, work, report; returns when the last fact has been reported. */
export const visit = async (
  world: DemoWorld,
  time: StoryTime,
  ticketId: string,
  fault: Fault,
  course: VisitCourse,
): Promise<void> => {
  const job = await taken(world, time, ticketId, course);
  const path = `/work-orders/${job.id}`;
  const leave = onDay(time.now(), world.chance.whole(1, 2), world.chance.whole(17, 32) / 2);
  const window = { from: plus(leave, 15 * MINUTE), to: plus(leave, 135 * MINUTE) };
  await job.engineer.post(`${path}/agree-appointment`, { window });
  if (world.chance.happens(0.1)) {
    await job.engineer.post(`${path}/move-appointment`, { window, initiator: 'customer', reason: 'not-at-home' });
  }
  await job.engineer.post(`${path}/check-preparation`, { tools: true, parts: true, documents: true });
  const facts = factsOf(world, course, fault, leave);
  if (course.offline) {
    await time.until(onDay(leave, 0, 21));
    await job.engineer.post(`${path}/facts`, { facts });
  } else {
    for (const fact of facts) {
      await time.until(fact.occurredAt);
      await job.engineer.post(`${path}/facts`, { facts: [fact] });
    }
  }
  const use = facts.find(({ fact }) => fact === 'PartFitted');
  if (course.corrected && use) {
    await time.until(onDay(time.now(), 1, 9));
    await job.engineer.post(`${path}/correct-part-use`, {
      partUseId: use['partUseId'],
      quantity: 1,
      reason: 'miscounted',
    });
  }
};
