// The rooms of src/ and what each may import. test/architecture holds this against a table of its own, pair by pair.

/** Room by room, bottom up: the rooms it may import beside itself. */
const rooms = {
  model: [],
  parse: ['model', 'generated'],
  logic: ['model'],
  report: ['model'],
  checks: ['model', 'logic'],
  evaluate: ['model', 'logic', 'checks'],
  analyze: ['model', 'parse', 'logic', 'checks', 'evaluate'],
  attest: ['model', 'logic', 'evaluate'],
  files: ['model', 'parse'],
  collect: ['model', 'parse', 'files', 'generated'],
  record: ['model', 'parse', 'files'],
  gate: [
    ...['model', 'parse', 'logic', 'checks', 'evaluate', 'analyze', 'attest', 'collect', 'record', 'files'],
    'generated',
  ],
  cli: ['gate', 'model', 'report', 'analyze', 'attest', 'files', 'generated'],
};

/** src/index.ts re-exports from every room but cli and record. */
const indexMayImport = [
  ...Object.keys(rooms).filter((room) => room !== 'cli' && room !== 'record'),
  'generated',
];

/** Rooms that may use Node's built-ins, and which. */
const builtins = { attest: '^(node:)?crypto$', collect: '', record: '', files: '', gate: '', cli: '' };

/** Packages that are bundled into what we publish, and the rooms that may import them. docs/dependencies.md says why. */
const packages = {
  commander: ['cli'],
  'json-logic-js': ['logic'],
  'mdast-util-to-string': ['parse'],
  picomatch: ['files', 'collect', 'gate'],
  re2js: ['parse', 'checks', 'collect'],
  remark: ['parse'],
  'remark-gfm': ['parse'],
  'rrule-temporal': ['checks'],
  saxes: ['parse'],
  semver: ['parse', 'checks'],
  'smol-toml': ['parse'],
  yaml: ['parse'],
};

const anyOf = (names) => `^src/(${names.join('|')})/`;
const inPackage = (name) => `node_modules/${name}/`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import ${allowed.length === 0 ? 'nothing' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: anyOf([room]) },
  to: { path: '^src/', pathNot: anyOf([room, ...allowed]) },
}));

const builtinRules = Object.keys(rooms)
  .filter((room) => builtins[room] !== '')
  .map((room) => ({
    name: `no-builtins-in-${room}`,
    comment: 'the core has no host',
    severity: 'error',
    from: { path: anyOf([room]) },
    to: { dependencyTypes: ['core'], ...(builtins[room] === undefined ? {} : { pathNot: builtins[room] }) },
  }));

const packageRules = Object.entries(packages).map(([name, users]) => ({
  name: `package-${name}`,
  comment: `${name} is for ${users.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: anyOf(users) },
  to: { path: inPackage(name) },
}));

export default {
  forbidden: [
    ...roomRules,
    ...builtinRules,
    ...packageRules,
    {
      name: 'index-re-exports',
      comment:
        'the library is the core and its shell, never the program; record follows with the commands that use it',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '.', pathNot: anyOf(indexMayImport) },
    },
    {
      name: 'nobody-imports-index',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'only-known-rooms',
      comment: 'a new room needs a line in the table above',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [anyOf([...Object.keys(rooms), 'generated']), '^src/index\\.ts$', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'only-bundled-packages',
      comment:
        'what src/ imports is published: it needs a line in the table above and in docs/dependencies.md',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: 'node_modules/',
        pathNot: Object.keys(packages).map(inPackage),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-importer-of-json-logic-js',
      comment: 'json-logic-js is the reference that our evaluator is held against, nothing else (ADR 0004)',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/logic/reference\\.ts$' },
      to: { path: inPackage('json-logic-js') },
    },
    {
      name: 'src-stands-alone',
      comment: 'src/ imports src/, packages and the schemas; never tests, scripts or examples',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|examples|docs|bin|dist)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['\\.d\\.ts$', '^src/generated/', '^src/index\\.ts$', '^src/cli/main\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^src/generated/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
