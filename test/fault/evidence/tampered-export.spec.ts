import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, sha256, withoutHash } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { call, customerOf, done, registered, repairWish } from '../../e2e/support/cast';
import { World, type Person } from '../../e2e/support/world';
import { check, filesIn, laidOut, linesOf, type Checked, type Line } from './exported';

jest.setTimeout(60_000);

const VERIFIER = join(__dirname, '../../../packages/api/assets/verify.mjs');
const folder = temporaryFolder();
let world: World;
let agent: Person;
let ticket: string;
let zip: Buffer;
let files: Map<string, Buffer>;

const exported = async (
  who: Person,
  path: string,
  body: object,
): Promise<{ status: number; bytes: Buffer; type: string }> => {
  const response = await fetch(`${await world.app.nest.getUrl()}${path}/export`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${(who as unknown as { token: string }).token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    bytes: Buffer.from(await response.arrayBuffer()),
    type: response.headers.get('content-type') ?? '',
  };
};

beforeAll(async () => {
  world = await World.start();
  agent = await world.person('agent');
  ticket = await registered(agent, repairWish);
  await world.settle();
  await call(agent, ticket);
  await call(agent, ticket);
  const auditor = await world.person('auditor');
  const answer = await exported(auditor, ticket, { reason: '法院调取', disclose: ['all'] });
  expect(answer).toMatchObject({ status: 200, type: 'application/zip' });
  zip = answer.bytes;
  files = filesIn(zip);
});
afterAll(async () => {
  await world.stop();
  folder.remove();
});

const keyId = () => (JSON.parse(files.get('manifest.signature.json')!.toString()) as { keyId: string }).keyId;

/** Checks the export after somebody changed it; `files` that stay as they were are not touched. */
const after = (change: (files: Map<string, Buffer | string>) => void, ...options: string[]): Promise<Checked> => {
  const changed = new Map<string, Buffer | string>(files);
  change(changed);
  return check(VERIFIER, laidOut(changed, folder.path), ...options);
};

/** The events with some of their lines changed. */
const lines = (change: (lines: Line[]) => Line[] | void) => (all: Map<string, Buffer | string>) => {
  const now = linesOf(files);
  const then = change(now) ?? now;
  all.set('events.jsonl', `${then.map((line) => JSON.stringify(line)).join('\n')}\n`);
};

const json = (name: string, change: (value: never) => void) => (all: Map<string, Buffer | string>) => {
  const value = JSON.parse(files.get(name)!.toString()) as never;
  change(value);
  all.set(name, JSON.stringify(value));
};

const own = (all: Line[], revision: number) =>
  all.find((one) => one.stream.startsWith('ticket-') && one.revision === revision)!;
const flip = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error('nothing to flip');
  return changed;
};

