import type { Json } from '../model/json.ts';
import { type BuildOptions, buildForTruth, buildForValue } from './build.ts';
import { type LogicScope, newFrame, type Run } from './closure.ts';
import { type LogicProblem, loadRule } from './load.ts';
import { type RuleReads, readsOf } from './reads.ts';
import type { Mode, Node } from './rule.ts';
import type { Leaf } from './trace.ts';
import { hiddenUnknown, isUnknown, reasonsOf, truthOf, type UnknownReason, type Value } from './value.ts';

export type { LogicScope } from './closure.ts';
export type { LogicProblem } from './load.ts';
export type { Leaf } from './trace.ts';

export interface NotKnown {
  known: false;
  /** At least one, at most eight, in the order in which they were met. */
  reasons: readonly UnknownReason[];
}

export type LogicResult = { known: true; value: Json } | NotKnown;

/**
 * The truth of a rule. `decided` is the value that decided: an `assert` whose deciding value is no boolean is
 * `assert.not-boolean`. A list or object that decided stands there as it is.
 */
export type TestResult = { known: true; value: boolean; decided: Json } | NotKnown;

export interface Compiled {
  /** The value of the rule; no part of it is unknown. */
  run(scope: LogicScope): LogicResult;
  /** Its truth, for predicates (`good`, `where`, `breach`, `incident`, `when`, `assert`). */
  test(scope: LogicScope): TestResult;
  /** The truth once more, with each leaf predicate that took part; slower, for explaining and citing. */
  trace(scope: LogicScope): { result: TestResult; leaves: readonly Leaf[] };
  /** The evidence paths that the rule reads, sorted, each once. */
  reads: readonly string[];
  /** All that the rule reads, with what it does with it, for the checks at load. */
  analysis: RuleReads;
}

export interface CompileOptions {
  /** `all`, `some`, `none` and `count` accept a list without elements. */
  allowEmpty?: boolean;
  /** `policy` (the default) refuses what could hide a missing fact. */
  mode?: Mode;
}

export type CompileResult =
  | { ok: true; compiled: Compiled }
  | { ok: false; problems: readonly LogicProblem[] };

/** Compiles a rule to closures, or says everything that is wrong with it. Never throws. */
export function compileLogic(rule: Json, options: CompileOptions = {}): CompileResult {
  const { mode = 'policy', allowEmpty = false } = options;
  const { node, problems } = loadRule(rule, mode);
  if (problems.length > 0) return { ok: false, problems };
  const analysis = readsOf(node);
  if (mode === 'policy' && analysis.evidence.length === 0) return { ok: false, problems: [readsNothing] };
  const plan: BuildOptions = { mode, allowEmpty, sight: 'evidence', traced: false };
  return {
    ok: true,
    compiled: { ...closures(node, plan, analysis.elements.length > 0), ...described(analysis) },
  };
}

function described(analysis: RuleReads): Pick<Compiled, 'reads' | 'analysis'> {
  return { reads: [...new Set(analysis.evidence.map((read) => read.path))].sort(), analysis };
}

/** Each kind of closure is built at the first wish: most rules are asked for their truth alone. */
function closures(
  node: Node,
  plan: BuildOptions,
  iterates: boolean,
): Pick<Compiled, 'run' | 'test' | 'trace'> {
  let value: Run | undefined;
  let truth: Run | undefined;
  let traced: Run | undefined;
  return {
    run: (scope) => toResult((value ??= buildForValue(node, plan))(undefined, newFrame(scope, iterates))),
    test: (scope) => toTest((truth ??= buildForTruth(node, plan))(undefined, newFrame(scope, iterates))),
    trace: (scope) => {
      traced ??= buildForTruth(node, { ...plan, traced: true });
      const leaves: Leaf[] = [];
      return { result: toTest(traced(undefined, newFrame(scope, iterates, leaves))), leaves };
    },
  };
}

const readsNothing: LogicProblem = {
  code: 'logic/no-evidence',
  pointer: '',
  message: 'the rule reads no evidence, so it would always say the same',
  hint: 'read a path with `var`',
};

/** A rule over plain data instead of evidence: what `evaluateLogic` compiles, for callers that run it often. */
export interface CompiledForData {
  run(data: unknown): LogicResult;
  test(data: unknown): TestResult;
}

const noScope: LogicScope = { read: (path) => ({ known: false, code: 'evidence.undeclared', path }) };

/** Compiles a rule that sees plain data as the one element of an iteration. Never throws. */
export function compileForData(
  rule: Json,
  options: { allowEmpty?: boolean } = {},
): { ok: true; compiled: CompiledForData } | { ok: false; problems: readonly LogicProblem[] } {
  const { node, problems } = loadRule(rule, 'data');
  if (problems.length > 0) return { ok: false, problems };
  const plan: BuildOptions = {
    mode: 'data',
    allowEmpty: options.allowEmpty ?? false,
    sight: 'element',
    traced: false,
  };
  let value: Run | undefined;
  let truth: Run | undefined;
  return {
    ok: true,
    compiled: {
      run: (data) => toResult((value ??= buildForValue(node, plan))(data, newFrame(noScope, false))),
      test: (data) => toTest((truth ??= buildForTruth(node, plan))(data, newFrame(noScope, false))),
    },
  };
}

function toResult(value: Value): LogicResult {
  if (typeof value === 'object' && value !== null) {
    const hidden = isUnknown(value) ? value : hiddenUnknown(value, '');
    if (hidden) return { known: false, reasons: reasonsOf(hidden) };
  }
  return { known: true, value: value as Json };
}

const isTrue: TestResult = Object.freeze({ known: true, value: true, decided: true });
const isFalse: TestResult = Object.freeze({ known: true, value: false, decided: false });

function toTest(value: Value): TestResult {
  if (typeof value === 'boolean') return value ? isTrue : isFalse;
  const truth = truthOf(value);
  return typeof truth === 'boolean'
    ? { known: true, value: truth, decided: value as Json }
    : { known: false, reasons: reasonsOf(truth) };
}
