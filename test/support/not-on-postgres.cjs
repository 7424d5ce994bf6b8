/** End-to-end specs that are not run on PostgreSQL once more, each with why; Jest's configuration and the closing lines of `npm test` go by it. */
module.exports = {
  'clickhouse-by-url': 'looks at ClickHouse; analytics-faults tries it beside PostgreSQL',
  'damaged-record': 'damages the file of events',
  faults: 'looks into the files of an embedded installation, and copies them',
  'first-touch': 'needs no read model',
  'full-disk': 'fills the disk under files',
  'full-stack': 'is on PostgreSQL anyway',
  'identity-provider': 'needs no read model',
  'master-key-rotation': 'turns the keys in files',
  'nothing-personal-in-the-demo':
    'looks into the files of an embedded installation; nothing-personal-leaves looks into PostgreSQL',
  'queries-table': 'opens no database',
  'reader-gone': 'looks at the commands, on files of its own',
  'replay-on-the-command-line': 'has files of its own',
  'restore-after-erasure': 'copies files',
};
