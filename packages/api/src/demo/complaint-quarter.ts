import { DAY, HOUR, plus } from '@aftercare/domain';
import type { DemoWorld } from './demo-world';
import { whenPeopleAreUp } from './office-hours';
import { QUARTER } from './quarter';
import type { Simulation } from './simulation';
import type { Grievance } from './stories/complaint-case';
import { aboutAnEngineer, dismissed, escalated, secondHandling } from './stories/complaint-turns';
import {
  anonymous,
  external,
  hazardous,
  leftOpen,
  lowered,
  neverAnswers,
  putRight,
  reworked,
  withdrawn,
  type ComplaintStory,
} from './stories/complaints';

interface Kind {
  readonly story: ComplaintStory;
  readonly count: number;
  readonly words: readonly string[];
  readonly category?: string;
  /** True: nobody is named. */
  readonly isAnonymous?: boolean;
  /** True: about a ticket that the customer has. */
  readonly isAboutTicket?: boolean;
  readonly more?: object;
}

const rude = ['师傅态度恶劣,还跟我吵', '上门师傅说话难听,不尊重人'];
const slow = ['约好的时间没人来,等了一整天', '报修一周了还没人上门'];
const badly = ['修了三次还没修好', '修完两天又坏了,越修越坏'];
const charged = ['多收了我两百块,没有明细', '收费标准和网上写的不一样'];
const danger = ['修完以后外壳漏电,麻手', '插头发热冒烟,吓死人了'];
const grave = { graveCause: 'improper-speech' };

/** Every kind of course and end; 46 in all. */
const KINDS: readonly Kind[] = [
  { story: putRight, count: 5, words: slow, category: 'repair-delay', isAboutTicket: true },
  { story: putRight, count: 5, words: charged, category: 'charges' },
  { story: reworked, count: 2, words: badly, category: 'repair-quality', isAboutTicket: true },
  { story: anonymous, count: 3, words: ['你们客服电话永远打不通'], category: 'response-speed', isAnonymous: true },
  { story: neverAnswers, count: 2, words: slow, category: 'response-speed' },
  { story: aboutAnEngineer('upheld'), count: 1, words: rude, category: 'attitude', more: grave },
  { story: aboutAnEngineer('changed'), count: 1, words: rude, category: 'attitude', more: grave },
  { story: aboutAnEngineer('none'), count: 2, words: rude, category: 'attitude', isAboutTicket: true },
  { story: hazardous, count: 4, words: danger, category: 'product-quality' },
  { story: withdrawn(false), count: 2, words: charged, category: 'charges' },
  { story: withdrawn(true), count: 1, words: danger, category: 'product-quality' },
  { story: dismissed('accepted'), count: 2, words: ['你们偷换了我的零件'], category: 'other' },
  { story: dismissed('overturned'), count: 1, words: ['客服在电话里骂人'], category: 'attitude' },
  { story: dismissed('dismissed-again'), count: 1, words: ['师傅弄坏了我的地板'], category: 'installation' },
  { story: secondHandling(false), count: 3, words: badly, category: 'repair-quality', isAboutTicket: true },
  { story: secondHandling(true), count: 1, words: badly, category: 'repair-quality', isAboutTicket: true },
  { story: escalated('final-position'), count: 2, words: charged, category: 'charges', isAboutTicket: true },
  { story: escalated('satisfied'), count: 1, words: badly, category: 'product-quality' },
  { story: external(true), count: 1, words: ['已向12315投诉:拒不退费'], category: 'charges' },
  { story: external(false), count: 1, words: ['已向12315投诉:拖延维修'], category: 'repair-delay' },
  { story: lowered, count: 1, words: ['空调有焦味,怕起火'], category: 'product-quality' },
  { story: leftOpen, count: 4, words: ['安装后墙面打孔漏水', '新机就有划痕,像翻新机'], category: 'installation' },
];

/** How many complaints the quarter plans; tickets that turn out to be grievances come on top. */
export const COMPLAINTS = KINDS.reduce((sum, { count }) => sum + count, 0);

/** Plans the quarter's complaints, the kinds mixed over all of it from the second week on; `each`: only so many of a kind. */
export const planComplaints = (world: DemoWorld, simulation: Simulation, each = Infinity): void => {
  const all = KINDS.flatMap((kind) => Array.from({ length: Math.min(kind.count, each) }, () => kind));
  const mixed = all.map((kind) => ({ kind, at: world.chance.next() })).sort((a, b) => a.at - b.at);
  const days = 78;
  mixed.forEach(({ kind }, index) => {
    const day = kind.story === leftOpen ? days : Math.floor((index / mixed.length) * days);
    const at = whenPeopleAreUp(plus(QUARTER.from, (8 + day) * DAY + world.chance.whole(1, 11) * HOUR));
    simulation.plan(at, (time) => kind.story(world, time, grievanceOf(world, kind)));
  });
};

const grievanceOf = (world: DemoWorld, kind: Kind): Grievance => {
  const { chance, tickets } = world;
  const { words, category, isAnonymous = false, isAboutTicket = false, more } = kind;
  const known = { words: chance.pick(words), more: { complaintCategory: category, ...more } };
  if (isAnonymous) return { ...known, channel: chance.pick(['wechat', 'app']) };
  // One of the last that came in, as somebody who is cross about theirs would.
  const ticket = isAboutTicket ? chance.pick(tickets.slice(-25)) : undefined;
  const customer = ticket?.customer ?? chance.pick(world.customers);
  const unit = chance.pick(customer.units);
  return {
    ...known,
    customer,
    channel: chance.weighted({ phone: 6, 'walk-in': 2, letter: 1, wechat: 1 }),
    more: {
      ...known.more,
      category: unit.line.category,
      model: unit.model,
      unitId: unit.unitId,
      ...(ticket ? { ticketId: ticket.id } : {}),
    },
  };
};
