import tseslint from 'typescript-eslint';

/** Layers 0-4: no clock, no chance, no host, no locale. `core` below says it. attest may hash, so tsc lets it alone. */
const coreRooms = ['model', 'parse', 'logic', 'report', 'checks', 'evaluate', 'analyze', 'attest'];

const hostGlobals = [
  ...[
    'process',
    'console',
    'performance',
    'Buffer',
    'global',
    'globalThis',
    'require',
    'navigator',
    'crypto',
  ],
  ...['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Temporal'],
];

const localTime =
  '/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|Year|TimezoneOffset)$|^to(Date|Time)String$/';

const coreSyntax = [
  [
    'MemberExpression[object.name="Date"][property.name="now"]',
    'the core is given the instant, it reads no clock',
  ],
  ['MemberExpression[object.name="Date"][computed=true]', 'the core is given the instant, it reads no clock'],
  [
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'the core is given the instant, it reads no clock',
  ],
  ['CallExpression[callee.name="Date"]', 'the core is given the instant, it reads no clock'],
  ['VariableDeclarator > Identifier.init[name=/^(Date|Math|Intl)$/]', 'no second name for a guarded global'],
  [
    'VariableDeclarator[id.type="ObjectPattern"][init.name=/^(Date|Math|Intl)$/]',
    'no second name for a guarded global',
  ],
  [
    'NewExpression[callee.name="Date"][arguments.length>1]',
    'several arguments mean local time; use Date.UTC',
  ],
  [`MemberExpression[property.name=${localTime}]`, 'local time depends on the machine; use the UTC method'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'the core knows no chance'],
  ['MemberExpression[object.name="Math"][computed=true]', 'the core knows no chance'],
  ['MemberExpression[property.name=/^toLocale/]', 'the result depends on the locale of the machine'],
  [
    'MemberExpression[computed=true][property.value=/^toLocale/]',
    'the result depends on the locale of the machine',
  ],
  ['MemberExpression[property.name="localeCompare"]', 'the result depends on the locale of the machine'],
  [
    'MemberExpression[object.name="Intl"]:not([property.name="DateTimeFormat"])',
    'depends on the locale of the machine',
  ],
  ['CallExpression[callee.object.name="Intl"]', 'write new Intl.DateTimeFormat with locale and timeZone'],
  [
    'NewExpression[callee.object.name="Intl"]:not(:has(ObjectExpression > Property[key.name="timeZone"]))',
    'say the time zone: without it the zone of the machine counts',
  ],
  [
    'NewExpression[callee.object.name="Intl"]:not([arguments.0.type="Literal"])',
    'say the locale: without it the locale of the machine counts',
  ],
  ['ClassDeclaration', 'no classes in the core: data and functions'],
  ['ClassExpression', 'no classes in the core: data and functions'],
].map(([selector, message]) => ({ selector, message }));

const everywhereSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
  { selector: 'TSEnumDeclaration', message: 'use a union of literals' },
];

const typed = {
  files: ['**/*.ts'],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    '@typescript-eslint/consistent-type-imports': 'error',
    // A switch over a union names every member; `default` would hide the next one.
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: false },
    ],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    // Code points are what the sources mean when they spread a text.
    '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
    // Objects of functions, never `this`: classes are banned in the core and unusual elsewhere.
    '@typescript-eslint/unbound-method': 'off',
    'no-restricted-syntax': ['error', ...everywhereSyntax],
    eqeqeq: 'error',
    'no-eval': 'error',
    '@typescript-eslint/no-implied-eval': 'error',
    'no-new-func': 'error',
  },
};

const core = {
  files: coreRooms.map((room) => `src/${room}/**/*.ts`),
  rules: {
    'no-restricted-globals': [
      'error',
      ...hostGlobals.map((name) => ({ name, message: 'the core has no host' })),
    ],
    'no-restricted-syntax': ['error', ...everywhereSyntax, ...coreSyntax],
  },
};

/** The numbers of docs' house rules are "about"; these are where about ends. */
const size = {
  files: ['src/**/*.ts'],
  rules: {
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    'max-params': ['error', { max: 4 }],
  },
};

/** Tests reach into odd places on purpose: hostile values, holes in types, rows they know to be there. */
const tests = {
  files: ['test/**/*.ts', 'bench/**/*.ts', '**/*.config.ts'],
  rules: {
    'no-restricted-syntax': 'off',
    '@typescript-eslint/no-non-null-assertion': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
    '@typescript-eslint/no-dynamic-delete': 'off',
    '@typescript-eslint/no-empty-function': 'off',
    '@typescript-eslint/no-explicit-any': 'off',
    '@typescript-eslint/no-base-to-string': 'off',
    '@typescript-eslint/no-misused-spread': 'off',
    '@typescript-eslint/restrict-plus-operands': 'off',
    '@typescript-eslint/require-await': 'off',
    '@typescript-eslint/no-unnecessary-condition': 'off',
  },
};

const scripts = {
  files: ['scripts/**/*.mjs', 'bench/**/*.mjs', 'tools/**/*.mjs', '*.mjs', 'eslint.config.js', 'bin/*.cjs'],
  extends: [tseslint.configs.base],
  rules: {
    eqeqeq: 'error',
    'prefer-const': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'no-undef': 'off',
    'no-eval': 'error',
  },
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.demo/',
      '.bench/',
      '.stryker-tmp/',
      'src/generated/',
      'examples/',
      'test/fixtures/',
      '**/out.*',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  typed,
  core,
  size,
  tests,
  scripts,
);
