import fc from 'fast-check';
import { expect } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Content, Evidence } from '../../src/model/evidence.ts';
import { ceilSecond, day, hour } from '../../src/model/instant.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import type { Decision } from '../../src/model/outcome.ts';
import type { Check, Policy, Rule, Waiver } from '../../src/model/policy.ts';
import type { RuleReport, Verdict } from '../../src/model/verdict.ts';
import { now, ruleFor, ruleIds, type World, world } from './gateWorld.ts';
import { logOf, tableOf } from './log.ts';
import { absent, ruleOf } from './policy.ts';
import type { Shares } from './shares.ts';

/** Laws of the evaluator over random policies and evidence, for `npm test` and for `npm run figures`. */
export interface Law<T> {
  name: string;
  cases: fc.Arbitrary<T>;
  /** Throws if the law is broken; counts what it looked at. */
  hold(one: T, shares: Shares): void;
  /** Shares below which a run proves nothing. */
  least: Readonly<Record<string, number>>;
}

export function judge({ policy, evidence, waivers, gates }: World, at = now): Verdict {
  const chosen = gates ? { gates } : {};
  const result = evaluate({ policy, evidence, waivers, now: at, version: '0', ...chosen });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

type Reports = ReadonlyMap<string, RuleReport>;

function reportsOf(verdict: Verdict): Reports {
  return new Map(verdict.gates.flatMap((gate) => gate.rules.map((rule) => [`${gate.id} ${rule.id}`, rule])));
}

const rank: Record<Decision, number> = { 'no-go': 0, hold: 1, go: 2 };

function tally(verdict: Verdict, shares: Shares): void {
  shares.add('all');
  shares.add(`from ${verdict.decision}`);
  const outcomes = new Set([...reportsOf(verdict).values()].map(({ outcome }) => outcome));
  for (const outcome of outcomes) shares.add(`with ${outcome}`);
}

/** At least 30 % of runs start from go and each outcome is there in at least 5 % (semantics section 13). */
const spread = {
  'from go': 0.3,
  'from hold': 0.05,
  'from no-go': 0.05,
  'with pass': 0.05,
  'with fail': 0.05,
  'with pending': 0.05,
  'with unknown': 0.05,
  'with waived': 0.05,
  'with not-applicable': 0.05,
};

/** What a whole item of evidence may become; the content of another kind, or values of another type, among it. */
type Loss = (item: Evidence) => Evidence;

const withContent =
  (content: (item: Evidence & { status: 'observed' }) => Content): Loss =>
  (item) =>
    item.status === 'absent' ? item : { ...item, content: content(item) };

const garbage: readonly unknown[] = [null, '', [], {}, Number.NaN, 'n/a', 'NaN', false, { error: 'timeout' }];

const ready: Content = { type: 'value', value: 'ready' };
const green: Content = {
  type: 'tests',
  tests: { format: 'junit', path: 'r.xml', total: 1, passed: 1, failed: 0, skipped: 0, failures: [] },
};

const losses: readonly { what: string; make: Loss }[] = [
  { what: 'missing', make: ({ id, kind }) => absent(id, 'file.missing', kind) },
  { what: 'unreadable', make: ({ id, kind }) => absent(id, 'file.unreadable', kind) },
  { what: 'stale', make: ({ id, kind }) => absent(id, 'evidence.stale', kind) },
  { what: 'of another kind', make: withContent(({ content }) => (content.type === 'value' ? green : ready)) },
  { what: 'an empty log', make: withContent((item) => (item.kind === 'log' ? broken(item) : logOf([]))) },
  { what: 'broken inside', make: withContent((item) => broken(item)) },
];

/** Every value, row or result of an item made unreadable. */
function broken({ content, collectedAt }: Evidence & { status: 'observed' }): Content {
  const bad = garbage[Math.abs(collectedAt + content.type.length) % garbage.length] as Json;
  switch (content.type) {
    case 'variables': {
      const variable = { state: 'ill-typed', expected: 'one of them' } as const;
      const names = Object.keys(content.variables);
      return { ...content, variables: Object.fromEntries(names.map((name) => [name, variable])) };
    }
    case 'value':
      return { ...content, value: bad };
    case 'command':
      return { ...content, exitCode: Number.NaN };
    case 'log': {
      const rows = Array.from({ length: Math.max(1, content.table.rows) }, (_, row) => ({
        time: row % 2 === 0 ? 'no time' : now - row * hour,
        flaw: 'log.malformed-row' as const,
      }));
      return { ...content, table: tableOf(rows) };
    }
    case 'document':
    case 'tests':
    case 'git':
    case 'transitions':
      return { type: 'value', value: bad };
  }
}

interface Lost {
  before: World;
  nth: readonly number[];
  how: number;
}

/** R7: what is lost or broken never makes anything better. */
export const losing: Law<Lost> = {
  name: 'removing or corrupting evidence',
  cases: fc.record({
    before: world,
    nth: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    how: fc.nat({ max: losses.length - 1 }),
  }),
  hold({ before, nth, how }, shares) {
    const loss = losses[how] as (typeof losses)[number];
    // A transition log that is missing has a meaning of its own: the first phase is in force (semantics section 4).
    const chosen = new Set(nth.map((n) => before.evidence[n % before.evidence.length]?.id));
    const lose = (item: Evidence): Evidence => {
      if (!chosen.has(item.id)) return item;
      return item.id === 'transitions'
        ? absent('transitions', 'file.unreadable', 'transitions')
        : loss.make(item);
    };
    const one = judge(before);
    const two = judge({ ...before, evidence: before.evidence.map(lose) });
    tally(one, shares);
    notBetter(one, two, loss.what);
    const removed = judge({
      ...before,
      evidence: before.evidence.filter(({ id }) => !chosen.has(id) || id === 'transitions'),
    });
    notBetter(one, removed, 'not collected');
    if (one.decision === 'go') shares.add(two.decision === 'go' ? 'still go' : 'no longer go');
  },
  least: { ...spread, 'no longer go': 0.1, 'still go': 0.02 },
};

function notBetter(one: Verdict, two: Verdict, what: string): void {
  if (two.decision === 'go') expect(one.decision, `${what}: the decision`).toBe('go');
  const was = reportsOf(one);
  for (const [id, { outcome }] of reportsOf(two)) {
    if (outcome !== 'pass') continue;
    const before = was.get(id)?.outcome;
    // Another phase in force brings rules of other gates; what was not judged before was not worse.
    if (before !== undefined) expect(before, `${what}: ${id}`).toBe('pass');
  }
}

/** R1: each item that a passing rule cannot do without. */
export const needing: Law<{ before: World; how: number }> = {
  name: 'losing what a passing rule needs',
  cases: fc.record({ before: world, how: fc.nat({ max: losses.length - 1 }) }),
  hold({ before, how }, shares) {
    const loss = losses[how] as (typeof losses)[number];
    const plain = { ...before, waivers: [] };
    const one = judge(plain);
    tally(one, shares);
    const reports = reportsOf(one);
    const rules = new Map(rulesIn(before.policy).map((rule) => [rule.id, rule]));
    for (const [key, { id, outcome }] of reports) {
      const rule = rules.get(id);
      if (outcome !== 'pass' || !rule) continue;
      for (const needed of needsOf(rule)) {
        const evidence = before.evidence.map((item) => (item.id === needed ? loss.make(item) : item));
        const after = reportsOf(judge({ ...plain, evidence })).get(key)?.outcome;
        shares.add('losses');
        if (after === undefined) continue;
        shares.add('judged losses');
        expect(['unknown', 'fail'], `${key} without ${needed}, ${loss.what}`).toContain(after);
      }
    }
  },
  least: { 'from go': 0.3, 'judged losses': 3 },
};

function rulesIn({ preflight = [], monitors = [], exit = [], phases = [] }: Policy): readonly Rule[] {
  const own = phases.flatMap(({ entry = [], monitors: rules = [] }) => [...entry, ...rules]);
  return [...preflight, ...monitors, ...own, ...exit];
}

/** Evidence without which a rule cannot pass, by the law alone: no other operand decides. */
function needsOf(rule: Rule): ReadonlySet<string> {
  const when = rule.when === undefined ? new Set<string>() : logicNeeds(rule.when, true);
  return union([when, checkNeeds(rule.check, true)]);
}

function checkNeeds(check: Check, wanted: boolean): ReadonlySet<string> {
  const idOf = (path: string) => path.split('.')[0] as string;
  switch (check.kind) {
    case 'expect': {
      const ids = Object.keys(check.paths).map((path) => new Set([idOf(path)]));
      return wanted ? union(ids) : intersection(ids);
    }
    case 'assert':
      return logicNeeds(check.logic, wanted);
    case 'passes':
    case 'document':
      return new Set([check.of]);
    case 'metric':
      return new Set([check.of]);
    case 'streak':
    case 'soak':
      return new Set([check.of.log]);
    case 'quiet':
      return new Set([check.of.log, check.heartbeat.log]);
    case 'all':
    case 'any': {
      const parts = check.checks.map((part) => checkNeeds(part, wanted));
      return (check.kind === 'all') === wanted ? union(parts) : intersection(parts);
    }
    case 'not':
      return checkNeeds(check.check, !wanted);
  }
}

function logicNeeds(logic: Json, wanted: boolean): ReadonlySet<string> {
  if (!isObject(logic)) return new Set();
  const [operator = '', args = []] = Object.entries(logic)[0] ?? [];
  const list = (Array.isArray(args) ? args : [args]) as readonly Json[];
  switch (operator) {
    case 'var':
      return new Set([String(list[0]).split('.')[0] as string]);
    case 'missing':
      return new Set(list.map((path) => String(path).split('.')[0] as string));
    case '!':
      return logicNeeds(list[0] as Json, !wanted);
    case 'and':
    case 'or': {
      const parts = list.map((part) => logicNeeds(part, wanted));
      return (operator === 'and') === wanted ? union(parts) : intersection(parts);
    }
    case 'if':
      return logicNeeds(list[0] as Json, true);
    case 'all':
    case 'none':
    case 'some':
      return logicNeeds(list[0] as Json, wanted);
    default:
      return union(list.map((part) => logicNeeds(part, wanted)));
  }
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((one) => [...one]));
}

