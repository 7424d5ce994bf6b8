/**
 * `npm run test:servers`: what is promised of the real servers, on those that ESDB_URL, PG_URL and CLICKHOUSE_URL name, and
 * on an empty ESDB_FRESH_URL what lays hands on a store. A part whose server is missing is skipped and said so; the last
 * line is `N passed, N failed` from the real counts.
 *   npm run test:servers -- <words>   only the parts whose name holds one of the words
 * Whatever the servers hold is left alone: each part works in streams, schemas and databases of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { ESDB_URL, ESDB_FRESH_URL, ESDB_START, ESDB_START_URL, PG_URL, CLICKHOUSE_URL } = process.env;
const wanted = process.argv.slice(2);

/** In this order: a store that a later part seals or fills must not be in the way of an earlier one. */
const parts = [
  {
    name: 'whole installation: one serves, two work, one is killed, one is frozen',
    needs: { ESDB_URL, PG_URL },
    projects: ['test'],
    paths: ['e2e/full-stack'],
  },
  {
    name: 'EventStoreDB: the kit of all stores, and its traps',
    needs: { ESDB_URL },
    projects: ['event-store'],
    paths: ['event-store/src/eventstoredb'],
  },
  {
    name: 'EventStoreDB: faults',
    needs: { ESDB_URL },
    projects: ['test'],
    paths: ['fault/eventstoredb'],
    besides:
      ESDB_START && ESDB_START_URL
        ? ''
        : 'kill -9 also needs ESDB_START, a program that runs a server of its own in the foreground, and ESDB_START_URL',
  },
  {
    // A server of its own: what is tampered with stays so, and every later look at the whole store would find it.
    name: 'EventStoreDB: evidence that somebody laid hands on',
    needs: { ESDB_FRESH_URL },
    projects: ['test'],
    paths: ['fault/evidence/tampered-esdb'],
  },
  {
    name: 'PostgreSQL: every read model, process and checkpoint, the lease and the keys',
    needs: { PG_URL },
    projects: ['projections-postgres', 'projections'],
    paths: ['projections/src'],
    // What only PostgreSQL has is in the other project.
    perProject: { projections: ['projections/src/sql/postgres'] },
  },
  {
    name: 'PostgreSQL: faults',
    needs: { PG_URL },
    projects: ['test'],
    paths: ['fault/projections/postgres'],
  },
  {
    name: 'ClickHouse by URL: sink, metrics, migrations',
    needs: {},
    projects: ['analytics'],
    paths: ['src/clickhouse', 'src/sink', 'src/analytics', 'metrics/agreement'],
    besides: CLICKHOUSE_URL ? '' : 'no CLICKHOUSE_URL: on chDB behind an HTTP front of our own, not on a server',
  },
  {
    name: 'ClickHouse by URL: faults',
    needs: {},
    projects: ['test'],
    paths: ['e2e/clickhouse-by-url'],
    besides: 'always on chDB behind an HTTP front of our own: a server does not fail on demand',
  },
];

/** Runs Jest with its output shown as it comes; resolves with its report, or undefined where it left none. */
const jest = (projects, paths) => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-servers-'));
  const report = join(folder, 'report.json');
  const args = [
    '--no-warnings',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--runInBand',
    '--selectProjects',
    ...projects,
  ];
  const env = { ...process.env, FORCE_COLOR: '0', FAULTS_AT_LENGTH: '1' };
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [...args, '--testPathPatterns', ...paths, '--json', `--outputFile=${report}`],
      {
        cwd: root,
        // The report goes to the file; Jest would also print it.
        stdio: ['ignore', 'ignore', 'inherit'],
        env,
      },
    );
    const end = () => {
      let found;
      try {
        found = JSON.parse(readFileSync(report, 'utf8'));
      } catch {
        found = undefined;
      }
      rmSync(folder, { recursive: true, force: true });
      resolve(found);
    };
    child.on('exit', end);
    child.on('error', end);
  });
};

let passed = 0;
let failed = 0;
const lines = [];
for (const { name, needs, projects, paths, besides, perProject = {} } of parts) {
  if (wanted.length > 0 && !wanted.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue;
  const missing = Object.entries(needs).flatMap(([variable, value]) => (value ? [] : [variable]));
  console.log(`\n> ${name}`);
  if (missing.length > 0) {
    lines.push(`skipped  ${name}: no ${missing.join(' and no ')}`);
    console.log(`  skipped: no ${missing.join(' and no ')}`);
    continue;
  }
  if (besides) console.log(`  ${besides}`);
  const runs = [];
  for (const project of projects) runs.push(await jest([project], perProject[project] ?? paths));
  const count = (key) => runs.reduce((sum, run) => sum + (run?.[key] ?? 0), 0);
  const ok = count('numPassedTests');
  const skipped = count('numPendingTests');
  const broken = runs.filter((run) => run === undefined || run.numTotalTests === 0).length;
  const bad = count('numFailedTests') + count('numRuntimeErrorTestSuites') + broken;
  if (broken > 0) console.log('  a part without a single test, or without a report, counts as failed');
  passed += ok;
  failed += bad;
  const line = `${bad === 0 ? 'ran     ' : 'FAILED  '} ${name}: ${ok} passed, ${bad} failed${skipped ? `, ${skipped} skipped in it` : ''}`;
  lines.push(besides ? `${line} (${besides})` : line);
  for (const suite of runs.flatMap((run) => run?.testResults ?? []))
    for (const test of suite.assertionResults)
      if (test.status === 'pending') lines.push(`           - skipped: ${test.fullName}`);
}

console.log('\nServers:');
for (const [name, value] of Object.entries({ ESDB_URL, ESDB_FRESH_URL, PG_URL, CLICKHOUSE_URL }))
  console.log(`  ${name} ${value ? 'is set' : 'is not set'}`);
console.log(lines.map((line) => `  ${line}`).join('\n'));
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
