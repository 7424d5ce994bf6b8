/**
 * Makes a fresh clone runnable: installs the locked dependencies and builds, when either is out of date. Everything it
 * says goes to stderr, so that `demo -- --json` and `bench -- --json` keep stdout for their document.
 *   node scripts/prepare.mjs [--install-only]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const say = (line) => process.stderr.write(`${line}\n`);

const run = (what, command, args) => {
  say(`> ${what}`);
  const started = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) {
    say(`  failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
    process.exit(status || 1);
  }
  say(`  done in ${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)} s`);
};

const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'test/package.json'].concat(
  readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`),
);
const wanted = createHash('sha256')
  .update(process.version)
  .update(manifests.map((file) => (existsSync(join(root, file)) ? readFileSync(join(root, file)) : '')).join('\n'))
  .digest('hex');
const stamp = join(root, 'node_modules', '.aftercare-installed');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  run('installing dependencies (the first time compiles SQLite where no prebuilt can be had: a minute or two)', 'npx', [
    '--yes',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
  ]);
  writeFileSync(stamp, wanted);
}
if (!process.argv.includes('--install-only')) {
  run('building', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/api']);
}
