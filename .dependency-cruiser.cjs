/** Who may import whom (architecture §2). A broken arrow fails `npm test`. */
const only = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only('no-circular', {}, { circular: true }),
    only(
      'domain-is-pure',
      { path: '^packages/domain/src', pathNot: '\\.spec\\.ts$' },
      { pathNot: ['^packages/domain/src', 'node_modules/.*(@sinclair/typebox|opencc-js)'] },
    ),
    only(
      'event-store-knows-only-the-kernel',
      { path: '^packages/event-store/' },
      { path: '^packages/(domain/(?!src/kernel/|testing/)|projections|analytics|api)' },
    ),
    only(
      'projections-below-analytics-and-api',
      { path: '^packages/projections/' },
      { path: '^packages/(analytics|api)' },
    ),
    only(
      'analytics-uses-the-consumer-only',
      { path: '^packages/analytics/' },
      { path: '^packages/(api/|projections/src/(?!consumer/))' },
    ),
    only(
      'api-is-imported-by-tests-only',
      { path: '^packages/(domain|event-store|projections|analytics)/' },
      { path: '^packages/api' },
    ),
    only(
      'production-never-imports-tests',
      { path: '^packages/[^/]+/src/', pathNot: '(\\.spec\\.ts$|/testing/)' },
      { path: '(^test/|/testing/|\\.spec\\.ts$)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@aftercare/source', 'require', 'node', 'default'],
    },
  },
};
