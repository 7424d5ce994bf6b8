import { Command, InvalidArgumentError } from 'commander';
import { MasterKeyError, StoreRefusedError, UndecodableEventError } from '@aftercare/event-store';
import { TOKEN_ROLES } from '../auth/tokens';
import { ConfigError } from '../composition/config';
import { SecretFileError } from '../composition/secret-file';
import { ServerUnavailableError } from '../composition/server-unavailable';
import { demoCommand } from '../demo/demo.command';
import { DamagedRegisterError } from '../erasure/register';
import { serve, workOnly } from '../roles/serve';
import { backupCommand } from './backup.command';
import { caseFileCommand, type CaseFileOptions } from './case-file.command';
import { CliError } from './cli-error';
import { copyCommand, type CopyCommandOptions } from './copy.command';
import { diffCommand } from './diff.command';
import { eventStoreInitCommand, type EventStoreInitOptions } from './eventstore-init.command';
import { addEvidenceCommands } from './evidence.commands';
import { policiesCommand } from './policies.command';
import { endWithReader } from './reader-gone';
import { rebuildCommand } from './rebuild.command';
import { rotateMasterKeyCommand } from './rotate-master-key.command';
import { replayCommand, type ReplayOptions } from './replay.command';
import { restoreCommand } from './restore.command';
import { statusCommand } from './status.command';
import { tokenCommand } from './token.command';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Errors whose message is meant for whoever typed the command. */
const SPEAKING = [
  CliError,
  ConfigError,
  DamagedRegisterError,
  SecretFileError,
  ServerUnavailableError,
  MasterKeyError,
  StoreRefusedError,
] as const;

/** Commands that change nothing: with nobody to read them they are over. */
const ONLY_TELL: ReadonlySet<string> = new Set(['diff', 'keys', 'policies', 'replay', 'status', 'token', 'verify']);

/** Runs a command and ends with its exit code; an error says in one line what to do. */
export const main = (argv: readonly string[]): void => {
  let onlyTells = true;
  endWithReader(() => onlyTells);
  program()
    .hook('preAction', (_root, command) => {
      onlyTells = ONLY_TELL.has(command.name());
    })
    .parseAsync([...argv])
    .catch((error: unknown) => {
      const speaks = SPEAKING.some((kind) => error instanceof kind);
      const message =
        error instanceof Error ? (speaks ? error.message : (error.stack ?? error.message)) : 'unknown error';
      process.stderr.write(`aftercare: ${addressInUse(error) ?? unreadable(error) ?? message}\n`);
      process.exitCode = 1;
      // A server that could not start may still hold timers.
      setTimeout(() => process.exit(1), 500).unref();
    });
};

/** Nothing is told from a record that was altered: not one line of its history. */
const unreadable = (error: unknown): string | undefined =>
  error instanceof UndecodableEventError
    ? `存储的记录无法读取,已停止;请运行 verify · a stored record cannot be read, run verify: ${error.message}`
    : undefined;

const addressInUse = (error: unknown): string | undefined =>
  (error as { code?: unknown } | null)?.code === 'EADDRINUSE'
    ? 'the port is in use by another program: set PORT (or OPS_PORT) to a free one'
    : undefined;

const days = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 3_650)
    throw new InvalidArgumentError('a number of days up to 3650');
  return value;
};

