import { SimulatedClock } from '../clock/simulated-clock';
import { createCodec } from '../codec/codec';
import { createMemoryKeys } from '../keys/memory-keys';
import { createMemoryStore } from '../memory/memory-store';
import type { CommandEnvelope } from '../port/command-envelope';
import { OutcomeUnknownError, type EventStore } from '../port/event-store';
import { DecisionRunner } from './decision-runner';
import { sampleDecider, sampleRegistry } from '../../testing/sample';

type SampleCommand = Parameters<typeof sampleDecider.decide>[0];

const setUp = (change: (store: EventStore) => Partial<EventStore> = () => ({})) => {
  const clock = new SimulatedClock('2026-03-01T09:00:00.000Z');
  const real = createMemoryStore({ clock });
  const store: EventStore = { ...real, ...change(real) };
  const keys = createMemoryKeys();
  const codec = createCodec({ registry: sampleRegistry, lineageId: store.meta.lineageId });
  const runner = new DecisionRunner({ store, codec, keys, clock });
  const send = (command: SampleCommand, rest: Partial<CommandEnvelope<SampleCommand>> = {}) =>
    runner.run(sampleDecider, {
      command,
      stream: 'sample-1',
      commandId: `id of ${JSON.stringify(command)}`,
      actor: { id: 'staff-1', role: 'agent' },
      ...rest,
    });
  const open = (rest: Partial<CommandEnvelope<SampleCommand>> = {}) =>
    send({ type: 'sample.Open', data: { customer: 'customer-1', n: 1 } }, { creates: true, ...rest });
  const note = (text: string, rest: Partial<CommandEnvelope<SampleCommand>> = {}) =>
    send({ type: 'sample.Note', data: { note: text } }, rest);
  return { clock, store, keys, codec, runner, send, open, note };
};

describe('a command becomes events', () => {
  it('creates a stream and tells where it stands', async () => {
    const { open, store } = setUp();
    const outcome = await open();
    expect(outcome).toMatchObject({
      status: 'done',
      revision: 0,
      repeated: false,
      events: [{ type: 'sample.Opened' }],
    });
    expect((await store.read('sample-1')).head).toMatchObject({ revision: 0 });
  });

  it('records who, why and when', async () => {
    const { open, note, store, codec } = setUp();
    await open({ receivedAt: '2026-03-01T08:00:00.000Z' });
    await note('x', { correlationId: 'ticket-7', causationId: 'event-3' });
    const [first, second] = (await store.read('sample-1')).events.map((event) => codec.decode(event).metadata);
    expect(first).toMatchObject({ correlationId: 'sample-1', receivedAt: '2026-03-01T08:00:00.000Z' });
    expect(second).toMatchObject({ correlationId: 'ticket-7', causationId: 'event-3', actor: { id: 'staff-1' } });
    expect(second!.prev).toBe(first!.hash);
  });

  it('refuses with the rule’s code and writes nothing', async () => {
    const { open, note, send, store } = setUp();
    await open();
    await send({ type: 'sample.Close', data: {} });
    expect(await note('late')).toEqual({ status: 'refused', code: 'SAMPLE.CLOSED', details: { status: 'closed' } });
    expect((await store.read('sample-1')).head).toMatchObject({ revision: 1 });
  });

  it('finds nothing to do and leaves the stream as it is', async () => {
    const { open, send } = setUp();
    await open();
    expect(await send({ type: 'sample.Look', data: {} })).toMatchObject({ status: 'done', revision: 0, events: [] });
  });

  it('does not know a stream that nobody created', async () => {
    expect(await setUp().note('x')).toEqual({ status: 'not-found' });
  });

  it('refuses to create what another command created', async () => {
    const { open } = setUp();
    await open();
    expect(await open({ commandId: 'another' })).toMatchObject({ status: 'refused', code: 'STREAM.ALREADY_EXISTS' });
  });
});

describe('DEC-17 times', () => {
  it('refuses what is said to have happened over five minutes from now', async () => {
    const { open, send } = setUp();
    await open();
    const at = (occurredAt: string) => send({ type: 'sample.Note', data: { note: 'x', occurredAt } });
    expect(await at('2026-03-01T09:05:00.001Z')).toMatchObject({ code: 'EVENT.OCCURRED_IN_FUTURE' });
    expect(await at('2026-03-01T09:05:00.000Z')).toMatchObject({ status: 'done' });
  });

  it('never records an event before the one ahead of it, even when the clock was set back', async () => {
    const { open, note, store, clock, codec } = setUp();
    await open();
    jest.spyOn(clock, 'now').mockReturnValue('2026-02-01T00:00:00.000Z');
    await note('x');
    const [first, second] = (await store.read('sample-1')).events.map((event) => codec.decode(event).metadata);
    expect(second!.recordedAt).toBe(first!.recordedAt);
  });
});

