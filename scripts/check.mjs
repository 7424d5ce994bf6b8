/**
 * Everything that checks the project, one step after the other, saying what it does; the last line is `N passed, N failed`
 * from the real counts: every Jest test is one, every other check is one. `npm test -- <jest arguments>` runs only Jest.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => join(root, 'node_modules', path);
const node = process.execPath;
const jestOnly = process.argv.slice(2);

/** Runs one command with its output shown as it comes; resolves with its exit code. */
const exec = (args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });

const checks = [
  ['types', [bin('typescript/bin/tsc'), '-b']],
  ['lint', [bin('eslint/bin/eslint.js'), '--quiet', 'packages', 'test']],
  [
    'architecture rules',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'packages', 'test'],
  ],
  ['formatting', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['generated documents are current', ['scripts/docs.mjs', '--check']],
];

let passed = 0;
let failed = 0;
const failures = [];
const clock = () => Number(process.hrtime.bigint() / 1_000_000n);

if (jestOnly.length === 0) {
  for (const [name, args] of checks) {
    console.log(`\n> ${name}`);
    const started = clock();
    const code = await exec(args);
    console.log(`  ${code === 0 ? 'ok' : 'FAILED'} (${((clock() - started) / 1000).toFixed(1)} s)`);
    if (code === 0) passed += 1;
    else {
      failed += 1;
      failures.push(name);
    }
  }
}

console.log('\n> Jest');
const folder = mkdtempSync(join(tmpdir(), 'aftercare-jest-'));
const report = join(folder, 'report.json');
const code = await exec(['--no-warnings', bin('jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...jestOnly], {
  FORCE_COLOR: '0',
});
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (result.numPendingTests > 0) {
    console.log(`\n${result.numPendingTests} skipped:`);
    for (const suite of result.testResults) {
      for (const test of suite.assertionResults) if (test.status === 'pending') console.log(`  - ${test.fullName}`);
    }
  }
  if (code !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) {
    failed += 1;
    failures.push('Jest ended with an error outside its tests');
  }
} catch {
  failed += 1;
  failures.push('Jest left no report');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (process.env.PG_URL && jestOnly.length === 0) {
  console.log('\nend-to-end specs that did not run on PostgreSQL once more:');
  for (const [name, why] of Object.entries(createRequire(import.meta.url)('../test/support/not-on-postgres.cjs')))
    console.log(`  - ${name}: it ${why}`);
}
if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
