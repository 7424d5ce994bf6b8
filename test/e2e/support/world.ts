import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@aftercare/domain';
import { SimulatedClock, type Clock } from '@aftercare/event-store';
import { dropSchema, onPostgres, postgresUnderTest } from '@aftercare/projections/testing';
import {
  createApp,
  createPlatform,
  issueToken,
  memoryStores,
  readConfig,
  secretFile,
  type App,
  type Config,
  type Platform,
  type Stores,
} from '@aftercare/api';

/** What an answer holds. Bodies are of many shapes; each test names what it looks at. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Asked {
  readonly body?: unknown;
  /** Sent as it is: for what JSON can't say. */
  readonly raw?: string | Buffer;
  readonly key?: string | false;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody with a token, talking HTTP to the server under test. */
export class Person {
  private keys = 0;

  constructor(
    private readonly world: World,
    readonly id: string,
    readonly token: string | undefined,
  ) {}

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask('GET', path, { headers, key: false });
  }

  post(path: string, body: unknown = {}, asked: Omit<Asked, 'body'> = {}): Promise<Answer> {
    return this.ask('POST', path, { body, ...asked });
  }

  /** Reads the thing first and decides on what was seen. */
  async decide(thing: string, command: string, body: unknown = {}): Promise<Answer> {
    const seen = await this.get(thing);
    return this.post(`${thing}/${command}`, body, { ifMatch: seen.headers['etag'] ?? '"0"' });
  }

  async ask(method: 'GET' | 'POST' | 'PUT', path: string, asked: Asked = {}): Promise<Answer> {
    const { key = `${this.id}-${this.keys++}`, body, raw, ifMatch, headers = {} } = asked;
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const {
      status,
      text,
      headers: answered,
    } = await this.world.send({
      method,
      path,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === false ? {} : { 'idempotency-key': key }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        'accept-language': 'en',
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    return {
      status,
      body: /json/.test(String(answered['content-type'])) && text ? JSON.parse(text) : text,
      headers: answered,
    };
  }
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

interface Received {
  readonly status: number;
  readonly text: string;
  readonly headers: Answer['headers'];
}

export interface WorldOptions {
  readonly clock?: Clock;
  /** Memory stores when absent; `openStores` for files in `config.dataDir`. */
  readonly stores?: (clock: Clock, config: Config) => Stores;
  /** Settings on top of those of every test. */
  readonly env?: Readonly<Record<string, string>>;
  readonly logger?: Platform['logger'];
}

/** A whole platform in this process, on memory stores under a simulated clock, asked over HTTP. */
export class World {
  private readonly connections = new Agent({ keepAlive: true });
  /** Removes what lies outside of the folder. */
  private forget: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly platform: Platform,
    readonly app: App,
    readonly clock: Clock,
    readonly folder: string,
    readonly tokenKey: Uint8Array,
    private readonly address: string,
  ) {}

  static async start(options: WorldOptions = {}): Promise<World> {
    const clock = options.clock ?? new SimulatedClock('2026-10-12T02:00:00.000Z');
    const folder = options.env?.['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'aftercare-e2e-'));
    const views = onPostgres ? postgresUnderTest() : undefined;
    const env = {
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      ANALYTICS: 'off',
      PORT: '0',
      ...(views ? { POSTGRES_URL: views.connectionString, POSTGRES_SCHEMA: views.schema } : {}),
      ...options.env,
    };
    const config = readConfig(env);
    const stores = (options.stores ?? ((onClock: Clock) => memoryStores(onClock)))(clock, config);
    const { logger } = options;
    const platform = await createPlatform(config, { clock, stores, ...(logger ? { logger } : {}) });
    const app = await createApp(platform);
    const address = await app.listen(0, '127.0.0.1');
    const world = new World(platform, app, clock, folder, secretFile(join(folder, 'token.key')), address);
    if (views) world.forget = () => dropSchema(views);
    return world;
  }

  async person(role: Role | readonly Role[], id = `staff-${String(role)}`): Promise<Person> {
    const roles = typeof role === 'string' ? [role] : role;
    return new Person(this, id, await issueToken({ id, roles, days: 400 }, this.tokenKey, this.clock));
  }

  nobody(): Person {
    return new Person(this, 'nobody', undefined);
  }

  /** With any token at all. */
  withToken(token: string): Person {
    return new Person(this, 'somebody', token);
  }

  /** One request as it goes over the wire; the address is sent as it is. */
  send({ method, path, headers, payload }: Sent): Promise<Received> {
    const { hostname: host, port } = new URL(this.address);
    return new Promise((resolve, reject) => {
      const asking = request({ host, port, method, path, headers, agent: this.connections }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            text: Buffer.concat(chunks).toString(),
            headers: answer.headers as Received['headers'],
          }),
        );
      });
      asking.on('error', reject);
      asking.end(payload);
    });
  }

  /** Does everything that is due now. */
  settle(): Promise<void> {
    return this.platform.reading.settle();
  }

  /** Moves time forward, stopping at everything that is due on the way. */
  async wait(millis: number): Promise<void> {
    const clock = this.clock as SimulatedClock;
    const goal = Date.parse(clock.now()) + millis;
    for (;;) {
      await this.settle();
      const next = await this.platform.reading.nextDue();
      if (next === undefined || Date.parse(next) > goal) break;
      clock.set(next);
    }
    clock.set(new Date(goal).toISOString());
    await this.settle();
  }

  async stop(): Promise<void> {
    this.connections.destroy();
    await this.app.close();
    await this.forget();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
