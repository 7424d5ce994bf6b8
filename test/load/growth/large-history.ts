import { plus, type Actor } from '@aftercare/domain';
import { createPlatform, readConfig, type Platform } from '@aftercare/api';
import { systemClock, uuidv5, type Clock, type CommandOutcome } from '@aftercare/event-store';

/** What was made: how many events, and tickets spread over the whole history that a measurement may go on with. */
export interface History {
  readonly events: number;
  readonly customerId: string;
  /** Ids of tickets that are open, with streams of 5 to 12 events, from the oldest to the latest. */
  readonly openTickets: readonly string[];
}

const MONTHS = 24;
const MOST_SIDE_BY_SIDE = 128;
const SAMPLES = 4_000;
const DAY = 24 * 60 * 60_000;

/** Words, route and follow-ups of the mixture; one after the other, so that every store holds the same shares. */
const MATTERS = [
  { words: '请问空调滤网多久洗一次', then: 'cancel' },
  { words: '空调不制冷,外机在转就是不凉', category: 'air-conditioner', model: 'KFR-35GW', serviceType: 'on-site' },
  { words: '想问下整机保修几年', then: 'note' },
  { words: '买回来不喜欢,我要退货', category: 'washing-machine', model: 'XQG100', then: 'cancel' },
  { words: '新买的空调箱子里没有遥控器', category: 'air-conditioner', model: 'KFR-50LW' },
  { words: '洗衣机不排水,显示E2', category: 'washing-machine', model: 'XQB90', serviceType: 'carry-in', then: 'note' },
  { words: '请问怎么设置定时关机', then: 'cancel' },
  { words: '空调一开就跳闸,闻到糊味', category: 'air-conditioner', model: 'KFR-26GW', then: 'note' },
  { words: '你们的人说来又不来', then: 'cancel' },
  { words: '路由器怎么恢复出厂设置', then: 'cancel' },
] as const;
const REGIONS = ['310104', '310101', '320102', '330106', '110105', '440305', '510107'] as const;
const AGENTS = ['agent-1', 'agent-2', 'agent-3', 'agent-4', 'agent-5'] as const;

/**
 * Fills a data directory through the real platform until its log holds `target` events, over two years that end now: the
 * clock is the system's, set back and put forward month by month, so that numbers, warranties and the order of the queue
 * come out as in a store of that age. Read models and processes follow as they always do and stand at the head at the
 * end. `target` 0 leaves a store with its policies and one customer.
 */
export const writeHistory = async (
  dataDir: string,
  target: number,
  say: (line: string) => void = () => undefined,
): Promise<History> => {
  const clock = movedClock();
  const platform = await createPlatform(
    readConfig({ DATA_DIR: dataDir, ANALYTICS: 'off', LOG_LEVEL: 'warn', PORT: '0' }),
    { clock },
  );
  const desk = new Desk(platform);
  try {
    platform.start();
    for (let month = MONTHS - 1; month >= 0; month -= 1) {
      clock.moveBackBy(month * 30 * DAY);
      await desk.workUntil(Math.floor((target * (MONTHS - month)) / MONTHS));
      // Everything that follows from this month happens in this month.
      await platform.reading.settle();
      say(`${await desk.events()} events, ${desk.tickets} tickets`);
    }
    return { events: await desk.events(), customerId: await desk.customer(), openTickets: desk.sample() };
  } finally {
    await platform.stop();
  }
};

/** The system's clock, so many milliseconds ago; not simulated: it runs by itself, and nothing is decided by it twice. */
const movedClock = (): Clock & { moveBackBy(millis: number): void } => {
  const real = systemClock();
  let back = 0;
  return {
    simulated: false,
    now: () => plus(real.now(), -back),
    sleepUntil: (instant, signal) => real.sleepUntil(plus(instant, back), signal),
    moveBackBy: (millis) => {
      back = millis;
    },
  };
};