/** Chains a stream anew with the format's own rules, as a forger without the key would. */
const rechained = (all: Line[], stream: string): void => {
  let prev = '0'.repeat(64);
  for (const line of all.filter((one) => one.stream === stream)) {
    const plain = withoutHash(line.metadata).replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`);
    line.dataDigest = sha256(line.data!);
    const { revision, eventId, type, dataDigest } = line;
    prev = sha256(['aftercare/1', prev, stream, revision, eventId, type, dataDigest, sha256(plain)].join('\n'));
    line.metadata = `${plain.slice(0, -1)},"hash":"${prev}"}`;
  }
};

describe('SECTION 3 an export in the hands of somebody who trusts nobody', () => {
  it('verifies as a folder and as a ZIP, with nothing but Node, and says line by line what it checked', async () => {
    const path = join(folder.path, 'clean.zip');
    writeFileSync(path, zip);
    for (const { code, out } of [await check(VERIFIER, path), await after(() => undefined, '--key', keyId())]) {
      expect(out).not.toMatch(/FAIL/);
      expect(code).toBe(0);
      expect(out).toMatch(/ledger: 1 keys and 1 anchors, every signature valid/);
      expect(out).toMatch(/events in \d+ streams: every hash matches/);
      expect(out).toMatch(/the ends of \d+ streams are proven by anchor 1/);
      expect(out).toMatch(/personal parts: [1-9]\d* disclosed/);
      expect(out).toMatch(/newest anchor: entry 1 of 2026-10-12/);
      expect(out).toMatch(/Result: what it holds is what was recorded/);
    }
  });

  it('carries its own checker, the same as the one kept here, and a page without scripts', () => {
    expect([...files.keys()].sort()).toEqual([
      'README.txt',
      'attachments.json',
      'events.jsonl',
      'history.html',
      expect.stringMatching(/^keys\/0-[0-9a-f]{16}\.pem$/),
      'manifest.json',
      'manifest.signature.json',
      'proof.json',
      'verify.mjs',
    ]);
    const page = files.get('history.html')!.toString();
    expect(page).toContain('空调不制冷,请上门维修');
    expect(page).not.toMatch(/<script|src=|href=/);
  });

  it.each<[string, (all: Map<string, Buffer | string>) => void, RegExp]>([
    [
      'one byte flipped in a payload',
      lines((all) => {
        const line = all.find(({ data }) => !data!.includes('$p'))!;
        line.data = flip(line.data!, /":"(.)/, '":"_');
      }),
      /FAIL.*revision \d+ .*: its payload was changed$/m,
    ],
    [
      'one byte flipped in metadata',
      lines((all) => {
        own(all, 1).metadata = flip(own(all, 1).metadata, '"role":"', '"role":"x');
      }),
      /FAIL.*its metadata was changed: who, when or why/,
    ],
    [
      'one byte flipped in ciphertext',
      lines((all) => {
        const line = all.find(({ data }) => data!.includes('$p'))!;
        line.data = line.data!.replace(
          /("ciphertext":")(.)/,
          (_, start: string, one: string) => start + (one === 'A' ? 'B' : 'A'),
        );
      }),
      /FAIL.*its payload, which holds encrypted personal parts, was changed[\s\S]*FAIL.*a disclosed key does not open its personal part/,
    ],
    [
      'a time changed',
      lines((all) => {
        own(all, 1).metadata = flip(own(all, 1).metadata, /"recordedAt":"2026-10-12T02/, '"recordedAt":"2026-10-12T01');
      }),
      /FAIL.*its time was changed: 2026-10-12T01.* in its metadata, 2026-10-12T02.* beside it/,
    ],
    [
      'a time changed in both places',
      lines((all) => {
        own(all, 1).metadata = flip(own(all, 1).metadata, /"recordedAt":"2026-10-12T02/, '"recordedAt":"2026-10-12T03');
        own(all, 1).recordedAt = flip(own(all, 1).recordedAt, 'T02', 'T03');
      }),
      /FAIL.*its metadata was changed/,
    ],
    [
      'two events swapped',
      lines((all) => {
        const [one, two] = [own(all, 1), own(all, 2)].map((line) => all.indexOf(line)) as [number, number];
        [all[one], all[two]] = [all[two]!, all[one]!];
      }),
      /FAIL.*it was swapped with an event that stands behind it/,
    ],
    [
      'the newest event deleted',
      lines((all) => {
        const last = all.filter(({ stream }) => stream.startsWith('ticket-')).at(-1)!;
        return all.filter((line) => line !== last);
      }),
      /FAIL.*ends at revision \d+, the anchor saw revision \d+: its newest events were deleted/,
    ],
    [
      'a middle event deleted',
      lines((all) => all.filter((line) => line !== own(all, 1))),
      /FAIL.*revision 1 is missing before it: an event was deleted from the middle/,
    ],
    [
      'a whole stream deleted',
      lines((all) => all.filter(({ stream }) => !stream.startsWith('work_order-'))),
      /FAIL.*was deleted as a whole: the anchor has it, the export does not/,
    ],
    [
      'a whole stream deleted with its proof',
      (all) => {
        lines((some) => some.filter(({ stream }) => !stream.startsWith('work_order-')))(all);
        json('proof.json', (proof: { heads: { stream: string }[] }) => {
          proof.heads = proof.heads.filter(({ stream }) => !stream.startsWith('work_order-'));
        })(all);
      },
      /FAIL.*events.jsonl is not the file that was exported[\s\S]*FAIL|FAIL.*proof.json is not the file/,
    ],
    [
      'an anchor replaced',
      json('proof.json', (proof: { ledger: { kind: string; root: string }[] }) => {
        proof.ledger.find(({ kind }) => kind === 'anchor')!.root = 'ab'.repeat(32);
      }),
      /FAIL.*ledger entry 1: its signature is not that of key [0-9a-f]{16}: the anchor was altered or replaced/,
    ],
    [
      'a history forged and chained again without the key',
      lines((all) => {
        const line = all.find(({ data, stream }) => stream.startsWith('ticket-') && !data!.includes('$p'))!;
        line.data = flip(line.data!, /":"(.)/, '":"_');
        rechained(all, line.stream);
      }),
      /FAIL.*is not what was anchored: its chain is whole in itself, but was written anew/,
    ],
    [
      'an event moved to another stream',
      lines((all) => {
        const order = all.find(({ stream }) => stream.startsWith('work_order-'))!.stream;
        const last = all.filter(({ stream }) => stream === order).length;
        const moved = own(all, 1);
        moved.stream = order;
        moved.revision = last;
        return [...all.filter((line) => line !== moved), moved];
      }),
      /FAIL.*its id was not made for this stream: it was moved here from another one/,
    ],
    [
      'a page that tells another story',
      (all) => all.set('history.html', flip(files.get('history.html')!.toString(), '空调', '冰箱')),
      /FAIL.*history.html is not the file that was exported: it was altered/,
    ],
    [
      'the page and the manifest changed together',
      (all) => {
        const page = flip(files.get('history.html')!.toString(), '空调', '冰箱');
        all.set('history.html', page);
        json('manifest.json', (manifest: { files: Record<string, string> }) => {
          manifest.files['history.html'] = createHash('sha256').update(page).digest('hex');
        })(all);
      },
      /FAIL.*the manifest does not carry the signature of a key in the ledger: it was altered/,
    ],
    [
      'another key disclosed',
      lines((all) => {
        const line = all.find(({ keys }) => keys)!;
        line.keys![0]!.key = 'ab'.repeat(32);
      }),
      /FAIL.*a disclosed key does not open its personal part/,
    ],
  ])('finds %s', async (_, change, words) => {
    const { code, out } = await after(change);
    expect(out).toMatch(words);
    expect(out).toMatch(/things do not hold, do not rely on it/);
    expect(code).toBe(1);
  });

  it('finds a ledger signed by somebody else by the fingerprint that is known', async () => {
    const { code, out } = await after(() => undefined, '--key', newSigningKey().keyId);
    expect(out).toMatch(/FAIL.*not with the key that you know: made anew by somebody else/);
    expect(code).toBe(1);
  });

  it('finds an old export that is passed off as new by a date or by a later anchor, and says how old it is', async () => {
    await call(agent, ticket);
    const later = await world.platform.anchoring.take();
    const recent = join(folder.path, 'anchor.jsonl');
    writeFileSync(recent, `${JSON.stringify(later)}\n`);
    const byAnchor = await after(() => undefined, '--anchor', recent);
    expect(byAnchor.out).toMatch(
      /FAIL.*the anchor given is newer \(entry \d+ of .*\): this is an old export, it ends at entry 1/,
    );
    expect(byAnchor.code).toBe(1);
    const byDate = await after(() => undefined, '--not-before', '2026-10-13');
    expect(byDate.out).toMatch(/FAIL.*it is older than 2026-10-13: an old export/);
    expect(byDate.out).toMatch(/newest anchor: entry 1 of 2026-10-12T02.*days ago/);
    expect((await after(() => undefined, '--not-before', '2026-10-11')).code).toBe(0);

    const newer = filesIn((await exported(await world.person('manager'), ticket, { reason: '复核' })).bytes);
    const fresh = await check(VERIFIER, laidOut(newer, folder.path), '--anchor', recent, '--key', keyId());
    expect(fresh).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is older than the export's own|is in its chain/),
    });
    expect(fresh.out).toMatch(/personal parts: 0 disclosed, [1-9]/);
  });

  it('finds two histories under one anchor number', async () => {
    const forged = {
      ...(JSON.parse(files.get('proof.json')!.toString()) as { ledger: { kind: string }[] }).ledger[1]!,
      root: 'cd'.repeat(32),
    };
    const path = join(folder.path, 'other.jsonl');
    writeFileSync(path, JSON.stringify(forged));
    expect(await after(() => undefined, '--anchor', path)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/there are two histories/),
    });
  });

  it('says plainly what it can not read', async () => {
    const path = join(folder.path, 'cut.zip');
    writeFileSync(path, zip.subarray(0, zip.length - 100));
    expect(await check(VERIFIER, path)).toMatchObject({
      code: 2,
      out: expect.stringMatching(/no ZIP file, or its end is missing/),
    });
    const flipped = Buffer.from(zip);
    flipped[200] = flipped[200]! ^ 1;
    writeFileSync(path, flipped);
    expect(await check(VERIFIER, path)).toMatchObject({ code: 2, out: expect.stringMatching(/in the ZIP is damaged/) });
    expect(await check(VERIFIER, join(folder.path, 'nowhere'))).toMatchObject({ code: 2 });
    expect(await check(VERIFIER, path, '--what')).toMatchObject({ code: 2, out: expect.stringMatching(/usage/) });
    expect((await after((all) => all.delete('proof.json'))).out).toMatch(/proof.json is missing/);
  });
});

describe('exporting', () => {
  const recorded = async (): Promise<{ actor: string; data: { disclosed: string[]; withheld: boolean } }[]> => {
    const { events } = await world.platform.stores.store.readAll({
      types: ['access_log.HistoryExported'],
      limit: 1_000,
    });
    return events.map(({ data, metadata }) => ({
      actor: (JSON.parse(metadata) as { actor: { id: string } }).actor.id,
      data: JSON.parse(data) as never,
    }));
  };

  it('is for auditors and managers, with a reason, of what there is', async () => {
    const auditor = await world.person('auditor');
    expect((await agent.post(`${ticket}/export`, { reason: 'x' })).body.code).toBe('AUTH.ROLE_NOT_ALLOWED');
    expect((await auditor.post(`${ticket}/export`, {})).body.code).toBe('REQUEST.INVALID');
    expect((await auditor.post('/tickets/00000000-0000-4000-8000-000000000000/export', { reason: 'x' })).status).toBe(
      404,
    );
    expect((await auditor.post('/complaints/no-uuid/export', { reason: 'x' })).status).toBe(404);
    expect((await exported(auditor, ticket.replace('/tickets', '/cases'), { reason: 'x' })).status).toBe(200);
  });

  it('is recorded before the first byte leaves: who, why, and whose words can be read in it', async () => {
    const before = (await recorded()).length;
    await exported(await world.person('manager', 'staff-9'), ticket, { reason: '应诉', disclose: ['all'] });
    const all = await recorded();
    expect(all).toHaveLength(before + 1);
    expect(all.at(-1)).toMatchObject({
      actor: 'staff-9',
      data: { withheld: false, disclosed: [expect.stringMatching(/^customer-/)] },
    });
  });

  it('opens chosen subjects without opening the rest, and can leave out what stays closed', async () => {
    const auditor = await world.person('auditor');
    const closed = linesOf(filesIn((await exported(auditor, ticket, { reason: 'x' })).bytes));
    expect(closed.every(({ keys, data }) => keys === undefined && data !== undefined)).toBe(true);
    const withheld = filesIn((await exported(auditor, ticket, { reason: 'x', withholdPersonal: true })).bytes);
    const gone = linesOf(withheld).filter(({ data }) => data === undefined);
    expect(gone.length).toBeGreaterThan(0);
    expect(withheld.get('events.jsonl')!.toString()).not.toContain('ciphertext');
    const { code, out } = await check(VERIFIER, laidOut(withheld, folder.path));
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/payloads withheld, their digests verify/),
    });
    const other = linesOf(
      filesIn((await exported(auditor, ticket, { reason: 'x', disclose: ['customer-other'] })).bytes),
    );
    expect(other.every(({ keys }) => keys === undefined)).toBe(true);
  });

  it('gives nothing when it can not be recorded', async () => {
    const { store } = world.platform.stores;
    const append = store.append.bind(store);
    const failing = jest
      .spyOn(store, 'append')
      .mockImplementation((stream, ...rest) =>
        stream.startsWith('access_log-') ? Promise.reject(new Error('disk')) : append(stream, ...rest),
      );
    const { status, bytes } = await exported(await world.person('auditor'), ticket, { reason: 'x' });
    failing.mockRestore();
    expect(status).toBe(503);
    expect(JSON.parse(bytes.toString())).toMatchObject({ code: 'ACCESS.NOT_RECORDED' });
  });

  it('opens nobody any more who asked to be forgotten (DEC-15)', async () => {
    const customerId = await customerOf(agent);
    const { id } = done(await agent.post('/tickets', { customerId, channel: 'phone', ...repairWish })).body;
    const auditor = await world.person('auditor');
    const wish = { asker: 'customer', channel: 'phone', openComplaints: 'wait' };
    const asked = await agent.post(`/customers/${customerId}/erasure-requests`, wish);
    done(asked);
    const all = await exported(auditor, `/tickets/${id}`, { reason: 'x', disclose: ['all'] });
    expect(linesOf(filesIn(all.bytes)).every(({ keys }) => keys === undefined)).toBe(true);
    const named = await exported(auditor, `/tickets/${id}`, { reason: 'x', disclose: [`customer-${customerId}`] });
    expect([named.status, JSON.parse(named.bytes.toString()).code]).toEqual([409, 'CUSTOMER.RESTRICTED']);
  });

  it('shows what was forgotten as forgotten', async () => {
    const customer = linesOf(files).flatMap(({ keys = [] }) => keys)[0]!.subject;
    const { keys } = world.platform.stores;
    await keys.erase(customer);
    const then = filesIn(
      (await exported(await world.person('auditor'), ticket, { reason: 'x', disclose: ['all'] })).bytes,
    );
    expect(linesOf(then).every((line) => line.keys === undefined)).toBe(true);
    expect(await check(VERIFIER, laidOut(then, folder.path))).toMatchObject({ code: 0 });
  });
});