function intersection(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...rest] = sets;
  return new Set([...first].filter((id) => rest.every((one) => one.has(id))));
}

interface Added {
  before: World;
  gate: number;
  place: number;
  rule: Omit<Rule, 'id' | 'title' | 'at'>;
}

/** R7: another `error` rule never improves a decision, but of a gate in which nothing had been judged. */
export const adding: Law<Added> = {
  name: 'adding an error rule',
  cases: fc.record({
    before: world,
    gate: fc.nat(),
    place: fc.nat(),
    rule: fc.oneof(ruleFor(true, false), ruleFor(false, false)),
  }),
  hold({ before, gate, place, rule }, shares) {
    const names = (['preflight', 'monitors', 'exit'] as const).filter((name) => before.policy[name]);
    const name = names[gate % Math.max(1, names.length)];
    if (!name) return;
    const rules = before.policy[name] ?? [];
    const added = ruleOf('added', rule.check, { ...rule, severity: 'error' });
    const at = place % (rules.length + 1);
    const policy = { ...before.policy, [name]: rules.toSpliced(at, 0, added) };
    const one = judge(before);
    const two = judge({ ...before, policy });
    tally(one, shares);
    const gateOne = one.gates.find(({ id }) => id === name);
    const judged = gateOne?.rules.some((r) => r.severity === 'error' && r.outcome !== 'not-applicable');
    shares.add(judged ? 'judged' : 'nothing judged');
    if (judged || !gateOne) expect(rank[two.decision]).toBeLessThanOrEqual(rank[one.decision]);
    if (rank[two.decision] < rank[one.decision]) shares.add('worse');
    const after = reportsOf(two);
    for (const [id, { outcome }] of reportsOf(one)) expect(after.get(id)?.outcome, id).toBe(outcome);
  },
  least: { ...spread, judged: 0.5, worse: 0.05 },
};