/** Everybody at the desk at once. */
class Desk {
  tickets = 0;
  readonly #customers: string[] = [];
  readonly #open: string[] = [];

  constructor(private readonly platform: Platform) {}

  /** Works until the log holds so many events, or a few more. */
  async workUntil(target: number): Promise<void> {
    await this.customer();
    const work = async () => {
      while ((await this.events()) < target) await this.oneMatter(this.tickets++);
    };
    // Each worker finishes its matter: few of them overshoot a small target by little.
    const workers = Math.min(MOST_SIDE_BY_SIDE, Math.ceil(target / 1_000));
    await Promise.all(Array.from({ length: workers }, work));
  }

  /** Embedded positions count events. */
  async events(): Promise<number> {
    return Number((await this.platform.stores.store.head())?.slice(-20) ?? 0);
  }

  /** One that exists already. */
  async customer(): Promise<string> {
    return this.#customers[0] ?? (await this.newCustomer(0));
  }

  sample(): readonly string[] {
    const step = Math.max(1, this.#open.length / SAMPLES);
    return Array.from({ length: Math.min(SAMPLES, this.#open.length) }, (_, n) => this.#open[Math.floor(n * step)]!);
  }

  private async oneMatter(n: number): Promise<void> {
    const known = n % 6 === 0 ? undefined : this.#customers.at(-1 - (n % Math.min(500, this.#customers.length)));
    const customerId = known ?? (await this.newCustomer(n));
    const { then, ...matter } = { then: undefined, ...MATTERS[n % MATTERS.length] };
    const agent = AGENTS[n % AGENTS.length]!;
    const ticket = await this.send('ticket.RegisterTicket', {
      agent,
      data: {
        customerId,
        channel: n % 3 === 0 ? 'walk-in' : 'phone',
        region: REGIONS[n % REGIONS.length],
        impact: n % 4 === 0 ? 'unusable' : 'degraded',
        contactName: '张三',
        contactPhone: '13800000000',
        address: '示例路1号',
        ...matter,
        ...('model' in matter ? { serial: `SN${n}` } : {}),
      },
    });
    if (then === 'note')
      await this.send('ticket.AddNote', { agent, on: ticket, data: { about: 'case', note: '客户希望周末联系' } });
    if (then === 'cancel')
      await this.send('ticket.CancelTicket', { agent, on: ticket, data: { reason: 'by-customer' } });
    else this.#open.push(ticket.stream.slice('ticket-'.length));
  }

  private async newCustomer(n: number): Promise<string> {
    const { stream } = await this.send('customer.RegisterCustomer', {
      agent: AGENTS[0],
      data: { name: '张三', phone: '13800000000', region: REGIONS[n % REGIONS.length] },
    });
    const id = stream.slice('customer-'.length);
    this.#customers.push(id);
    return id;
  }

  /** Through the gate with its role check and facts, as every command. */
  private async send(
    type: string,
    what: { readonly agent: string; readonly data: unknown; readonly on?: Done },
  ): Promise<Done> {
    const { registry, gate } = this.platform;
    const { aggregate, definition } = registry.command(type)!;
    const actor: Actor = { id: what.agent, role: 'agent' };
    const commandId = uuidv5(`history ${type} ${this.#sent++}`);
    const stream = what.on?.stream ?? `${aggregate.aggregate}-${uuidv5(commandId)}`;
    const envelope = await gate.envelope({
      aggregate,
      definition,
      data: what.data,
      stream,
      commandId,
      actor,
      ...(what.on && definition.kind === 'seen-state' ? { seenRevision: what.on.revision } : {}),
    });
    const outcome = await gate.decide(aggregate, envelope);
    if (outcome.status !== 'done') throw new Error(`${type}: ${JSON.stringify(outcome)}`);
    return outcome;
  }
  #sent = 0;
}

type Done = Extract<CommandOutcome, { readonly status: 'done' }>;
