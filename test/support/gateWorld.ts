import fc from 'fast-check';
import type { Evidence, TransitionRow } from '../../src/model/evidence.ts';
import { day, hour, parseInstant } from '../../src/model/instant.ts';
import type { Json } from '../../src/model/json.ts';
import type { Severity } from '../../src/model/outcome.ts';
import type { Check, EvidenceSpec, Matcher, Phase, Policy, Rule, Waiver } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from './log.ts';
import { metricEvidence, metricOf, metricSpecs, samplesUntil } from './samples.ts';
import { absent, commandRun, observed, phaseOf, policyOf, ruleOf, specOf, variableSpec } from './policy.ts';

/**
 * Random policies with the evidence for them. On the `sound` side every check holds over every piece of evidence, so
 * that enough runs start from go; the other side mixes in checks that do not hold and evidence that is bad or absent.
 */
export interface World {
  policy: Policy;
  evidence: readonly Evidence[];
  waivers: readonly Waiver[];
  gates: readonly string[] | undefined;
}

export const now = parseInstant('2026-02-24T09:00:00Z') as number;

const modes = ['one', 'two', 'three'] as const;
const isPass = { '==': [{ var: 'Checks' }, 'pass'] };
const log = (view: boolean): EvidenceSpec =>
  specOf({
    kind: 'log',
    path: 'docs/log.md',
    table: 'Entries',
    time: { column: 'Time', zone: 'UTC', kind: 'instant' },
    columns: {
      MODE: { type: 'string', oneOf: modes },
      Checks: { type: 'string', oneOf: ['pass', 'fail', 'not-run'] },
    },
    views: view ? { strict: { in: [{ var: 'Checks' }, ['pass', 'fail']] } } : {},
    order: 'oldest-first',
    dated: 'optional',
    tolerance: 26 * hour,
  });
const command = specOf({
  kind: 'command',
  run: ['run'],
  timeout: hour,
  protects: [],
  output: 'text',
  env: [],
  serial: false,
});
const file = (parts: { type: 'number' | 'string'; oneOf?: readonly string[] }) =>
  specOf({ kind: 'file', path: 'a.json', format: 'json', pointer: '/a', ...parts });

const specs: Readonly<Record<string, EvidenceSpec>> = {
  flags: specOf({
    kind: 'env',
    variables: {
      MODE: variableSpec(modes),
      A: variableSpec(['on', 'off']),
      B: variableSpec(['on', 'off']),
      N: { ...variableSpec(), type: 'number' },
    },
  }),
  tests: command,
  build: { ...command, maxAge: 24 * hour },
  smoke: log(true),
  beats: log(true),
  incidents: log(false),
  limit: file({ type: 'number' }),
  state: file({ type: 'string', oneOf: ['ready', 'busy'] }),
  note: specOf({ kind: 'document', path: 'note.md' }),
  ...metricSpecs,
};

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items);
const set: Matcher = { is: 'set' };
const equals = (value: string | number): Matcher => ({ is: 'equals', value });
const expects = (paths: Readonly<Record<string, Matcher>>): Check => ({ kind: 'expect', paths });
const asserts = (logic: Json): Check => ({ kind: 'assert', logic });
const v = (name: string) => ({ var: name });

/** Checks without a sense of time; each holds over the sound evidence. */
const plain: readonly Check[] = [
  expects({ 'flags.A': equals('on') }),
  expects({ 'flags.A': set, 'flags.B': set }),
  expects({ 'flags.N': { is: 'atMost', bound: 5 }, limit: { is: 'atLeast', bound: 1 } }),
  expects({ 'flags.A': { is: 'not', matcher: equals('off') } }),
  expects({ state: { is: 'oneOf', values: ['ready'] } }),
  expects({ 'tests.exitCode': equals(0) }),
  expects({ 'smoke.last.Checks': equals('pass') }),
  asserts({ '<': [v('limit'), 5] }),
  asserts({ '!=': [v('state'), 'busy'] }),
  asserts({ '!': [{ in: [v('state'), ['busy']] }] }),
  asserts({ and: [{ '<': [v('limit'), 5] }, { '==': [v('flags.A'), 'on'] }] }),
  asserts({ or: [{ '>': [v('limit'), 4] }, { '===': [v('flags.A'), v('flags.B')] }] }),
  asserts({ if: [{ '==': [v('flags.A'), 'off'] }, { '<': [v('limit'), 1] }, { '>': [v('flags.N'), 0] }] }),
  asserts({ all: [v('smoke.strict'), isPass] }),
  asserts({ none: [v('smoke'), { '==': [v('Checks'), 'fail'] }] }),
  asserts({ '>': [{ count: [v('beats')] }, 2] }),
  asserts({ '<': [v('smoke.count'), 50] }),
  asserts({ '!': [{ missing: ['flags.A', 'limit'] }] }),
  { kind: 'passes', of: 'tests' },
  { kind: 'passes', of: 'build' },
  { kind: 'document', of: 'note', sections: ['Loop'], fields: ['By'], tasksDone: false },
  { kind: 'document', of: 'note', sections: [], fields: [], tasksDone: true },
];

