/**
 * Lets plain node run the TypeScript sources: `node -C @aftercare/source -r ./test/support/register.cjs file.ts`.
 * Compiles with the options of jest.config.cjs, decorator metadata included, so that a child process or a benchmark
 * runs the same code as the tests without a build.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
