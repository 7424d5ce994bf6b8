import {
  assessSafety,
  buildRegistry,
  classifyType,
  registry as domainRegistry,
  type PoliciesInForce,
  type Registry,
} from '@aftercare/domain';
import {
  anchorRegistration,
  createCodec,
  DecisionRunner,
  systemClock,
  type Clock,
  type Codec,
} from '@aftercare/event-store';
import type { Logger } from 'pino';
import { AccessLog } from '../access-log/access-log';
import { AttachmentFiles } from '../attachments/attachment-files';
import { TokenVerifier, issuerVerification, localVerification } from '../auth/tokens';
import { CommandGate } from '../commands/command-gate';
import { Correlations } from '../commands/correlations';
import { Scope } from '../commands/scope';
import { Forgetting } from '../erasure/forgetting';
import { PersonMatters } from '../erasure/person-matters';
import { erasureRegister } from '../erasure/register';
import { Anchoring } from '../evidence/anchoring';
import { factsOfUseCases } from '../facts/use-case-facts';
import { CustomerRecords } from '../facts/people-and-units';
import { PolicyShelf } from '../facts/policies-in-force';
import { Metrics } from '../operations/metrics';
import { createLogger } from '../operations/request-log';
import { Streams } from '../streams/streams';
import type { Config } from './config';
import { installPoliciesV1, openOnCallRoster } from './first-start';
import { numberBlocks } from './numbering';
import { Pace } from './pace';
import { openReading, type ReadingSide } from './reading-side';
import { openAnalytics, type AnalyticsSide } from './analytics-side';
import { secretFile } from './secret-file';
import { openConfiguredStores, type Stores } from './stores';

/** EXE-10: photos of today's phones are 3 to 12 MB. */
const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

/** The shelf itself reads again only after 30 seconds. */
const POLICIES_READ_EVERY_MS = 10_000;

export const PLATFORM = Symbol('Platform');

/** Everything that a running process is made of; `serve`, command line, demo and tests build it the same way. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly registry: Registry;
  readonly stores: Stores;
  readonly codec: Codec;
  readonly streams: Streams;
  readonly gate: CommandGate;
  readonly scope: Scope;
  readonly policies: PolicyShelf;
  readonly tokens: TokenVerifier;
  readonly accessLog: AccessLog;
  readonly anchoring: Anchoring;
  readonly attachments: AttachmentFiles;
  readonly metrics: Metrics;
  readonly pace: Pace;
  readonly logger: Logger;
  readonly reading: ReadingSide;
  readonly analytics: AnalyticsSide;
  /** Starts what follows the log: read models, processes, analytics. */
  start(): void;
  /** Stops it: pages are committed, the sink is flushed, files are closed. Safe to call twice. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  readonly clock?: Clock;
  /** Stores that a test brings along; otherwise the files of the data directory. */
  readonly stores?: Stores;
  readonly logger?: Logger;
}

/** The tables of the domain and what the API itself records. */
export const platformRegistry = (): Registry => buildRegistry([...domainRegistry.aggregates, anchorRegistration]);

/** Builds everything and sets up a new store; nothing runs before `start`. */
export const createPlatform = async (config: Config, options: PlatformOptions = {}): Promise<Platform> => {
  const clock = options.clock ?? systemClock();
  const logger = options.logger ?? createLogger(config.logLevel);
  const registry = platformRegistry();
  const stores = options.stores ?? (await openConfiguredStores(config, clock));
  const { store, keys } = stores;
  const codec = createCodec({ registry, lineageId: store.meta.lineageId });
  const runner = new DecisionRunner({ store, codec, keys, clock });
  const streams = new Streams({ store, codec, keys });
  const policies = new PolicyShelf(streams, clock);
  const correlations = new Correlations(store, codec);
  const metrics = new Metrics(!clock.simulated);
  const pace = new Pace(clock);
  const reading = await openReading({
    postgres: config.postgres,
    clock,
    stores,
    codec,
    logger,
    send: (envelope) => gate.sendFromProcess(envelope),
    policies: (at) => policies.lookup(at),
    pace,
  });
  // What lives in memory is forgotten with its process: no file of it.
  const register = erasureRegister(stores.dataDir === undefined ? undefined : config.erasureRegister);
  const forgetting = new Forgetting({ store, keys, register });
  const facts = factsOfUseCases({
    streams,
    policies,
    customers: new CustomerRecords(streams, clock),
    numbers: numberBlocks({ config, registry, runner }),
    persons: new PersonMatters({ store, streams, reading, policies, zone: config.zone }),
    site: { site: config.site, zone: config.zone },
    candidates: (at) => reading.candidates(at),
  });
  const gate = new CommandGate({
    registry,
    runner,
    facts,
    correlations,
    done: (type, outcome) => {
      if (type.startsWith('policy.')) return policies.reload();
      return type === 'customer.CarryOutErasure' ? forgetting.after(outcome) : undefined;
    },
  });
  await installPoliciesV1({ store, registry, runner });
  await openOnCallRoster({ store, registry, runner }, config);
  await policies.reload();
  prepareLists(await policies.allInForce(clock.now()));
  const analytics = await openAnalytics({ config, clock, stores, codec, reading, logger });
  const anchoring = new Anchoring({ config, clock, stores, logger, pace });
  const working = new AbortController();
  let stopping: Promise<void> | undefined;
  return {
    config,
    clock,
    registry,
    stores,
    codec,
    streams,
    gate,
    policies,
    metrics,
    pace,
    logger,
    reading,
    analytics,
    scope: new Scope(streams),
    tokens: tokenVerifier(config, clock),
    accessLog: new AccessLog({ store, codec, keys, clock }),
    anchoring,
    attachments: new AttachmentFiles({
      folder: config.attachmentDir,
      lineageId: store.meta.lineageId,
      keys,
      maxBytes: MAX_ATTACHMENT_BYTES,
    }),
    start: () => {
      if (config.roles.work) {
        reading.start();
        keepCurrent(policies, clock, working.signal);
        anchoring.start();
      }
      forgetting.again().then(
        (keysGone) =>
          keysGone > 0 && logger.warn({ keysGone }, 'keys of forgotten persons were there again: destroyed'),
        (err: unknown) => logger.error({ err }, 'it could not be checked that who was forgotten stays forgotten'),
      );
      // ClickHouse takes its time to open; nobody waits for it.
      void analytics.start();
    },
    stop: () =>
      (stopping ??= (async () => {
        working.abort();
        await anchoring.stop();
        // The sink keeps its folds among the views: they close last.
        await analytics.stop();
        await reading.stop();
        logger.info('read models and processes are committed');
        await keys.close();
        await store.close();
        stores.release?.();
      })()),
  };
};

/** Compiling the intake lists takes long enough to make the first request wait: it happens before anybody asks. */
const prepareLists = ({ type, safety }: PoliciesInForce): void => {
  classifyType(type.body, { text: '-' });
  assessSafety(safety.body, { text: '-', marked: false });
};

/** Processes look policies up without reading; where nobody sends requests, nobody else would read what was published. */
const keepCurrent = (policies: PolicyShelf, clock: Clock, signal: AbortSignal): void => {
  if (clock.simulated) return;
  const timer = setInterval(() => void policies.allInForce(clock.now()).catch(() => undefined), POLICIES_READ_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
};

const tokenVerifier = ({ auth }: Config, clock: Clock): TokenVerifier =>
  new TokenVerifier(
    auth.mode === 'local'
      ? localVerification(secretFile(auth.keyFile))
      : issuerVerification(auth.jwksUrl, auth.issuer, auth.audience),
    clock,
  );