const smoke = { log: 'smoke', view: 'strict' };
const timed: readonly Check[] = [
  { kind: 'streak', of: smoke, per: 'day', good: isPass, atLeast: 3, columns: {} },
  { kind: 'streak', of: smoke, per: 'record', good: isPass, atLeast: 2, maxGap: 26 * hour, columns: {} },
  { kind: 'streak', of: { log: 'beats' }, per: 'day', atLeast: 2, columns: {} },
  { kind: 'quiet', of: { log: 'incidents' }, within: 2 * day, heartbeat: smoke, maxGap: 26 * hour },
  {
    kind: 'quiet',
    of: { log: 'incidents' },
    incident: { '==': [v('Checks'), 'fail'] },
    within: 2 * day,
    heartbeat: { log: 'beats' },
    maxGap: 26 * hour,
  },
  metricOf(),
  metricOf({ within: 2 * hour, stat: 'avg', bound: { is: 'atLeast', value: 1 } }),
  metricOf({ stat: 'each', failureLimit: 1, consecutiveSuccessLimit: 3 }),
  metricOf({ stat: 'p90', bound: { is: 'atMost', value: { times: 2, baseline: 6 * hour, floor: 1 } } }),
];

/** Only on a policy with phases; the rows of the logs show the first. */
const phased: readonly Check[] = [
  { kind: 'streak', of: smoke, phase: 'in-force', per: 'day', good: isPass, atLeast: 2, columns: {} },
  { kind: 'soak', of: smoke, phase: 'one', for: day, maxGap: 26 * hour, columns: {} },
];

/** Checks that do not hold over the sound evidence: four fail, three are pending, one stays unknown. */
const adverse: readonly Check[] = [
  expects({ 'flags.A': equals('off') }),
  asserts({ '>': [v('limit'), 4] }),
  asserts({ some: [v('smoke'), { '==': [v('Checks'), 'fail'] }] }),
  { kind: 'streak', of: smoke, per: 'day', good: isPass, atLeast: 9, columns: {} },
  { kind: 'quiet', of: { log: 'incidents' }, within: 9 * day, heartbeat: smoke, maxGap: 26 * hour },
  { kind: 'quiet', of: { log: 'incidents' }, within: 12 * day, heartbeat: smoke, maxGap: 26 * hour },
  {
    kind: 'metric',
    of: 'none',
    within: hour,
    stat: 'max',
    bound: { is: 'atMost', value: 1 },
    minCoverage: 1,
  },
  metricOf({ bound: { is: 'atMost', value: 0 } }),
];

/** What may stand below `not`: fails over the sound evidence, so that its contrary holds. */
const contraries: readonly Check[] = [
  expects({ 'flags.A': equals('off') }),
  expects({ 'flags.A': equals('on'), 'flags.B': equals('off') }),
  asserts({ '>': [v('limit'), 4] }),
  asserts({ and: [{ '<': [v('limit'), 5] }, { '==': [v('flags.A'), 'off'] }] }),
  { kind: 'all', checks: [expects({ state: equals('ready') }), expects({ limit: equals(9) })] },
  { kind: 'any', checks: [expects({ state: equals('busy') }), asserts({ '<': [v('limit'), 1] })] },
  { kind: 'not', check: expects({ state: equals('ready') }) },
];

type Sound = boolean;

function leafOf(sound: Sound, phases: boolean): fc.Arbitrary<Check> {
  const good = pick(...plain, ...timed, ...(phases ? phased : []));
  if (sound) return good;
  return fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: pick(...adverse) });
}

export function checkOf(sound: Sound, phases: boolean): fc.Arbitrary<Check> {
  const leaf = leafOf(sound, phases);
  const any = fc.oneof(leaf, pick(...adverse));
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .array(leaf, { minLength: 1, maxLength: 3 })
        .map((checks) => ({ kind: 'all', checks }) as const),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(any, leaf).map((checks) => ({ kind: 'any', checks }) as const),
    },
    { weight: 2, arbitrary: pick(...contraries).map((check) => ({ kind: 'not', check }) as const) },
  );
}

