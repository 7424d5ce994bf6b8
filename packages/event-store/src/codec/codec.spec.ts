import { createCipheriv } from 'node:crypto';
import { SAMPLE_EVENTS, sampleNoted, sampleOpened, samplePerson, sampleRegistry } from '../../testing/sample';
import { SAMPLE_KEY } from '../../testing/sample-writer';
import { createMemoryKeys } from '../keys/memory-keys';
import type { StoredEvent } from '../port/event-store';
import { canonicalJson } from './canonical-json';
import { createCodec } from './codec';
import type { Writing } from './encode';
import { deriveEventKey, open, seal } from './personal-envelope';
import { UndecodableEventError } from './undecodable-event';
import { eventIdOf, uuidv5 } from './uuid-v5';

const codec = createCodec({ registry: sampleRegistry, lineageId: 'lineage-1' });
const keys = new Map<string, Uint8Array | 'erased'>([['customer-0', SAMPLE_KEY]]);
const find = { find: (subject: string) => Promise.resolve(keys.get(subject)) };

const writing: Writing = {
  stream: 'sample-1',
  head: 'none',
  commandId: 'command-1',
  commandDigest: 'd'.repeat(64),
  correlationId: 'ticket-1',
  causationId: 'request-1',
  actor: { id: 'wechat', role: 'channel', onBehalfOf: 'customer-0' },
  now: '2026-03-01T09:00:00.000Z',
};

const stored = (change: Partial<StoredEvent> = {}): StoredEvent => ({
  position: 'p',
  ...codec.encode([sampleOpened()], writing, keys)[0]!,
  ...change,
});

