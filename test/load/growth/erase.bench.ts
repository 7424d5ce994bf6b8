import type { Actor } from '@aftercare/domain';
import { createPlatform, readConfig, type Platform } from '@aftercare/api';
import { systemClock, uuidv5, type Clock, type CommandOutcome } from '@aftercare/event-store';
import { plus } from '@aftercare/domain';
import { atMost, interleaved, type BenchRow } from '../bench';
import { copyOf, storedHistory, type Size } from './stored-histories';

const ROUNDS = 15;
const TICKETS = 20;
const NOTES_EACH = 44;
const DAY = 24 * 60 * 60_000;

const AGENT: Actor = { id: 'agent-1', role: 'agent' };
const MANAGER: Actor = { id: 'manager-1', role: 'manager' };
const SYSTEM: Actor = { id: 'erasure', role: 'system' };

/**
 * erase: a person with 1,000 events is forgotten, from the command that is due to the destroyed key, in a store of 1,000,000
 * events against one of 10,000. The three days are a clock that is put forward.
 */
export const run = async (): Promise<BenchRow[]> => {
  const [small, large] = [await deskIn('small'), await deskIn('large')];
  try {
    // The first one pays for what is loaded once, in both stores.
    await small.erasure();
    await large.erasure();
    const medians = await interleaved(large.erasure, small.erasure, ROUNDS);
    return [atMost(1.3, 'erase: a person with 1,000 events, 1,000,000 stored against 10,000', 'ms', medians)];
  } finally {
    await small.close();
    await large.close();
  }
};

const deskIn = async (size: Size) => {
  const copy = copyOf(await storedHistory(size));
  const clock = movedClock();
  const settings = { DATA_DIR: copy.dataDir, ANALYTICS: 'off', ANCHOR_EVERY: 'off', LOG_LEVEL: 'warn', PORT: '0' };
  const platform = await createPlatform(readConfig(settings), { clock });
  const desk = new Desk(platform);
  platform.start();
  return {
    erasure: async (): Promise<number> => {
      const customer = await desk.person();
      await platform.reading.settle();
      await desk.send('customer.RequestErasure', { on: customer, data: REQUEST });
      const revision = (await platform.streams.load(customer)).events.length - 1;
      await desk.send('customer.ApproveErasure', { on: customer, data: {}, actor: MANAGER, revision });
      clock.forward(4 * DAY);
      const start = performance.now();
      await desk.send('customer.CarryOutErasure', { on: customer, data: {}, actor: SYSTEM });
      const took = performance.now() - start;
      if ((await platform.stores.keys.find(customer)) !== 'erased') throw new Error('the key is still there');
      return took;
    },
    close: async (): Promise<void> => {
      await platform.stop();
      copy.remove();
    },
  };
};

const REQUEST = { asker: 'customer', channel: 'phone', openComplaints: 'wait' };

/** The system's clock, so many milliseconds ahead; whoever sleeps by it sleeps on. */
const movedClock = (): Clock & { forward(millis: number): void } => {
  const real = systemClock();
  let ahead = 0;
  return {
    simulated: false,
    now: () => plus(real.now(), ahead),
    sleepUntil: (instant, signal) => real.sleepUntil(plus(instant, -ahead), signal),
    forward: (millis) => {
      ahead += millis;
    },
  };
};

interface Sent {
  readonly on?: string;
  readonly data: unknown;
  readonly actor?: Actor;
  readonly revision?: number;
}

class Desk {
  #sent = 0;
  constructor(private readonly platform: Platform) {}

  /** Somebody with 20 tickets that have ended, 1,000 events in all. */
  async person(): Promise<string> {
    const { stream } = await this.send('customer.RegisterCustomer', { data: { name: '张三', phone: '13800000000' } });
    const customerId = stream.slice('customer-'.length);
    await Promise.all(Array.from({ length: TICKETS }, () => this.matter(customerId)));
    return stream;
  }

  private async matter(customerId: string): Promise<void> {
    const words = '请问怎么设置定时关机';
    const ticket = await this.send('ticket.RegisterTicket', { data: { customerId, channel: 'phone', words } });
    const note = { about: 'customer', note: '客户希望周末联系' };
    let revision = ticket.revision;
    for (let count = 0; count < NOTES_EACH; count += 1)
      revision = (await this.send('ticket.AddNote', { on: ticket.stream, data: note })).revision;
    await this.send('ticket.CancelTicket', { on: ticket.stream, data: { reason: 'by-customer' }, revision });
  }

  async send(
    type: string,
    { on, data, actor = AGENT, revision }: Sent,
  ): Promise<Extract<CommandOutcome, { status: 'done' }>> {
    const { registry, gate } = this.platform;
    const { aggregate, definition } = registry.command(type)!;
    const commandId = uuidv5(`erase ${process.pid} ${type} ${this.#sent++}`);
    const stream = on ?? `${aggregate.aggregate}-${uuidv5(commandId)}`;
    const wish = { aggregate, definition, data, stream, commandId, actor };
    const envelope = await gate.envelope({ ...wish, ...(revision === undefined ? {} : { seenRevision: revision }) });
    const outcome = await gate.decide(aggregate, envelope);
    if (outcome.status !== 'done') throw new Error(`${type}: ${JSON.stringify(outcome)}`);
    return outcome;
  }
}
