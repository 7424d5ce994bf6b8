import {
  customerEvents,
  event,
  plus,
  type ProcessInput,
  type ProcessManager,
  type RecordedEvent,
} from '@aftercare/domain';
import type { CommandEnvelope, CommandOutcome, SimulatedClock } from '@aftercare/event-store';
import { NotRebuildableError } from '../projections';
import { Reading } from '../testing/index';

interface Welcome {
  readonly welcomed: boolean;
  readonly heard: readonly string[];
}

const MINUTE = 60_000;

/** Promotes a new customer at once, and reminds after 20 minutes unless the promotion was heard of. */
const welcome = (react?: ProcessManager<Welcome>['react']): ProcessManager<Welcome> => ({
  name: 'welcome',
  version: 1,
  types: ['customer.CustomerRegistered', 'customer.CustomerTierChanged'],
  instance: (event) => event.metadata.correlationId,
  initial: { welcomed: false, heard: [] },
  react: (state, input, context) => {
    if (react) return react(state, input, context);
    const heard = [...state.heard, kindOf(input)];
    if (input.kind === 'event' && input.event.type === 'customer.CustomerRegistered')
      return {
        state: { ...state, heard },
        commands: ['first', 'second'].map((note) => ({
          stream: input.event.stream,
          type: 'customer.ChangeTier',
          data: { note },
        })),
        nextWakeAt: plus(input.event.metadata.recordedAt, 20 * MINUTE),
      };
    if (input.kind === 'event') return { state: { welcomed: true, heard }, commands: [] };
    if (input.kind === 'wake')
      return { state: { ...state, heard }, commands: [{ stream: 'customer-x', type: 'customer.Remind', data: {} }] };
    return { state: { ...state, heard }, commands: [] };
  },
});
const kindOf = (input: ProcessInput) =>
  input.kind === 'event' ? input.event.type : input.kind === 'refused' ? `refused ${input.code}` : 'wake';

const registered = () => event(customerEvents.CustomerRegistered, { tier: 'normal' });
const promoted = () => event(customerEvents.CustomerTierChanged, { tier: 'vip', reason: 'contract' });
const done = (stream: string): CommandOutcome => ({ status: 'done', stream, revision: 1, repeated: false, events: [] });

