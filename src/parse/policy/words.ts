/** What a definition of the schemas stands for in a sentence, and how to write one. */
export interface DefinitionWords {
  noun: string;
  hint?: string;
  /** Words that may stand there, for a hint with the nearest one. */
  choices?: readonly string[];
  /** True if a scalar is due: keys of a map in its place are not worth a word. */
  scalar?: true;
}

const formats = [
  'uri',
  'https-uri',
  'hostname',
  'email',
  'uuid',
  'sha256',
  'git-commit',
  'date',
  'date-time',
  'semver',
];
const types = ['string', 'number', 'boolean', 'time', 'version'];
const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

export const definitionWords: Readonly<Record<string, DefinitionWords>> = {
  column: { noun: 'a column type', hint: `write ${list(types)} or \`{ enum: [..] }\``, choices: types },
  budget: { noun: 'a whole number from 0 to 100000', scalar: true },
  count: { noun: 'a whole number from 1 to 100000', scalar: true },
  datedPath: { noun: 'a path', scalar: true },
  coverage: { noun: 'a number greater than 0 and at most 1', scalar: true },
  date: { noun: 'a date or time', hint: 'write it as `2026-02-24` or `2026-02-24T09:00:00Z`', scalar: true },
  demand: { noun: 'a matcher', hint: 'write a literal, or a map with one key such as `{ atMost: 5 }`' },
  duration: { noun: 'a duration', hint: 'write it as `90s`, `20m`, `24h`, `7d` or `2w`', scalar: true },
  flag: { noun: '`true` or `false`', scalar: true },
  format: { noun: 'a format', hint: `write one of ${list(formats)}`, choices: formats, scalar: true },
  logRef: { noun: 'a log or a view', hint: 'write it as `smoke` or `smoke.strict`', scalar: true },
  matcher: {
    noun: 'a matcher',
    hint: 'write `set`, a literal, or a map with one key such as `{ atMost: 5 }`',
  },
  metricName: { noun: 'the name of a metric', hint: 'use letters, digits, `_` and `:`' },
  metricBound: { noun: 'a bound', hint: 'write a number, or `{ times: 2, baseline: 24h, floor: 1 }`' },
  name: { noun: 'a name', hint: 'use lower-case letters, digits, `-` and `_`, beginning with a letter' },
  number: { noun: 'a number', scalar: true },
  path: { noun: 'a path', scalar: true },
  pointerText: { noun: 'a JSON Pointer', hint: 'write it as `/version` or `/packages/0/name`', scalar: true },
  scalar: { noun: 'a text, number or boolean', scalar: true },
  timeoutOfRequest: { noun: 'a duration', hint: 'write it as `10s`', scalar: true },
  statistic: {
    noun: 'a statistic',
    hint: 'write `max`, `min`, `avg`, `last`, `sum`, `count`, a percentile such as `p95`, or `each`',
    choices: ['max', 'min', 'avg', 'last', 'sum', 'count', 'each'],
  },
  text: { noun: 'a text', scalar: true },
  url: { noun: 'a URL', hint: 'write it as `https://host/path` without credentials, or as `{ env: NAME }`' },
  valueType: { noun: 'a type', choices: types },
  variableName: {
    noun: 'the name of a variable',
    hint: 'use letters, digits and `_`, not beginning with a digit',
  },
};
