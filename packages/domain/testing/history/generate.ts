import { HOUR, isRejection, MINUTE, plus, type Actor, type Instant, type RecordedEvent } from '../../src/kernel/index';
import { policiesV1 } from '../../src/policy/index';
import type { UnitFacts } from '../../src/ticket/facts';
import { START } from '../recorded';
import { chanceOf, uuidOf, type Chance } from './chance';
import { complainants } from './complainants';
import { people } from './people';
import { World } from './world';

interface Size {
  /** Same seed, same history. */
  readonly seed: number;
  /** How many tickets come in; repeats that customers report on their own come on top. */
  readonly tickets: number;
  /** True: one ticket in six is complained about, some complaints stand alone, and grievances become complaints. */
  readonly complaints?: boolean;
  /** The first instant; tickets come in over about 40 minutes each, then everything runs out. */
  readonly from?: Instant;
}

const WORDS = {
  repair: ['空调不制冷', '热水器打不着火', '洗衣机不脱水', '冰箱不制冷', '开机没反应', '插座漏电麻手'],
  other: ['请问怎么设置定时', '少了一个遥控器', '我要退货', '你们态度太差了我要投诉', '嗯'],
};
const REGIONS = ['310104', '310115', '320505', '330106'];
const agent: Actor = { id: 'agent-1', role: 'agent' };

/**
 * A recorded history as the platform would have made it: people chosen by chance act on the real deciders, the real
 * process managers follow up, on a simulated clock. Holds first touch, visits, repeats, reopenings, rejections, silence,
 * no access, late and contradicting facts, corrections. One global order; positions count it.
 *
 * @returns every event of tickets and work orders, personal parts sealed and unreadable
 */
export const generateHistory = ({ seed, tickets, from = START, complaints = false }: Size): RecordedEvent[] => {
  const chance = chanceOf(seed);
  const agenda: { readonly at: Instant; readonly order: number; readonly act: (world: World) => void }[] = [];
  let order = 0;
  const plan = (at: Instant, act: (world: World) => void) => {
    agenda.push({ at, order: (order += 1), act });
  };
  const { answer } = people(chance, plan);
  // A chance of their own: what happens to tickets doesn't depend on who complains.
  const grievances = chanceOf(seed + 1_000_003);
  const onComplaint = complainants(grievances, plan);
  const onEvent = (event: RecordedEvent) => {
    if (event.type.startsWith('complaint.')) onComplaint(event);
    else answer(event);
  };
  const world = new World(from, seed, engineersOf(seed), { onRecorded: onEvent, hasComplaints: complaints });
  let registered = 0;
  for (let index = 0; index < tickets; index += 1)
    plan(plus(from, index * 40 * MINUTE + chance.between(0, 30) * MINUTE), (now) => {
      const matter = matterOf(seed, index, chance);
      const stream = register(now, (registered += 1), matter, { seed, chance });
      if (complaints && grievances.percent(18))
        plan(plus(now.now, grievances.between(1, 200) * HOUR), (then) =>
          complain(then, { stream: grievances.percent(75) ? stream : undefined, matter }, { seed, chance: grievances }),
        );
      if (stream && chance.percent(12))
        plan(plus(now.now, chance.between(3 * 24, 35 * 24) * HOUR), (then) => {
          const repeat = register(then, (registered += 1), { ...matter, isRepeat: true }, { seed, chance });
          const data = { relation: 'repeat-of', ticketId: stream.slice(7) };
          if (repeat && chance.percent(50)) then.send(repeat, { type: 'ticket.LinkTicket', data }, agent);
        });
    });
  while (agenda.length > 0) {
    const next = agenda.reduce((first, item) =>
      item.at < first.at || (item.at === first.at && item.order < first.order) ? item : first,
    );
    agenda.splice(agenda.indexOf(next), 1);
    world.advanceTo(next.at);
    next.act(world);
    if (agenda.length === 0) world.advanceTo(plus(world.now, 30 * 24 * HOUR));
  }
  return world.history;
};

interface Matter {
  readonly customer: string;
  readonly isVip: boolean;
  readonly unit: UnitFacts;
  readonly isUnitKnown: boolean;
  readonly region: string;
  readonly words: string;
  readonly isRepeat: boolean;
}