interface Shuffled {
  before: World;
  seed: number;
}

/** Order of evidence, rules and waivers never matters; order of keys not either. */
export const ordering: Law<Shuffled> = {
  name: 'order of evidence, rules, waivers and keys',
  cases: fc.record({ before: world, seed: fc.nat() }),
  hold({ before, seed }, shares) {
    const shuffle = shuffler(seed);
    const one = judge(before);
    tally(one, shares);
    const listed = { ...before, evidence: shuffle(before.evidence), waivers: shuffle(before.waivers) };
    expect(JSON.stringify(judge(listed))).toBe(JSON.stringify(one));
    const keyed = { ...before, evidence: before.evidence.map((item) => shuffleKeys(item, shuffle)) };
    expect(JSON.stringify(judge(keyed))).toBe(JSON.stringify(one));
    const two = judge({ ...before, policy: reorder(before.policy, shuffle) });
    expect(two.decision).toBe(one.decision);
    const [was, is] = [reportsOf(one), reportsOf(two)];
    expect([...is.keys()].sort()).toEqual([...was.keys()].sort());
    for (const [id, report] of is) expect(JSON.stringify(report), id).toBe(JSON.stringify(was.get(id)));
  },
  least: spread,
};

type Shuffle = <T>(items: readonly T[]) => readonly T[];

