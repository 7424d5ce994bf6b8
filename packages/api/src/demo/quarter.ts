import { DAY, HOUR, plus, type Instant } from '@aftercare/domain';
import type { DemoCustomer, DemoWorld } from './demo-world';
import { whenPeopleAreUp } from './office-hours';
import { conductWords, returnWords, unclearWords, type Fault } from './product-lines';
import type { Simulation } from './simulation';
import type { Wish } from './stories/intake';
import {
  byHand,
  cancelled,
  firstTouch,
  remote,
  repair,
  repairThatStops,
  staysOnTheList,
  type TicketStory,
  type Verdict,
} from './stories/tickets';
import type { VisitCourse } from './stories/visit';

/** The quarter that the demo tells: July to September. */
export const QUARTER = { from: '2026-06-30T16:00:00.000Z', to: '2026-09-30T16:00:00.000Z' } as const;
/** Stories may run on into October; the figures ask for the quarter only. */
export const LAST_DAY: Instant = '2026-11-05T16:00:00.000Z';
export const TICKETS = 312;

interface Planned {
  readonly at: Instant;
  readonly wish: Wish;
  readonly story: TicketStory;
}

/** Plans the quarter's tickets; the same seed plans the same ones. */
export const planQuarter = (world: DemoWorld, simulation: Simulation, tickets = TICKETS): void => {
  const days = 88;
  for (let index = 0; index < tickets; index += 1) {
    const at = whenPeopleAreUp(
      plus(QUARTER.from, Math.floor((index / tickets) * days * DAY) + world.chance.whole(0, 13) * HOUR),
    );
    const { wish, story } = plan(world, at);
    simulation.plan(at, (time) => story(world, time, wish));
  }
};

const plan = (world: DemoWorld, at: Instant): Planned => {
  const { chance } = world;
  const customer = chance.pick(world.customers);
  const kind = chance.weighted({
    repair: 190,
    enquiry: 60,
    return: 25,
    missing: 25,
    remote: 15,
    list: 10,
    cancelled: 5,
  });
  const channel = chance.weighted({ phone: 45, wechat: 20, 'web-form': 10, app: 10, 'walk-in': 15 });
  const unit = chance.pick(customer.units);
  const line = unit.line;
  const said = (words: string, more: Partial<Wish> = {}): Wish => ({ customer, words, channel, unit, ...more });
  switch (kind) {
    case 'enquiry':
      return { at, wish: said(chance.pick(line.enquiries), { channel: 'phone' }), story: firstTouch };
    case 'return':
      return {
        at,
        wish: said(chance.pick(returnWords)),
        story: byHand('return-exchange', '仓库已收到退货,退款已转财务'),
      };
    case 'missing':
      return { at, wish: said(chance.pick(line.missing).words), story: byHand('parts-shipment', '缺少的配件已寄出') };
    case 'remote':
      return { at, wish: said(`${line.models[0]}连不上网,APP里显示离线`, { impact: 'intact' }), story: remote };
    case 'list':
      return {
        at,
        wish: { customer, channel, words: chance.pick([...unclearWords, ...conductWords]) },
        story: staysOnTheList,
      };
    case 'cancelled':
      return { at, wish: said(chance.pick(faultOf(world, unit).words), { serviceType: 'on-site' }), story: cancelled };
    case 'repair':
      return repairPlan(world, at, said, faultOf(world, unit));
  }
};

const faultOf = (world: DemoWorld, unit: DemoCustomer['units'][number]): Fault => {
  const weights = Object.fromEntries(unit.line.faults.map((fault, index) => [index, fault.weight]));
  return unit.line.faults[Number(world.chance.weighted(weights))] as Fault;
};

const repairPlan = (
  world: DemoWorld,
  at: Instant,
  said: (words: string, more?: Partial<Wish>) => Wish,
  fault: Fault,
): Planned => {
  const { chance } = world;
  const wish = said(chance.pick(fault.words), {
    serviceType: 'on-site',
    impact: chance.weighted({ unusable: 5, degraded: 3, unknown: 2 }),
  });
  const before = chance.weighted({ smooth: 80, declines: 10, 'lets-it-lapse': 6, releases: 4 });
  const fixed: VisitCourse = {
    outcome: 'fixed',
    offline: chance.happens(0.12),
    corrected: chance.happens(0.08),
    ...(before === 'smooth' ? {} : { before: [before] }),
  };
  const course = chance.weighted({
    once: 70,
    twice: 9,
    noAccess: 8,
    nothingFound: 4,
    declined: 4,
    depot: 3,
    notFixed: 2,
  });
  const verdict: Verdict = chance.weighted({
    signed: 45,
    'by-link': 18,
    'by-phone': 15,
    silent: 12,
    'rejects-once': 6,
    reopens: 4,
  });
  switch (course) {
    case 'once':
      return { at, wish, story: repair(fault, [fixed], verdict) };
    case 'twice':
      return { at, wish, story: repair(fault, [{ outcome: 'further-visit-needed' }, fixed], verdict) };
    case 'noAccess':
      return { at, wish, story: repair(fault, [{ outcome: 'no-access' }, fixed], verdict) };
    case 'nothingFound':
      return {
        at,
        wish,
        story: repair(fault, [{ outcome: 'no-fault-found' }], verdict === 'signed' ? 'signed' : 'by-phone'),
      };
    case 'declined':
      return { at, wish, story: repairThatStops(fault, { outcome: 'customer-declined' }, 'quote-declined') };
    case 'depot':
      return { at, wish, story: repairThatStops(fault, { outcome: 'taken-to-depot' }, 'left-open') };
    case 'notFixed':
      return { at, wish, story: repairThatStops(fault, { outcome: 'not-fixed' }, 'left-open') };
  }
};