const matterOf = (seed: number, index: number, chance: Chance): Matter => {
  const { category, models } = chance.one(policiesV1.catalogue.body.categories.slice(0, 6));
  const model = chance.one(models);
  return {
    customer: uuidOf(`${seed} customer ${index}`),
    isVip: chance.percent(10),
    unit: {
      unitId: uuidOf(`${seed} unit ${index}`),
      category,
      model,
      soldOn: chance.one(['2026-03-01', '2024-03-01']),
    },
    isUnitKnown: chance.percent(70),
    region: chance.one(REGIONS),
    words: chance.one(chance.percent(75) ? WORDS.repair : WORDS.other),
    isRepeat: false,
  };
};

const register = (
  world: World,
  serial: number,
  matter: Matter,
  { seed, chance }: { readonly seed: number; readonly chance: Chance },
): string | undefined => {
  const stream = `ticket-${uuidOf(`${seed} ticket ${serial}`)}`;
  const { unit, isUnitKnown, customer, isVip, region, words, isRepeat } = matter;
  const isSelfService = chance.percent(20);
  const data = {
    customerId: customer,
    channel: isSelfService ? chance.one(['wechat', 'app', 'web-form']) : chance.one(['phone', 'walk-in', 'chat']),
    words: isRepeat ? '空调不制冷' : words,
    region,
    category: unit.category,
    model: unit.model,
    impact: chance.one(['unusable', 'degraded', 'intact', 'unknown']),
    ...(chance.percent(15) ? { receivedAt: plus(world.now, -chance.between(5, 300) * MINUTE) } : {}),
  };
  const month = world.now.slice(0, 7).replace('-', '');
  const facts = {
    number: { number: `${month}${String(serial).padStart(3, '0')}`, serial },
    customer: { stream: `customer-${customer}`, tier: isVip ? 'vip' : 'normal', region },
    ...(isUnitKnown ? { unit } : {}),
  };
  const done = isSelfService
    ? world.send(stream, { type: 'ticket.SubmitTicket', data }, { id: 'bot', role: 'channel' }, facts)
    : world.send(stream, { type: 'ticket.RegisterTicket', data }, agent, facts);
  return isRejection(done) ? undefined : stream;
};

/** Somebody complains about a ticket, or about nothing that we know; some give no name, some turn to 12315 first. */
const complain = (
  world: World,
  { stream, matter }: { readonly stream: string | undefined; readonly matter: Matter },
  { seed, chance }: { readonly seed: number; readonly chance: Chance },
): void => {
  const id = uuidOf(`${seed} complaint ${world.history.length}`);
  const isAnonymous = stream === undefined && chance.percent(30);
  const engineer = stream && chance.percent(40) ? { id: world.anybody(), role: 'engineer' } : undefined;
  const data = {
    channel: chance.one(['phone', 'walk-in', 'letter', 'app']),
    words: chance.one(COMPLAINTS),
    ...(chance.percent(10) ? { graveCause: 'improper-speech' } : {}),
    ...(chance.percent(12)
      ? { external: { body: '12315', reference: 'R-1', dueBy: plus(world.now, 240 * HOUR) } }
      : {}),
    ...(isAnonymous ? {} : { customerId: matter.customer }),
    ...(stream ? { ticketId: stream.slice(7), category: matter.unit.category, model: matter.unit.model } : {}),
    ...(engineer ? { staff: engineer } : {}),
    region: matter.region,
  };
  world.send(`complaint-${id}`, { type: 'complaint.RegisterComplaint', data }, agent);
};

const COMPLAINTS = [
  '约好的时间没人来',
  '师傅态度很差,还顶撞我',
  '修了三次还没修好',
  '多收了我两百块',
  '打电话一直没人接',
  '装的空调漏电麻手',
];

const engineersOf = (seed: number) => {
  const { categories } = policiesV1.catalogue.body;
  return Array.from({ length: 8 }, (_, index) => ({
    kind: 'engineer' as const,
    id: uuidOf(`${seed} engineer ${index}`),
    active: true,
    skills: [...new Set(categories.flatMap(({ skills }) => skills))],
    categories: categories.map(({ category }) => category),
    regions: index < 6 ? ['31'] : ['32', '33'],
    absences: [],
  }));
};