const program = (): Command => {
  const root = new Command('aftercare').description('售后服务平台 · after-sales service platform').version('0.1.0');
  root
    .command('serve')
    .description('API, read models, processes and analytics in one process; ROLES=serve: the API only')
    .action(async () => {
      process.exitCode = await serve(say);
    });
  root
    .command('work')
    .description(
      'read models, processes and the feeding of ClickHouse, beside processes that serve; any number stand by',
    )
    .action(async () => {
      process.exitCode = await workOnly(say);
    });
  root
    .command('token')
    .description('makes a bearer token with the local key')
    .requiredOption('--role <role...>', `one or more of: ${TOKEN_ROLES.join(', ')}`)
    .option('--name <name>', 'shown by clients; not stored')
    .option('--id <id>', 'the staff id; an engineer or outlet: the id of its stream')
    .option('--days <days>', 'how long it is valid', days, 30)
    .action(async (options: { role: string[]; name?: string; id?: string; days: number }) => {
      say(await tokenCommand(options));
    });
  addEvidenceCommands(root, say);
  root
    .command('status')
    .description('how far read models, processes and analytics are')
    .action(async () => say(await statusCommand()));
  root
    .command('rebuild')
    .description('builds a read model anew from the events and switches to it')
    .argument('<name>', 'name of the read model, as status shows it')
    .action(async (name: string) => rebuildCommand(name, say));
  root
    .command('replay')
    .description('plays a ticket or complaint again, event by event, with what each did to its state')
    .argument('<number>', 'number of a ticket or complaint, or the name of a stream')
    .option('--as-of <instant>', 'only what was known then, like 2026-10-01T16:00:00+08:00')
    .option('--step', 'waits for Enter after each event')
    .option('--case', 'with every ticket, work order and complaint linked to it')
    .option('--json', 'prints the steps as one JSON document')
    .action(async (name: string, options: ReplayOptions) => replayCommand(name, options, say));
  root
    .command('diff')
    .description('what changed between two points, by field, with the events that did it')
    .argument('<number>', 'number of a ticket or complaint, or the name of a stream')
    .requiredOption('--from <point>', 'a revision, or an instant with its offset')
    .requiredOption('--to <point>', 'a revision, or an instant with its offset')
    .option('--case', 'with every ticket, work order and complaint linked to it')
    .option('--json', 'prints it as one JSON document')
    .action(async (name: string, options: { from: string; to: string; case?: boolean; json?: boolean }) =>
      diffCommand(name, options, say),
    );
  root
    .command('case-file')
    .description('the file of a case as PDF in Chinese, with all that is linked to it; personal parts stay sealed')
    .argument('<number>', 'number of a ticket or complaint, or the name of its stream')
    .requiredOption('--out <file>', 'where to')
    .action(async (name: string, options: CaseFileOptions) => caseFileCommand(name, options, say));
  root
    .command('backup')
    .description('copies views, events and keys into a directory; the master key is never part of it')
    .argument('<directory>', 'an empty or new directory')
    .action(async (directory: string) => backupCommand(directory, say));
  root
    .command('restore')
    .description('puts a backup into the data directory; asks for the master key (MASTER_KEY or MASTER_KEY_FILE)')
    .argument('<directory>', 'what backup made')
    .option('--erasures <file>', 'the register of who was forgotten (ERASURE_REGISTER), so that nobody comes back')
    .action(async (directory: string, options: { erasures?: string }) => restoreCommand(directory, options, say));
  root
    .command('copy')
    .description('moves the event store into another one while nothing runs; interrupted, the same command goes on')
    .requiredOption('--from <store>', 'a data directory, or esdb://host:2113 (user and password: EVENTSTORE_USER, …)')
    .option('--to <store>', 'an empty or new one, named in the same way')
    .option('--unseal', 'gives an unfinished copy up: the store takes events again')
    .action(async (options: CopyCommandOptions) => copyCommand(options, say));
  root
    .command('eventstore')
    .description('an EventStoreDB server')
    .command('init')
    .description(
      "makes the platform's user with the rights it needs, and looks whether events can get lost; repeatable",
    )
    .requiredOption('--url <address>', 'esdb://host:2113?tls=true&tlsCAFile=/path/ca.crt, without a user')
    .option('--admin-user <name>', 'who sets it up; the password: EVENTSTORE_ADMIN_PASSWORD (or …_FILE)', 'admin')
    .action(async (options: EventStoreInitOptions) => {
      process.exitCode = await eventStoreInitCommand(options, say);
    });
  root
    .command('rotate-master-key')
    .description('wraps the keys of all persons with a new master key; while nothing runs, and again when interrupted')
    .option('--to-file <file>', 'the new master key; made when there is none. Default: in place of DATA_DIR/master.key')
    .action(async (options: { toFile?: string }) => rotateMasterKeyCommand(options, say));
  root
    .command('policies')
    .description('the versions of every policy')
    .action(async () => say(await policiesCommand()));
  root
    .command('demo')
    .description('lets an invented quarter happen on a temporary store, then shows queue, audit trail and figures')
    .option('--json', 'prints the tour as one JSON document and nothing else')
    .option('--serve', 'keeps serving afterwards')
    .option('--port <port>', 'where to serve', Number, 3000)
    .action(async (options: { json?: boolean; serve?: boolean; port: number }) => {
      await demoCommand(options, say);
    });
  return root;
};