function shuffler(seed: number): Shuffle {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (items) =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
}

function reorder(policy: Policy, shuffle: Shuffle): Policy {
  const { preflight, monitors, exit, phases } = policy;
  return {
    ...policy,
    evidence: Object.fromEntries(shuffle(Object.entries(policy.evidence))),
    ...(preflight ? { preflight: shuffle(preflight) } : {}),
    ...(monitors ? { monitors: shuffle(monitors) } : {}),
    ...(exit ? { exit: shuffle(exit) } : {}),
    ...(phases
      ? { phases: phases.map((phase) => (phase.entry ? { ...phase, entry: shuffle(phase.entry) } : phase)) }
      : {}),
  };
}

/** The same value with the keys of its objects in another order; tables are left as they are. */
function shuffleKeys<T>(value: T, shuffle: Shuffle): T {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, shuffle)) as T;
  if (!isObject(value as Json) || 'pattern' in (value as object)) return value;
  const entries = Object.entries(value as object).map(
    ([key, item]) => [key, shuffleKeys(item, shuffle)] as const,
  );
  return Object.fromEntries(shuffle(entries)) as T;
}

interface Waived {
  before: World;
  nth: number;
  outcomes: readonly ('fail' | 'unknown' | 'pending')[];
  from: number;
  expires: number;
  part: number;
}

const edge = fc.oneof(
  fc.constantFrom(-1000, -999, -1, 0, 1, 999, 1000, 1001),
  fc.integer({ min: -3 * day, max: 3 * day }),
);

