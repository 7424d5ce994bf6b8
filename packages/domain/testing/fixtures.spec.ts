import { fixtureProblems, readFixture, writeMissingFixtures } from './fixtures';
import { registry } from '../src/registry';

// A new event type or version: WRITE_FIXTURES=1 adds its fixture once; what exists is never touched.
if (process.env['WRITE_FIXTURES'] === '1') writeMissingFixtures(registry);

describe('frozen fixtures: what was once stored can be read for ever (architecture §3)', () => {
  it('every event has one for every version ever released, and each fits after upcasting', () =>
    expect(fixtureProblems(registry)).toEqual([]));

  it('each aggregate’s events fold without a throw, in any order (evolve is total)', () => {
    for (const { aggregate, events, decider } of registry.aggregates) {
      const recorded = Object.values(events).map(({ type, version }, revision) => ({
        stream: `${aggregate}-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001`,
        revision,
        position: String(revision),
        eventId: `event-${revision}`,
        type,
        data: readFixture(type, version)?.data,
        personal: [],
        metadata: {
          schemaVersion: version,
          commandId: 'command',
          commandDigest: '0'.repeat(64),
          correlationId: 'ticket-1',
          causationId: 'command',
          actor: { id: 'agent-1', role: 'agent' as const },
          occurredAt: '2026-10-01T08:00:00.000Z',
          recordedAt: '2026-10-01T08:00:00.000Z',
          prev: '0'.repeat(64),
          hash: '0'.repeat(64),
        },
      }));
      for (const order of [recorded, [...recorded].reverse(), [...recorded, ...recorded]])
        expect(() =>
          order.reduce<unknown>((state, event) => decider.evolve(state, event) as unknown, decider.initial),
        ).not.toThrow();
    }
  });
});
