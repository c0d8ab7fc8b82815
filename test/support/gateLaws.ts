import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { ceilSecond, day } from '../../src/model/instant.ts';
import type { Decision } from '../../src/model/outcome.ts';
import type { Policy, Rule, Waiver } from '../../src/model/policy.ts';
import type { RuleReport, Verdict } from '../../src/model/verdict.ts';
import { emptyOf, losses } from './gateLosses.ts';
import { needsOf } from './gateNeeds.ts';
import { now, ruleFor, ruleIds, type World, world } from './gateWorld.ts';
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
  if (two.decision === 'go') assert.equal(one.decision, 'go', `${what}: the decision`);
  const was = reportsOf(one);
  for (const [id, { outcome }] of reportsOf(two)) {
    if (outcome !== 'pass') continue;
    const before = was.get(id)?.outcome;
    // Another phase in force brings rules of other gates; what was not judged before was not worse.
    if (before !== undefined) assert.equal(before, 'pass', `${what}: ${id}`);
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
        assert.ok(after === 'unknown' || after === 'fail', `${key} without ${needed}, ${loss.what}`);
      }
    }
  },
  least: { 'from go': 0.3, 'judged losses': 3 },
};

function rulesIn({ preflight = [], monitors = [], exit = [], phases = [] }: Policy): readonly Rule[] {
  const own = phases.flatMap(({ entry = [], monitors: rules = [] }) => [...entry, ...rules]);
  return [...preflight, ...monitors, ...own, ...exit];
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
    if (judged || !gateOne) assert.ok(rank[two.decision] <= rank[one.decision], 'the decision got better');
    if (rank[two.decision] < rank[one.decision]) shares.add('worse');
    const after = reportsOf(two);
    for (const [id, { outcome }] of reportsOf(one)) assert.equal(after.get(id)?.outcome, outcome, id);
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
    assert.equal(JSON.stringify(judge(listed)), JSON.stringify(one));
    const keyed = { ...before, evidence: before.evidence.map((item) => shuffleKeys(item, shuffle)) };
    assert.equal(JSON.stringify(judge(keyed)), JSON.stringify(one));
    const two = judge({ ...before, policy: reorder(before.policy, shuffle) });
    assert.equal(two.decision, one.decision);
    const [was, is] = [reportsOf(one), reportsOf(two)];
    assert.deepEqual([...is.keys()].sort(), [...was.keys()].sort());
    for (const [id, report] of is) assert.equal(JSON.stringify(report), JSON.stringify(was.get(id)), id);
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
  if (typeof value !== 'object' || value === null || 'pattern' in value) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffleKeys(item, shuffle)] as const);
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
      // A waiver is about the demand, not about whether it applies.
      const demanded = !was.message.startsWith('its `when` cannot be judged');
      const covered = demanded && (outcomes as readonly string[]).includes(was.outcome);
      const due = valid && covered && report.id === rule && !builtIn;
      if (!due) {
        assert.equal(JSON.stringify(report), JSON.stringify(was), key);
        continue;
      }
      assert.equal(report.outcome, 'waived', key);
      const { id, outcome, code } = report.waiver ?? {};
      assert.deepEqual([id, outcome, code], ['w', was.outcome, was.code], key);
      const decides = two.gates.some(({ id, role }) => role === 'decides' && key.startsWith(`${id} `));
      if (decides && report.severity === 'error') {
        assert.ok(Date.parse(two.validUntil) <= Math.max(instant, waiver.expires), 'valid for too long');
      }
    }
    const took = [...reportsOf(two).values()].some(({ outcome }) => outcome === 'waived');
    shares.add(took ? 'took effect' : valid ? 'nothing to waive' : 'not valid');
    assert.equal(
      two.waivers[0]?.state,
      waiver.from > instant ? 'not-yet' : waiver.expires <= instant ? 'expired' : took ? 'used' : 'unused',
    );
    const loud = two.findings.some(({ code }) => code === 'waiver.expired');
    assert.equal(loud, waiver.expires <= instant);
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
    assert.notEqual(two.decision, 'go');
    for (const [id, { outcome }] of reportsOf(two)) {
      // The gate of the phase says where the rollout stands; it never makes go.
      if (!id.startsWith('phase ')) assert.notEqual(outcome, 'pass', id);
    }
  },
  least: spread,
};