describe('a command that comes twice', () => {
  it('gets its first result, also when the stream has moved on', async () => {
    const { open, note } = setUp();
    await open();
    const first = await note('once');
    await note('in between');
    expect(await note('once')).toEqual({ ...first, repeated: true });
    expect(await open()).toMatchObject({ status: 'done', revision: 0, repeated: true });
  });

  it('is recognised before the revision that the actor saw is compared', async () => {
    const { open, note } = setUp();
    await open();
    await note('once', { seenRevision: 0 });
    expect(await note('once', { seenRevision: 0 })).toMatchObject({ status: 'done', repeated: true });
    expect(await note('other', { seenRevision: 0 })).toEqual({ status: 'stale', revision: 1 });
  });

  it('is refused when the same id carries another command', async () => {
    const { open, note, send } = setUp();
    await open({ commandId: 'k' });
    expect(
      await send({ type: 'sample.Open', data: { customer: 'customer-2', n: 2 } }, { commandId: 'k', creates: true }),
    ).toEqual({ status: 'key-reused' });
    await note('a', { commandId: 'l' });
    expect(await note('b', { commandId: 'l' })).toEqual({ status: 'key-reused' });
  });
});

describe('several at once', () => {
  it('decides again on what the faster one left', async () => {
    const { open, note, store } = setUp();
    await open();
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((text) => note(text)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['done', 'done', 'done', 'done']);
    expect((await store.read('sample-1')).head).toMatchObject({ revision: 4 });
  });

  it('gives up after the third second try', async () => {
    const { open, note } = setUp();
    await open();
    const outcomes = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => note(text)));
    expect(outcomes.filter((outcome) => outcome.status === 'conflict')).toHaveLength(1);
  });
});

describe('an unknown outcome', () => {
  it('sends the same bytes again and does not write twice', async () => {
    const sent: unknown[] = [];
    const { open, store } = setUp((real) => ({
      append: async (stream, events, options) => {
        sent.push(events);
        const result = await real.append(stream, events, options);
        if (sent.length < 2) throw new OutcomeUnknownError('deadline');
        return result;
      },
    }));
    expect(await open()).toMatchObject({ status: 'done', revision: 0 });
    expect(sent[1]).toBe(sent[0]);
    expect((await store.read('sample-1')).events).toHaveLength(1);
  });

  it('is told to the caller when it stays unknown', async () => {
    const { open } = setUp(() => ({ append: () => Promise.reject(new OutcomeUnknownError('deadline')) }));
    await expect(open()).rejects.toThrow(OutcomeUnknownError);
  });
});

describe('facts', () => {
  it('are gathered after the repeat check, so that a retry takes no second number', async () => {
    const { runner } = setUp();
    const facts = jest.fn(() => 'number-1');
    const envelope = {
      command: { type: 'sample.Open', data: { customer: 'c', n: 1 } } as const,
      stream: 'sample-2',
      commandId: 'k',
      creates: true,
      actor: { id: 'staff-1', role: 'agent' } as const,
    };
    await runner.run(sampleDecider, envelope, { facts });
    expect(await runner.run(sampleDecider, envelope, { facts })).toMatchObject({ repeated: true });
    expect(facts).toHaveBeenCalledTimes(1);
  });
});

describe('a stream whose every event says all there is to know', () => {
  it('is decided on by its last event, however long it is', async () => {
    const reads: number[] = [];
    const { open, note, runner } = setUp((real) => ({
      read: async (stream, options) => {
        const page = await real.read(stream, options);
        reads.push(page.events.length);
        return page;
      },
    }));
    await open();
    for (const text of ['a', 'b', 'c']) await note(text);
    reads.length = 0;
    const seen: unknown[] = [];
    const counting = {
      initial: 0,
      evolve: (count: number) => count + 1,
      decide: (_: unknown, count: number) => (seen.push(count), []),
    };
    const outcome = await runner.run(
      counting as never,
      {
        command: { type: 'sample.Look', data: {} },
        stream: 'sample-1',
        commandId: 'k',
        actor: { id: 'x', role: 'system' },
      },
      { lastEventSaysAll: true },
    );
    expect([outcome.status, reads, seen]).toEqual(['done', [1], [1]]);
  });

  it('is not decided on when the bytes of that event were changed', async () => {
    const { open, note, runner } = setUp((real) => ({
      read: async (stream, options) => {
        const page = await real.read(stream, options);
        return { ...page, events: page.events.map((e) => ({ ...e, data: e.data.replace('first', 'other') })) };
      },
    }));
    await open();
    await note('first').catch(() => undefined);
    const look = runner.run(
      sampleDecider,
      {
        command: { type: 'sample.Look', data: {} },
        stream: 'sample-1',
        commandId: 'k',
        actor: { id: 'x', role: 'system' },
      },
      { lastEventSaysAll: true },
    );
    await expect(look).rejects.toThrow(/its bytes are not those that were hashed/);
  });
});

describe('a stream whose bytes were changed', () => {
  it('is not decided on', async () => {
    const { open, note } = setUp((real) => ({
      read: async (stream, options) => {
        const page = await real.read(stream, options);
        return { ...page, events: page.events.map((e) => ({ ...e, data: e.data.replace('1000', '9000') })) };
      },
    }));
    await open();
    await expect(note('x')).rejects.toThrow(/its bytes are not those that were hashed/);
  });
});