const whens: readonly (Json | undefined)[] = [
  ...[undefined, undefined, undefined, undefined, undefined, undefined],
  { '==': [v('flags.A'), 'on'] },
  { '==': [v('flags.A'), 'off'] },
  { '<': [v('limit'), 5] },
  { '==': [v('flags.MODE'), 'one'] },
];

export function ruleFor(sound: Sound, phases: boolean): fc.Arbitrary<Omit<Rule, 'id' | 'title' | 'at'>> {
  const severities: readonly Severity[] = ['error', 'error', 'error', 'error', 'error', 'warning', 'note'];
  return fc
    .record({ check: checkOf(sound, phases), when: pick(...whens), severity: pick(...severities) })
    .map(({ check, when, severity }) => ({
      check,
      severity,
      allowEmpty: false,
      controls: [],
      ...(when === undefined ? {} : { when }),
    }));
}

function rulesOf(gate: string, sound: Sound, phases: boolean, least = 0): fc.Arbitrary<readonly Rule[]> {
  return fc
    .array(ruleFor(sound, phases), { minLength: least, maxLength: 4 })
    .map((rules) => rules.map(({ check, ...rest }, index) => ruleOf(`${gate}-${index}`, check, rest)));
}

function gateOf(gate: string, sound: Sound, phases: boolean): fc.Arbitrary<readonly Rule[] | undefined> {
  return fc.oneof(
    { weight: 5, arbitrary: rulesOf(gate, sound, phases, sound ? 1 : 0) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function phasesOf(sound: Sound): fc.Arbitrary<readonly Phase[]> {
  // A rollout always has its soak, so that what is added to a policy never changes when its phases began.
  const soak = ruleOf('soaked', phased[1] as Check);
  return fc
    .tuple(rulesOf('two', sound, true, 1), rulesOf('three', sound, true, 1), gateOf('in-one', sound, true))
    .map(([two, three, monitors]) => [
      phaseOf('one', { 'flags.MODE': 'one' }, monitors ? { monitors } : {}),
      phaseOf('two', { 'flags.MODE': 'two' }, { entry: [soak, ...two] }),
      phaseOf('three', { 'flags.MODE': 'three' }, { entry: three }),
    ]);
}

function policyFor(sound: Sound): fc.Arbitrary<Policy> {
  return fc.boolean().chain((phases) =>
    fc
      .record({
        preflight: gateOf('preflight', sound, phases),
        monitors: gateOf('monitors', sound, phases),
        exit: gateOf('exit', sound, phases),
        phases: phases ? phasesOf(sound) : fc.constant(undefined),
      })
      .map(({ preflight, monitors, exit, phases: road }) =>
        policyOf({
          evidence: specs,
          ...(preflight ? { preflight } : {}),
          ...(monitors ? { monitors } : {}),
          ...(exit ? { exit } : {}),
          ...(road ? { phases: road, transitions: { path: 'docs/transitions.md' } } : {}),
        }),
      ),
  );
}

const times = (hours: readonly number[], mode: string, checks = 'pass'): readonly PlainRow[] =>
  hours.map((ago) => ({ time: now - ago * hour, cells: { MODE: mode, Checks: checks, Note: String(ago) } }));
const week = [110, 90, 70, 50, 30, 12, 2];

interface Health {
  mode: string;
  a: string | undefined;
  limit: number;
  tests: number;
  age: number;
  newest: string;
  /** The newest sample of the metric; undefined is no number. */
  measured: number | undefined;
  skipped: boolean;
  incident: boolean;
  gone: readonly string[];
  entered: boolean;
}

const sane: Health = {
  mode: 'one',
  a: 'on',
  limit: 3,
  tests: 0,
  age: hour,
  newest: 'pass',
  measured: 1,
  skipped: false,
  incident: false,
  gone: [],
  entered: false,
};

const ill: fc.Arbitrary<Health> = fc.record({
  mode: pick('one', 'one', 'one', 'two', 'three', 'four'),
  a: pick<string | undefined>('on', 'on', 'on', 'off', undefined),
  limit: pick(3, 3, 3, 7),
  tests: pick(0, 0, 0, 1),
  age: pick(hour, hour, hour, 25 * hour),
  newest: pick('pass', 'pass', 'pass', 'fail', 'not-run', ''),
  measured: pick<number | undefined>(1, 1, 1, 1, 9, undefined),
  skipped: pick(false, false, true),
  incident: pick(false, false, false, true),
  gone: fc.subarray(Object.keys(specs), { maxLength: 2 }),
  entered: pick(false, false, true),
});

const transition: TransitionRow = {
  path: 'docs/transitions.md',
  line: 6,
  time: now - 2 * day,
  kind: 'advance',
  from: 'one',
  to: 'two',
  decision: 'go',
  verdict: `sha256:${'2'.repeat(64)}`,
  reason: '',
};

function evidenceFor(health: Health): readonly Evidence[] {
  const text = (value: string | undefined) =>
    value === undefined
      ? ({ state: 'unset', code: 'env.unset' } as const)
      : ({ state: 'value', value } as const);
  const variables = {
    MODE: text(health.mode),
    A: text(health.a),
    B: text('on'),
    N: { state: 'value', value: 2 },
  } as const;
  const rows = [
    ...times(health.skipped ? week.slice(0, 4) : week, 'one'),
    ...times([1], 'one', health.newest),
  ];
  const at = { collectedAt: now - hour };
  const entries = [2].map((line) => ({ text: 'every day', line }))[0] as { text: string; line: number };
  const note = {
    type: 'document',
    path: 'note.md',
    fields: { By: { text: 'Ada', line: 1 } },
    sections: { Loop: entries },
    tasks: { open: [], done: [3] },
  } as const;
  const items: readonly Evidence[] = [
    observed('flags', { type: 'variables', variables }, { kind: 'env', ...at }),
    commandRun('tests', health.tests, at),
    commandRun('build', 0, { collectedAt: now - health.age }),
    observed('smoke', logOf(rows), { kind: 'log', ...at }),
    observed('beats', logOf(times(week, 'one')), { kind: 'log', ...at }),
    observed('incidents', logOf(health.incident ? times([20], 'one', 'fail') : []), { kind: 'log', ...at }),
    observed('limit', { type: 'value', value: health.limit }, at),
    observed('state', { type: 'value', value: 'ready' }, at),
    observed('note', note, { kind: 'document', ...at }),
    metricEvidence('errors', samplesUntil(now, [...Array.from({ length: 99 }, () => 1), health.measured])),
    health.entered
      ? observed('transitions', { type: 'transitions', path: transition.path, rows: [transition] }, at)
      : absent('transitions', 'file.missing', 'transitions'),
  ];
  return items.map((item) => (health.gone.includes(item.id) ? absent(item.id) : item));
}

/** Ids of all rules of a policy, those of its phases too. */
export function ruleIds({
  preflight = [],
  monitors = [],
  exit = [],
  phases = [],
}: Policy): readonly string[] {
  const own = phases.flatMap(({ entry = [], monitors: rules = [] }) => [...entry, ...rules]);
  return [...preflight, ...monitors, ...own, ...exit].map(({ id }) => id);
}

const waiverFor = fc.record({
  nth: fc.nat(),
  from: fc.integer({ min: -3 * day, max: 3 * day }).map((gap) => now - Math.abs(gap)),
  left: pick(-day, -1, 0, 1, 1000, hour, day),
});

function waiversFor(
  policy: Policy,
  chosen: readonly { nth: number; from: number; left: number }[],
): readonly Waiver[] {
  const ids = ruleIds(policy);
  if (ids.length === 0) return [];
  const at = { path: 'w.yaml', line: 1, column: 1 };
  return chosen.map(({ nth, from, left }, index) => ({
    id: `w${index}`,
    path: 'w.yaml',
    at,
    policy: 'test',
    rule: ids[nth % ids.length] as string,
    outcomes: ['fail', 'unknown', 'pending'],
    owner: 'a',
    approver: 'b',
    reason: 'known',
    from,
    expires: now + left,
  }));
}

const asked = pick<readonly string[] | undefined>(
  undefined,
  undefined,
  ['preflight'],
  ['all'],
  ['monitors', 'exit'],
);

export const world: fc.Arbitrary<World> = pick(true, true, true, false, false).chain((sound) =>
  fc
    .record({
      policy: policyFor(sound),
      health: sound ? fc.constant(sane) : ill,
      waivers: fc.array(waiverFor, { maxLength: 4 }),
      gates: asked,
    })
    .map(({ policy, health, waivers, gates }) => ({
      policy,
      evidence: evidenceFor(health),
      waivers: waiversFor(policy, waivers),
      gates: policy.phases && gates?.includes('exit') ? undefined : gates,
    })),
);
