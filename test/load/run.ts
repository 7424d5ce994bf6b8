/**
 * `npm run bench [-- <name> …] [-- --json]`: each benchmark against its named rival in one run. Progress goes to stderr;
 * stdout holds the table, or with `--json` one document `[{what, ours, rival, unit, ratio, target, ok}]` and nothing else.
 * A figure that falls short is printed as such and the exit code stays 0: it is a report, not a test.
 */
import type { BenchRow } from './bench';

/** Name → module; loaded only when asked for, since some take long to load. */
const benchmarks: Readonly<Record<string, string>> = {
  append: './event-store/append.bench',
  verify: './event-store/verify.bench',
  catchup: './event-store/catchup.bench',
  rebuild: './projections/rebuild.bench',
  http: './api/http.bench',
  'http-sustained': './api/http-sustained.bench',
  replay: './evidence/replay.bench',
  export: './evidence/export.bench',
  anchor: './evidence/anchor.bench',
  history: './api/history.bench',
  erase: './growth/erase.bench',
  growth: './growth/growth.bench',
  ready: './growth/ready.bench',
  intake: './intake/intake.bench',
  /** Needs ESDB_URL, PG_URL. */
  servers: './servers/servers.bench',
};

const table = (rows: readonly BenchRow[]): string => {
  const cells = rows.map(({ what, ours, rival, unit, ratio, target, ok }) => [
    what,
    String(ours),
    String(rival),
    unit,
    `${ratio} ×`,
    target,
    ok ? 'ok' : 'SHORT',
  ]);
  const lines = [['what', 'ours', 'rival', 'unit', 'ratio', 'target', ''], ...cells];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const main = async (): Promise<void> => {
  const words = process.argv.slice(2);
  const json = words.includes('--json');
  const names = words.filter((word) => word !== '--json');
  const unknown = names.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    process.stderr.write(`unknown: ${unknown.join(', ')}. There is: ${Object.keys(benchmarks).join(', ')}\n`);
    process.exit(2);
  }
  const rows: BenchRow[] = [];
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    process.stderr.write(`> ${name}\n`);
    const module = (await import(benchmarks[name] as string)) as { run(): Promise<readonly BenchRow[]> };
    rows.push(...(await module.run()));
  }
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : `${table(rows)}\n`);
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