describe('a stored event', () => {
  it('is canonical, with the hash as the last member', () => {
    const { data, metadata } = stored();
    const { hash, ...rest } = JSON.parse(metadata) as Record<string, unknown>;
    expect(metadata).toBe(`${canonicalJson(rest).slice(0, -1)},"hash":"${String(hash)}"}`);
    const { $p, ...open } = JSON.parse(data) as Record<string, unknown>;
    expect(data).toBe(`{"$p":${canonicalJson($p)},${canonicalJson(open).slice(1)}`);
  });

  it('shows nothing personal', () => {
    const { data, metadata } = stored();
    for (const value of Object.values(samplePerson(0))) expect(data + metadata).not.toContain(value);
  });

  it('comes back as it was decided, personal parts sealed until somebody opens them', async () => {
    const event = codec.decode(stored());
    expect(event).toMatchObject({ stream: 'sample-1', revision: 0, data: { product: 'AC-2000', quantity: 1_000 } });
    expect(Object.keys(event.personal[0]!).sort()).toEqual(['ciphertext', 'commitment', 'nonce', 'subject']);
    const opened = await codec.openPersonal(event, find);
    expect(opened.personal).toEqual([{ subject: 'customer-0', fields: samplePerson(0) }]);
  });

  it('comes back with others like it, each key asked for once', async () => {
    const event = codec.decode(stored());
    const asked: string[] = [];
    const opened = await codec.openAll([event, event], {
      find: (subject) => {
        asked.push(subject);
        return find.find(subject);
      },
    });
    expect(asked).toEqual(['customer-0']);
    expect(opened).toEqual([await codec.openPersonal(event, find), await codec.openPersonal(event, find)]);
  });

  it('opens with the keys at hand; whoever has none among them stays sealed', () => {
    const event = codec.decode(stored());
    expect(codec.openWith(event, keys).personal).toEqual([{ subject: 'customer-0', fields: samplePerson(0) }]);
    expect(codec.openWith(event, new Map()).personal).toEqual(event.personal);
  });

  it('has an id that a retry computes again', () => {
    expect(stored().eventId).toBe(eventIdOf('command-1', 'sample-1', 0));
    expect(eventIdOf('command-1', 'sample-1', 1)).not.toBe(stored().eventId);
    // RFC 9562, appendix A.4
    expect(uuidv5('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('takes the later of the clock and the event before it', () => {
    const head = { revision: 4, hash: 'a'.repeat(64), recordedAt: '2026-03-02T00:00:00.000Z' };
    const [event] = codec.encode([sampleNoted()], { ...writing, head }, keys);
    expect(event).toMatchObject({ revision: 5 });
    expect(JSON.parse(event!.metadata)).toMatchObject({ recordedAt: head.recordedAt, prev: head.hash });
  });
});

describe('what a decider got wrong is found before it is stored', () => {
  it.each([
    ['an unknown type', { type: 'sample.Unheard', data: {} }, /not registered/],
    ['data of another shape', { type: 'sample.Noted', data: { note: 1 } }, /\/note/],
    [
      'personal fields of another shape',
      { ...sampleOpened(), personal: [{ subject: 'customer-0', fields: {} }] },
      /personal/,
    ],
    ['an instant that is none', { ...sampleNoted(), occurredAt: '2026-03-01' }, /ISO 8601/],
    [
      'two parts of one subject',
      { ...sampleOpened(), personal: [...sampleOpened().personal!, ...sampleOpened().personal!] },
      /two/,
    ],
  ])('%s', (_, event, message) => {
    expect(() => codec.encode([event], writing, keys)).toThrow(message);
  });
});

describe('DEC-15 a forgotten subject', () => {
  it('leaves an erased part, in old events and in new ones', async () => {
    const before = codec.decode(stored());
    const erased = { find: () => Promise.resolve('erased' as const) };
    const left = [{ subject: 'customer-0', erased: true }];
    expect((await codec.openPersonal(before, erased)).personal).toEqual(left);
    const [after] = codec.encode([sampleOpened()], writing, new Map([['customer-0', 'erased']]));
    expect(codec.decode({ position: 'p', ...after! }).personal).toEqual(left);
  });
});

describe('an envelope', () => {
  const place = { lineageId: 'l', stream: 's', eventId: 'e', type: 't', version: 1 };
  const sealed = seal({ subject: 'customer-0', fields: { name: '顾客' } }, SAMPLE_KEY, place);

  it('opens only in its place and under its key', () => {
    expect(open(sealed, SAMPLE_KEY, place).fields).toEqual({ name: '顾客' });
    for (const other of [{ lineageId: 'x' }, { stream: 'x' }, { eventId: 'x' }, { type: 'x' }, { version: 2 }])
      expect(() => open(sealed, SAMPLE_KEY, { ...place, ...other })).toThrow();
    expect(() => open(sealed, Buffer.alloc(32, 8), place)).toThrow(/committed/);
  });

  it('commits to its key: another ciphertext under another key is refused before it is opened', () => {
    const otherKey = deriveEventKey(Buffer.alloc(32, 8), 'e');
    const cipher = createCipheriv('aes-256-gcm', otherKey, Buffer.from(sealed.nonce, 'hex'));
    cipher.setAAD(Buffer.from('l\ns\ne\nt\n1'));
    const body = Buffer.concat([cipher.update('{"name":"someone else"}'), cipher.final(), cipher.getAuthTag()]);
    const forged = { ...sealed, ciphertext: body.toString('base64') };
    expect(() => open(forged, Buffer.alloc(32, 8), place)).toThrow(/committed/);
    expect(() => open(forged, SAMPLE_KEY, place)).toThrow();
  });

  it('is never the same twice', () => {
    const nonces = Array.from({ length: 600 }, () => seal({ subject: 'a', fields: {} }, SAMPLE_KEY, place).nonce);
    expect(new Set(nonces).size).toBe(600);
  });
});

describe('an event of an older version', () => {
  it('is lifted to the current one, its bytes untouched', () => {
    const [now] = codec.encode([sampleNoted('x')], writing, keys);
    const old = {
      ...now!,
      position: 'p',
      data: '{"remark":"x"}',
      metadata: now!.metadata.replace('"schemaVersion":2', '"schemaVersion":1'),
    };
    expect(codec.decode(old)).toMatchObject({ data: { note: 'x' }, metadata: { schemaVersion: 1 } });
    expect(SAMPLE_EVENTS.Noted.version).toBe(2);
  });
});

describe('an event that can’t be read', () => {
  it.each<[string, () => Partial<StoredEvent>]>([
    ['broken data', () => ({ data: stored().data.slice(1) })],
    ['broken metadata', () => ({ metadata: '{"hash":' })],
    ['data that is no object', () => ({ data: '[]' })],
    ['an unknown type', () => ({ type: 'sample.Unheard' })],
    ['a field too many', () => ({ data: '{"product":"a","quantity":1,"secret":"顾客"}' })],
    ['envelopes that are none', () => ({ data: '{"$p":[{"subject":1}],"product":"a","quantity":1}' })],
    [
      'a version of the future',
      () => ({ metadata: stored().metadata.replace('"schemaVersion":1', '"schemaVersion":9') }),
    ],
  ])('says where it is and never what it holds: %s', (_, change) => {
    const error = (() => {
      try {
        return codec.decode(stored(change()));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(UndecodableEventError);
    expect(error).toMatchObject({ stream: 'sample-1', revision: 0, eventId: stored().eventId });
    expect((error as Error).message).not.toContain('顾客');
  });

  it('is also one whose subject has no key, or another', async () => {
    const event = codec.decode(stored());
    await expect(codec.openPersonal(event, { find: () => Promise.resolve(undefined) })).rejects.toThrow(/no key/);
    await expect(codec.openAll([event], { find: () => Promise.resolve(undefined) })).rejects.toThrow(/no key/);
    const other = createMemoryKeys();
    await other.ensure(['customer-0']);
    await expect(codec.openPersonal(event, other)).rejects.toThrow(UndecodableEventError);
  });
});
