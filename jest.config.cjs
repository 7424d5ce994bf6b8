const { availableParallelism } = require('node:os');
const notOnPostgres = require('./test/support/not-on-postgres.cjs');

/** Sources are run without a build: the package exports name them under a condition of their own. */
const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@aftercare/source', 'node', 'require', 'default'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};

/** What runs on PostgreSQL once more, every test in a schema of its own; without PG_URL one spec says that it is skipped. */
const again = process.env.PG_URL
  ? [
      {
        ...shared,
        displayName: 'projections-postgres',
        rootDir: `${__dirname}/packages/projections`,
        testMatch: ['**/*.spec.ts'],
        // What is only for PostgreSQL runs there already.
        testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '/postgres/'],
        setupFilesAfterEnv: [`${__dirname}/test/support/on-postgres.cjs`],
      },
      {
        ...shared,
        displayName: 'test-postgres',
        rootDir: `${__dirname}/test`,
        testMatch: ['**/e2e/**/*.spec.ts'],
        testPathIgnorePatterns: [
          ...shared.testPathIgnorePatterns,
          `e2e/(${Object.keys(notOnPostgres).join('|')})\\.spec`,
        ],
        setupFilesAfterEnv: [`${__dirname}/test/support/on-postgres.cjs`],
      },
    ]
  : [];

module.exports = {
  // A busy machine takes its time; what hangs is still found.
  testTimeout: 60_000,
  // Two also on a machine of two cores, where Jest would take one: much of the time is spent waiting for child processes.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  projects: ['domain', 'event-store', 'projections', 'analytics', 'api']
    .map((name) => ({
      ...shared,
      displayName: name,
      rootDir: `${__dirname}/packages/${name}`,
      testMatch: ['**/*.spec.ts'],
    }))
    .concat([{ ...shared, displayName: 'test', rootDir: `${__dirname}/test`, testMatch: ['**/*.spec.ts'] }])
    .concat(again),
};
