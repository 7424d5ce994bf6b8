import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { commandRoutes, issueToken, platformRegistry, secretFile, TOKEN_ROLES } from '@aftercare/api';
import type { Role } from '@aftercare/domain';
import { openDatabase } from '../../packages/analytics/src/clickhouse/open-database';
import { playQuarter, type PlayedQuarter } from '../../packages/api/src/demo/play-quarter';
import { takeTour, type Tour } from '../../packages/api/src/demo/tour';
import { createLogger } from '../../packages/api/src/operations/request-log';
import { filesIn } from '../fault/evidence/exported';
import { filesUnder } from './support/files-under';
import { Marks, marksIn, marksRead } from './support/marks';

jest.setTimeout(300_000);

/** The demo with fewer tickets, and one complaint of each course: every kind of story is told. */
const TICKETS = 40;
const NOBODY = '7d9f1c52-0000-4000-8000-0000000000ff';

interface Heard {
  readonly status: number;
  readonly etag: string | null;
  readonly bytes: Buffer;
  readonly headers: string;
}

describe('the demo, with a mark in everything personal that it sends (SEC-01, SEC-02)', () => {
  const marks = new Marks();
  const lines: string[] = [];
  const printed: string[] = [];
  const refused: { readonly said: string; readonly text: string }[] = [];
  const found = (text: Buffer | string): readonly string[] => marksIn(text, marks);
  let folder: string;
  let played: PlayedQuarter;
  let tour: Tour;
  let complaints: readonly string[];
  let spies: readonly jest.SpyInstance[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-demo-marks-'));
    spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        printed.push(String(chunk));
        return true;
      }),
    );
    played = await playQuarter((line) => void printed.push(line), {
      folder,
      tickets: TICKETS,
      complaintsOfAKind: 1,
      logger: createLogger('trace', { write: (line: string) => void lines.push(line) }),
      listening: {
        retell: marks.retell,
        heard: ({ status, body }) => {
          if (status >= 400) refused.push({ said: 'story', text: JSON.stringify(body) });
        },
      },
    });
    tour = await takeTour(played);
    await everyCommand();
    const { reading, analytics, stores } = played.platform;
    await reading.settle();
    await analytics.figures?.waitFor((await stores.store.head())!, 30_000);
  });
  afterAll(async () => {
    spies.forEach((spy) => spy.mockRestore());
    await end();
    rmSync(folder, { recursive: true, force: true });
  });

  let asked = 0;
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= played.close());

  /** @param what method and path */
  const ask = async (role: Role, what: string, body?: object, seen = '"0"'): Promise<Heard> => {
    const [method = '', path = ''] = what.split(' ');
    const token = await issueToken(
      { id: `staff-${role}-1`, roles: [role], days: 3_650 },
      secretFile(join(folder, 'token.key')),
      played.clock,
    );
    const answer = await fetch(`${played.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(seen === '' ? {} : { 'if-match': seen }),
        'idempotency-key': `marks-${(asked += 1)}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const headers = JSON.stringify([...answer.headers]);
    if (answer.status >= 400) refused.push({ said: what, text: `${bytes.toString()}${headers}` });
    return { status: answer.status, etag: answer.headers.get('etag'), bytes, headers };
  };
  const json = ({ status, bytes }: Heard): Readonly<Record<string, unknown>> => {
    expect({ status, problem: status < 400 ? '' : bytes.toString() }).toEqual({ status: 200, problem: '' });
    return JSON.parse(bytes.toString()) as Record<string, unknown>;
  };

  /**
   * Every command of the tables once more: with nothing in it that fits, and as documented, on things of the demo until one
   * takes it. What no story says is said so, and what is refused is refused with marks in it.
   */
  const everyCommand = async (): Promise<void> => {
    const things = await thingsOfTheDemo();
    for (const { path, definition } of commandRoutes(platformRegistry())) {
      const { type, roles, example } = definition;
      const role = roles.find((one) => TOKEN_ROLES.includes(one));
      if (role === undefined) continue;
      const [collection = ''] = path.split('/').slice(1);
      const candidates = path.includes(':') ? (things.get(collection) ?? [NOBODY]) : [''];
      const wrong = Object.keys(example).map((field) => [field, marks.text('错', `mistake ${type}.${field}`)]);
      const named = marks.text('键', `mistake ${type}`);
      const at = (id: string) => path.replace(/:\w+/, id);
      await ask(role, `POST ${at(candidates[0]!)}`, { ...Object.fromEntries(wrong), [named]: named });
      for (const id of candidates) {
        const seen = id === '' ? '' : ((await ask('supervisor', `GET /${collection}/${id}`)).etag ?? '');
        const body = marks.retell(at(id), { ...(example as object) });
        if ((await ask(role, `POST ${at(id)}`, body, seen)).status < 400) break;
      }
    }
  };

  /** Some of each kind, open and ended. */
  const thingsOfTheDemo = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const idsIn = async (path: string, name: string): Promise<readonly string[]> =>
      (json(await ask('supervisor', `GET ${path}`))[name] as { readonly id: string }[]).map(({ id }) => id);
    complaints = await idsIn('/complaints?limit=100', 'complaints');
    const open = await idsIn('/complaints?open=true&limit=3', 'complaints');
    const [customer] = played.world.customers;
    return new Map<string, readonly string[]>([
      ['tickets', tour.queue.slice(0, 4).map(({ id }) => String(id))],
      ['complaints', [...open, ...complaints.slice(-1)]],
      ['customers', [customer!.id]],
      ['product-units', [customer!.units[0]!.unitId]],
      ['engineers', [...played.world.field.keys()].slice(0, 1)],
    ]);
  };

  /** Every personal part of the log, opened as somebody entitled would. */
  const openedInStore = async (): Promise<ReadonlySet<string>> => {
    const { stores, codec } = played.platform;
    const read = new Set<string>();
    for (let after: string | undefined, end = false; !end;) {
      const page = await stores.store.readAll({ ...(after === undefined ? {} : { after }), limit: 1_000 });
      for (const stored of page.events) {
        const { personal } = await codec.openPersonal(codec.decode(stored), stores.keys);
        for (const part of personal) {
          const fields = 'fields' in part ? part.fields : {};
          const { signature } = fields as { readonly signature?: string };
          const signed = Buffer.from(signature ?? '', 'base64').toString();
          for (const mark of marksRead(`${JSON.stringify(fields)}${signed}`)) read.add(mark);
        }
      }
      ({ upTo: after, end } = page);
    }
    return read;
  };

  /** What a person is known or reached by, whatever is said about a case. */
  const whoIs = (text: string): readonly string[] =>
    marksRead(text).filter((mark) => /\.(name|\w*phone|contactName|address)$/i.test(marks.given.get(mark) ?? ''));

  it('sent hundreds of marks in the words of every act, and each of them lies under somebody’s key', async () => {
    const sent = [...marks.given].filter(([, where]) => !where.startsWith('mistake'));
    const read = await openedInStore();
    const told = [...read].map((mark) => marks.given.get(mark));
    expect(read.size).toBeGreaterThan(800);
    expect(new Set(told).size).toBeGreaterThan(50);
    // What was refused in `everyCommand` is in no event; whatever the demo sent is.
    const examples = new Set(refusedExamples(sent, read));
    expect(sent.filter(([mark]) => !read.has(mark) && !examples.has(mark))).toEqual([]);
    for (const field of SAID) expect(told).toContain(field);
  });

  /** Marks given since the demo ended. */
  const refusedExamples = (sent: readonly (readonly [string, string])[], read: ReadonlySet<string>): string[] => {
    const keys = [...marks.given.keys()];
    const ended = keys.findIndex((mark) => marks.given.get(mark)!.startsWith('mistake'));
    return sent.map(([mark]) => mark).filter((mark) => !read.has(mark) && keys.indexOf(mark) > ended);
  };

  it('shows them to who is entitled: in the files of complaints, and unmasked with a reason', async () => {
    const read = new Set<string>();
    for (const id of complaints)
      marksRead((await ask('quality', `GET /complaints/${id}/file`)).bytes.toString()).forEach((one) => read.add(one));
    expect(read.size).toBeGreaterThan(200);
    const { id } = tour.trail.ticket as { readonly id: string };
    const asked = { fields: ['name', 'phone', 'words'], reason: marks.text('回访', 'unmask.reason') };
    const { fields } = json(await ask('agent', `POST /tickets/${id}/unmask`, asked)) as { fields: object };
    expect(Object.values(fields).flatMap((one) => marksRead(String(one))).length).toBe(3);
  });

  it('would find one in a file, however it is written', () => {
    const mark = marks.text('', 'mistake: planted');
    const [phone] = [...marks.given.keys()].filter((one) => /^\d+$/.test(one));
    const planted = join(folder, 'planted');
    writeFileSync(planted, `x${mark}y`);
    expect(inFiles().map(({ file }) => file)).toEqual([planted]);
    for (const text of [
      Buffer.from(mark, 'utf16le'),
      Buffer.from(mark, 'utf16le').swap16(),
      ...[encodeURIComponent(mark), mark.replace('龘靐', '\\u9f98\\u9750')].map((said) => Buffer.from(said)),
      ...['', 'x', 'xy'].map((before) => Buffer.from(Buffer.from(`${before}${mark}`).toString('base64'))),
      Buffer.from(`tel:${phone}`),
      Buffer.from(`${phone}`, 'utf16le'),
    ]) {
      writeFileSync(planted, text);
      expect({ text: text.toString(), found: found(readFileSync(planted)).length }).toEqual({
        text: text.toString(),
        found: 1,
      });
    }
    rmSync(planted);
  });

  it('says none in a log line at level trace, nor on the console', () => {
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => found(line).length > 0)).toEqual([]);
    expect(printed.length).toBeGreaterThan(5);
    expect(printed.filter((text) => found(text).length > 0)).toEqual([]);
  });

  it('says none in an answer that refuses, to any command', () => {
    expect(refused.length).toBeGreaterThan(150);
    expect(refused.filter(({ text }) => found(text).length > 0)).toEqual([]);
  });

  it('says none in metrics, status and health', async () => {
    for (const path of ['/metrics', '/status', '/healthz', '/readyz']) {
      const { bytes, headers } = await ask('operator', `GET ${path}`);
      expect({ path, found: found(`${bytes.toString()}${headers}`), some: bytes.length > 0 }).toEqual({
        path,
        found: [],
        some: true,
      });
    }
  });

  it('shows nobody’s name, number or address in what the demo prints, and other words only as personal ones', () => {
    const shown = JSON.stringify(tour);
    expect(marksRead(shown).length).toBeGreaterThan(0);
    expect(whoIs(shown)).toEqual([]);
    const outside = JSON.stringify(tour, (name, value: unknown) => (PERSONAL.includes(name) ? undefined : value));
    expect(marksRead(outside)).toEqual([]);
  });

  it('writes none to any table: events, keys, read models, states and outboxes of processes', () => {
    const tables = ['events.db', 'keys.db', 'views.db'].flatMap((name) => tablesOf(join(folder, name)));
    expect(tables.filter(({ rows }) => rows.length > 0).length).toBeGreaterThan(15);
    for (const { name, rows } of tables)
      expect({ name, found: rows.flatMap((row) => row.flatMap(found)).slice(0, 3) }).toEqual({ name, found: [] });
  });

  it('writes none to any table of ClickHouse', async () => {
    expect(json(await ask('operator', 'GET /status'))['analytics']).toMatchObject({ state: 'available' });
    const opened = await openDatabase({ dir: join(folder, 'chdb') });
    if (opened.status !== 'available') throw new Error(opened.reason);
    const { database } = opened;
    const tables = await database.query<{ database: string; name: string }>(
      "SELECT database, name FROM system.tables WHERE lower(database) NOT IN ('system', 'information_schema')",
    );
    let rows = 0;
    for (const { database: within, name } of tables) {
      const held = await database.query(`SELECT * FROM \`${within}\`.\`${name}\``);
      rows += held.length;
      expect({ name, found: found(JSON.stringify(held)) }).toEqual({ name, found: [] });
    }
    await database.close();
    expect(rows).toBeGreaterThan(300);
  });

  it('lets none out of the house in an export: sealed, or with personal parts left out', async () => {
    for (const id of complaints.slice(0, 4)) {
      const wish = { reason: marks.text('外部审计', 'export.reason') };
      for (const body of [wish, { ...wish, withholdPersonal: true }]) {
        const { status, bytes } = await ask('auditor', `POST /cases/${id}/export`, body);
        expect(status).toBe(200);
        const files = filesIn(bytes);
        expect([...files.keys()]).toEqual(expect.arrayContaining(['events.jsonl', 'history.html', 'verify.mjs']));
        for (const [name, content] of files)
          expect({ id, name, found: found(content) }).toEqual({ id, name, found: [] });
      }
    }
    const open = await ask('auditor', `POST /cases/${complaints[0]!}/export`, { reason: '审计', disclose: ['all'] });
    expect(marksRead(filesIn(open.bytes).get('history.html')!.toString()).length).toBeGreaterThan(0);
  });

  it('names nobody in a masked case file on paper', async () => {
    for (const id of complaints.slice(0, 2)) {
      const { status, bytes } = await ask('quality', `POST /cases/${id}/file`, { reason: '应诉' });
      expect({ status, found: found(bytes) }).toEqual({ status: 200, found: [] });
      if (spawnSync('pdftotext', ['-v']).error !== undefined) continue;
      const file = join(folder, 'case.pdf');
      writeFileSync(file, bytes);
      expect(whoIs(execFileSync('pdftotext', ['-layout', file, '-']).toString())).toEqual([]);
      rmSync(file);
    }
  });

  it('writes none to any file, while it runs and when it has ended', async () => {
    const names = () => filesUnder(folder).map((file) => file.slice(folder.length + 1));
    for (const name of ['events.db', 'events.db-wal', 'keys.db', 'views.db', 'views.db-wal'])
      expect(names()).toContain(name);
    for (const part of ['chdb/', 'anchors/'])
      expect({ part, some: names().some((name) => name.startsWith(part)) }).toEqual({ part, some: true });
    expect(inFiles()).toEqual([]);
    await end();
    expect(inFiles()).toEqual([]);
  });

  const inFiles = () =>
    filesUnder(folder)
      .map((file) => ({ file, found: found(bytesOf(file)) }))
      .filter((each) => each.found.length > 0);
});