describe('a process manager', () => {
  let reading: Reading;
  let clock: SimulatedClock;
  let sent: CommandEnvelope[];
  let answer: (envelope: CommandEnvelope) => CommandOutcome | Promise<CommandOutcome>;
  beforeEach(() => {
    reading = new Reading();
    clock = reading.clock as SimulatedClock;
    sent = [];
    answer = ({ stream }) => done(stream);
  });
  afterEach(() => reading.end());

  const start = (process = welcome()) =>
    reading.start({
      models: [],
      processes: [process],
      send: async (envelope) => {
        sent.push(envelope);
        return answer(envelope);
      },
    });
  const write = (stream: string, ...events: readonly ReturnType<typeof registered | typeof promoted>[]) =>
    reading.journal.write({ stream, events, now: clock.now() });
  const heardBy = async (instance: string) => {
    const row = await reading.views.read
      .selectFrom('process_states')
      .select('state')
      .where('instance', '=', instance)
      .executeTakeFirst();
    return row && (JSON.parse(row.state) as Welcome).heard;
  };
  const notes = () =>
    sent.map(({ command, stream }) => [stream, (command.data as { note?: string }).note ?? command.type]);

  it('sends its commands in order, as the system, on behalf of its matter', async () => {
    const projections = await start();
    await write('customer-a', registered());
    await projections.settle();
    expect(notes()).toEqual([
      ['customer-a', 'first'],
      ['customer-a', 'second'],
    ]);
    const [{ eventId }] = (await reading.journal.all()) as [RecordedEvent];
    expect(sent[0]).toMatchObject({
      actor: { id: 'welcome', role: 'system' },
      correlationId: 'customer-a',
      causationId: eventId,
    });
    expect(new Set(sent.map((envelope) => envelope.commandId)).size).toBe(2);
  });

  it('sends under the same id when nobody knows whether a command arrived', async () => {
    let lost = true;
    answer = ({ stream }) => {
      if (!lost) return done(stream);
      lost = false;
      throw new Error('connection lost');
    };
    const projections = await start();
    await write('customer-a', registered());
    await projections.settle();
    await clock.advance(MINUTE);
    await projections.settle();
    expect(notes().map(([, note]) => note)).toEqual(['first', 'first', 'second']);
    expect(sent[0]!.commandId).toBe(sent[1]!.commandId);
  });

  it('hears of a refusal and goes on', async () => {
    answer = ({ stream, command }) =>
      (command.data as { note?: string }).note === 'first'
        ? { status: 'refused', code: 'CUSTOMER.NOT_NOW', details: {} }
        : done(stream);
    const projections = await start();
    await write('customer-a', registered());
    await projections.settle();
    expect(notes()).toHaveLength(2);
    expect(await heardBy('customer-a')).toEqual(['customer.CustomerRegistered', 'refused CUSTOMER.NOT_NOW']);
  });

  it('parks a command that keeps failing, holds back what follows it, and sends both when told to retry', async () => {
    let broken = true;
    answer = ({ stream }) => (broken && stream === 'customer-a' ? { status: 'conflict' } : done(stream));
    const projections = await start();
    await write('customer-a', registered());
    await write('customer-b', registered());
    for (let minutes = 0; minutes < 12; minutes += 1) {
      await projections.settle();
      await clock.advance(MINUTE);
    }
    expect(sent.filter(({ stream }) => stream === 'customer-b')).toHaveLength(2);
    expect(notes().filter(([stream]) => stream === 'customer-a')).toEqual(Array(10).fill(['customer-a', 'first']));
    const [parked] = await projections.parked();
    expect(parked).toMatchObject({ process: 'welcome', instance: 'customer-a', attempts: 10, lastFailure: 'conflict' });
    broken = false;
    expect(await projections.retry(parked!.commandId)).toBe(true);
    await projections.settle();
    expect(await projections.parked()).toEqual([]);
    expect(notes().slice(-2)).toEqual([
      ['customer-a', 'first'],
      ['customer-a', 'second'],
    ]);
  });

  it('is woken at its time, once, and not when the wait was taken back', async () => {
    const projections = await start();
    await write('customer-a', registered());
    await write('customer-b', registered());
    await projections.settle();
    await write('customer-b', promoted());
    await projections.settle();
    expect(await projections.nextDue()).toBe(plus(clock.now(), 20 * MINUTE));
    await clock.advance(21 * MINUTE);
    await projections.settle();
    await projections.settle();
    expect(await heardBy('customer-a')).toEqual(['customer.CustomerRegistered', 'wake']);
    expect(await heardBy('customer-b')).toEqual(['customer.CustomerRegistered', 'customer.CustomerTierChanged']);
    expect(sent.filter(({ command }) => command.type === 'customer.Remind')).toHaveLength(1);
  });

  it('keeps its waits over a restart', async () => {
    await (await start(), write('customer-a', registered()));
    await reading.projections.settle();
    await reading.stop();
    await clock.advance(30 * MINUTE);
    await start();
    await reading.projections.settle();
    expect(await heardBy('customer-a')).toEqual(['customer.CustomerRegistered', 'wake']);
  });

  it('reads what happened during a downtime before any alarm rings', async () => {
    await start();
    await write('customer-a', registered());
    await reading.projections.settle();
    await reading.stop();
    await clock.advance(30 * MINUTE);
    await write('customer-a', promoted());
    await start();
    await reading.projections.settle();
    expect(await heardBy('customer-a')).toEqual(['customer.CustomerRegistered', 'customer.CustomerTierChanged']);
  });

  it('gives a command the same id when its reaction is repeated after a crash', async () => {
    await start();
    await write('customer-a', registered());
    await reading.projections.settle();
    // As after a power cut: the last commits of the views are gone, the events are not.
    for (const table of ['process_states', 'process_wakes', 'process_outbox', 'checkpoints'] as const)
      await reading.views.write.deleteFrom(table).execute();
    await reading.stop();
    await start();
    await reading.projections.settle();
    expect(sent).toHaveLength(4);
    expect(sent.slice(2).map(({ commandId }) => commandId)).toEqual(sent.slice(0, 2).map(({ commandId }) => commandId));
  });

  it('shows an alarm on which it threw and tries it again later', async () => {
    let broken = true;
    const whole = welcome();
    const projections = await start(
      welcome((state, input, context) => {
        if (input.kind === 'wake' && broken) throw new Error('张三');
        return whole.react(state, input, context);
      }),
    );
    await write('customer-a', registered());
    await projections.settle();
    await clock.advance(20 * MINUTE);
    await projections.settle();
    expect(projections.wakeFaults()).toMatchObject([{ process: 'welcome', instance: 'customer-a', failures: 1 }]);
    expect(JSON.stringify(projections.wakeFaults())).not.toContain('张三');
    broken = false;
    await clock.advance(MINUTE);
    await projections.settle();
    expect(projections.wakeFaults()).toEqual([]);
    expect(await heardBy('customer-a')).toContain('wake');
  });

  it('can not be rebuilt, because it would act again', async () => {
    const projections = await start();
    await expect(projections.rebuild('welcome')).rejects.toThrow(NotRebuildableError);
  });
});
