/**
 * A PostgreSQL cluster of one's own in a temporary folder, for tests and benchmarks; nothing of it is left behind.
 *   npm run postgres -- run <command …>      starts one, runs the command with PG_URL set, stops and removes it
 *   npm run postgres -- start [folder]       starts one and prints `PG_URL=…`; says nothing else on stdout
 *   npm run postgres -- stop <folder>        stops the one in that folder and removes it
 *   npm run postgres -- restart <folder> [immediate]   restarts it; `immediate` is a crash
 *   npm run postgres -- where                prints the folder of PostgreSQL's programs
 * `--durable` before the command: flushes to disk, as production does; for benchmarks. Needs the Debian package
 * `postgresql` or PostgreSQL's programs in PATH or PG_BIN; exit code 3 says that there are none.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** Only a folder with this file in it is ever removed. */
const MARK = 'temporary-cluster';

/** Folder of initdb and pg_ctl; undefined: there is no PostgreSQL here. */
export const postgresPrograms = () => {
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, 'bin'))
    : [];
  const folders = [process.env.PG_BIN, ...debian, ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
};

/** initdb refuses root: then `postgres`, else `nobody`, does it. */
const user = () => {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name]).stdout?.toString().trim() || NaN),
    );
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is no other user here');
};

const freePort = () =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const run = (program, args, options) => {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error || status !== 0)
    throw new Error(`${program}: ${error?.message ?? `${stdout ?? ''}${stderr ?? ''}`.trim()}`);
};

/**
 * Starts a cluster and answers its folder, PG_URL, and how to stop it. Its collation is a
 * language's, not the bytes': what relies on the bytes has to say so.
 */
export const startPostgres = async ({ folder, durable = false, settings = [] } = {}) => {
  const programs = postgresPrograms();
  if (!programs) throw Object.assign(new Error('there is no PostgreSQL here'), { code: 'NO_POSTGRES' });
  const place = folder ? resolve(folder) : mkdtempSync(join(tmpdir(), 'aftercare-pg-'));
  mkdirSync(place, { recursive: true });
  if (readdirSync(place).length > 0) throw new Error(`${place} is not empty: a cluster needs a folder of its own`);
  const as = user();
  chmodSync(place, 0o755);
  if (as.uid !== undefined) chownSync(place, as.uid, as.gid);
  const asUser = { ...as, cwd: place, env: { PATH: process.env.PATH, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] };
  const password = randomBytes(12).toString('hex');
  const data = join(place, 'data');
  const passwordFile = join(place, 'password');
  writeFileSync(join(place, MARK), 'made by scripts/postgres.mjs; everything here may be thrown away\n');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid);
  const init = [
    '-D',
    data,
    '-U',
    'aftercare',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--no-sync',
  ];
  const languages = [['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'], ['--locale=C']];
  for (const [index, language] of languages.entries())
    try {
      run(join(programs, 'initdb'), [...init, ...language], asUser);
      break;
    } catch (error) {
      // Older than 15, or built without ICU.
      if (index === languages.length - 1) throw error;
      rmSync(data, { recursive: true, force: true });
    }
  const port = await freePort();
  const all = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${place}`,
    'max_connections=200',
    ...(durable ? [] : ['fsync=off']),
    ...settings,
  ];
  const control = (...args) =>
    run(join(programs, 'pg_ctl'), ['-D', data, '-w', ...args], { ...asUser, stdio: 'ignore' });
  control('-l', join(place, 'log'), '-o', all.map((one) => `-c ${one}`).join(' '), 'start');
  return {
    folder: place,
    url: `postgresql://aftercare:${password}@127.0.0.1:${port}/postgres`,
    stop: () => stopPostgres(place),
  };
};

const mustBeOurs = (folder) => {
  if (!existsSync(join(folder, MARK))) throw new Error(`${folder} holds no cluster that was started here`);
};

const restartPostgres = (folder, mode) => {
  mustBeOurs(folder);
  const options = { ...user(), cwd: folder, stdio: 'ignore' };
  const again = ['-D', join(resolve(folder), 'data'), '-w', '-m', mode, '-l', join(resolve(folder), 'log'), 'restart'];
  run(join(postgresPrograms(), 'pg_ctl'), again, options);
};

export const stopPostgres = (folder) => {
  const data = join(resolve(folder), 'data');
  mustBeOurs(folder);
  if (existsSync(join(data, 'postmaster.pid')))
    spawnSync(join(postgresPrograms(), 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop'], {
      ...user(),
      cwd: folder,
      stdio: 'ignore',
    });
  rmSync(folder, { recursive: true, force: true });
};

const runWith = async (command, options) => {
  const cluster = await startPostgres(options);
  let stopped = false;
  const stop = () => {
    if (!stopped) cluster.stop();
    stopped = true;
  };
  process.on('exit', stop);
  const child = spawn(command[0], command.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PG_URL: cluster.url },
  });
  // The command hears of it as well, and ends; then everything is stopped.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((done) => {
    child.on('error', () => done(127));
    child.on('exit', (status) => done(status ?? 1));
  });
  stop();
  process.exit(code);
};

const main = async ([verb, ...rest]) => {
  const durable = rest[0] === '--durable';
  const words = durable ? rest.slice(1) : rest;
  if (verb === 'run' && words.length > 0) return runWith(words, { durable });
  if (verb === 'start') {
    const { url, folder } = await startPostgres({ durable, ...(words[0] ? { folder: words[0] } : {}) });
    console.log(`PG_URL=${url}`);
    console.error(`stop it with: npm run postgres -- stop ${folder}`);
  } else if (verb === 'stop' && words[0]) stopPostgres(words[0]);
  else if (verb === 'restart' && words[0]) restartPostgres(words[0], words[1] === 'immediate' ? 'immediate' : 'fast');
  else if (verb === 'where' && postgresPrograms()) console.log(postgresPrograms());
  else if (verb === 'where') process.exit(3);
  else {
    console.error('usage: npm run postgres -- run <command …> | start [folder] | stop <folder>');
    process.exit(2);
  }
};

if (process.argv[1] && import.meta.url === new URL(`file://${resolve(process.argv[1])}`).href)
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exit(error.code === 'NO_POSTGRES' ? 3 : 1);
  });
