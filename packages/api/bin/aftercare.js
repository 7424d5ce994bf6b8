#!/usr/bin/env node
'use strict';
// Committed by hand: pnpm makes no bin for a file that appears at build time.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'cli', 'main.js');
if (!existsSync(built)) {
  process.stderr.write('aftercare is not built yet: run `npm run build` (or `npm start`, which does it) first\n');
  process.exit(1);
}
require(built).main(process.argv);