/** R15: a waiver counts from its beginning up to its end, for the outcomes that it names, and for its rule alone. */
export const waiving: Law<Waived> = {
  name: 'a waiver around its ends',
  cases: fc.record({
    before: world,
    nth: fc.nat(),
    outcomes: fc.oneof(
      { weight: 2, arbitrary: fc.constant(['fail', 'unknown', 'pending'] as const) },
      { weight: 1, arbitrary: fc.subarray(['fail', 'unknown', 'pending'] as const, { minLength: 1 }) },
    ),
    from: fc.oneof({ weight: 3, arbitrary: fc.constant(-day) }, { weight: 1, arbitrary: edge }),
    expires: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 1, max: day }) },
      { weight: 1, arbitrary: edge },
    ),
    part: fc.constantFrom(0, 0, 1, 500, 999),
  }),
  hold({ before, nth, outcomes, from, expires, part }, shares) {
    // The instant of evaluation is rounded up to whole seconds before anything is compared with it.
    const at = now - part;
    const bare = { ...before, waivers: [] };
    const one = judge(bare, at);
    tally(one, shares);
    const wasOne = reportsOf(one);
    const open = [...wasOne.values()].filter(
      ({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable',
    );
    const ids = nth % 5 > 0 && open.length > 0 ? open.map(({ id }) => id) : ruleIds(before.policy);
    if (ids.length === 0) return;
    const rule = ids[nth % ids.length] as string;
    const waiver: Waiver = {
      ...{
        id: 'w',
        path: 'w.yaml',
        at: { path: 'w.yaml', line: 1, column: 1 },
        policy: 'test',
        rule,
        outcomes,
      },
      ...{ owner: 'a', approver: 'b', reason: 'known', from: now + from, expires: now + expires },
    };
    const two = judge({ ...before, waivers: [waiver] }, at);
    const instant = ceilSecond(at);
    const valid = waiver.from <= instant && instant < waiver.expires;
    for (const [key, report] of reportsOf(two)) {
      const was = wasOne.get(key) as RuleReport;
      const builtIn = !ruleIds(before.policy).includes(report.id);
      const covered = (outcomes as readonly string[]).includes(was.outcome);
      const due = valid && covered && report.id === rule && !builtIn;
      if (!due) {
        expect(JSON.stringify(report), key).toBe(JSON.stringify(was));
        continue;
      }
      expect(report.outcome, key).toBe('waived');
      expect(report.waiver, key).toMatchObject({ id: 'w', outcome: was.outcome, code: was.code });
      const decides = two.gates.some(({ id, role }) => role === 'decides' && key.startsWith(`${id} `));
      if (decides && report.severity === 'error') {
        expect(Date.parse(two.validUntil)).toBeLessThanOrEqual(Math.max(instant, waiver.expires));
      }
    }
    const took = [...reportsOf(two).values()].some(({ outcome }) => outcome === 'waived');
    shares.add(took ? 'took effect' : valid ? 'nothing to waive' : 'not valid');
    expect(two.waivers[0]?.state).toBe(
      waiver.from > instant ? 'not-yet' : waiver.expires <= instant ? 'expired' : took ? 'used' : 'unused',
    );
    const loud = two.findings.some(({ code }) => code === 'waiver.expired');
    expect(loud).toBe(waiver.expires <= instant);
  },
  least: { 'from go': 0.3, 'took effect': 0.1, 'nothing to waive': 0.05, 'not valid': 0.1 },
};

interface Emptied {
  before: World;
}

/** R6: evidence that was read and holds nothing. */
export const emptying: Law<Emptied> = {
  name: 'evidence that holds nothing',
  cases: fc.record({ before: world }),
  hold({ before }, shares) {
    // An exit code that a rule reads by itself is a number like any other: there, 0 holds something.
    if (JSON.stringify(before.policy).includes('exitCode')) return;
    const one = judge(before);
    tally(one, shares);
    const evidence = before.evidence.map((item) =>
      item.status === 'absent' || item.id === 'transitions'
        ? item
        : { ...item, content: emptyOf(item.content) },
    );
    const two = judge({ ...before, evidence, waivers: [] });
    expect(two.decision).not.toBe('go');
    for (const [id, { outcome }] of reportsOf(two)) {
      // The gate of the phase says where the rollout stands; it never makes go.
      if (!id.startsWith('phase ')) expect(outcome, id).not.toBe('pass');
    }
  },
  least: spread,
};

function emptyOf(content: Content): Content {
  switch (content.type) {
    case 'variables': {
      const unset = { state: 'unset', code: 'env.blank' } as const;
      return {
        ...content,
        variables: Object.fromEntries(Object.keys(content.variables).map((name) => [name, unset])),
      };
    }
    case 'command': {
      const tests = {
        format: 'junit',
        path: 'r.xml',
        total: 0,
        passed: 0,
        failed: 0,
        skipped: 0,
        failures: [],
      } as const;
      return { ...content, exitCode: 0, stdout: '', tests };
    }
    case 'log':
      return { ...content, table: tableOf([]) };
    case 'document':
      return { ...content, fields: {}, sections: {}, tasks: { open: [], done: [] } };
    case 'value':
      return { ...content, value: '' };
    case 'tests':
    case 'git':
    case 'transitions':
      return content;
  }
}