/** Members under which an entitled reader sees what somebody said. */
const PERSONAL = ['personal'];

/** Some of what is said only once or twice, in the demo or after it: a story less, and the search would look for less. */
const SAID = [
  'ServiceReportFiled.signature',
  'complaint.AppealResponsibility.grounds',
  'complaint.AssessSeverity.reason',
  'complaint.EndInternalHandling.reason',
  'complaint.ClassifyComplaint.reason',
  'complaint.HoldReviewMeeting.minutes',
  'complaint.LiftLegalHold.reason',
  'complaint.ProposeResponsibility.shares.meant.name',
  'complaint.ReceiveInformation.answer',
  'complaint.RecordLessons.lesson',
  'complaint.ReopenComplaint.words',
  'complaint.SubmitComplaint.words',
  'complaint.TakeContainment.description',
  'customer.CorrectCustomerContact.phone',
  'customer.RegisterCustomer.phone',
  'engineer.RegisterEngineer.name',
  'outlet.RegisterOutlet.phone',
  'product_unit.CorrectProductUnitDetails.reason',
  'ticket.ClassifyTicket.reason',
  'ticket.DetermineWarranty.reason',
  'ticket.GiveRemoteSupport.steps',
  'ticket.GiveSafetyAdvice.advice',
  'ticket.LowerSafety.reason',
  'ticket.PrioritizeTicket.reason',
  'ticket.RejectResolution.words',
  'ticket.ReopenTicket.words',
  'ticket.ReportProgress.note',
  'ticket.SubmitTicket.words',
  'work_order.DispatchWorkOrder.reason',
];

/** ClickHouse merges its files meanwhile: one that is gone says nothing any more. */
const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

/** Every table of a file, each row as the texts and bytes of its columns. */
const tablesOf = (file: string): readonly { readonly name: string; readonly rows: readonly Buffer[][] }[] => {
  const database = new Database(file, { readonly: true });
  try {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    return names.map((name) => {
      const rows = database.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][];
      const bytes = (value: unknown) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)));
      return { name: `${file} ${name}`, rows: rows.map((row) => row.map(bytes)) };
    });
  } finally {
    database.close();
  }
};
