import { calculations } from './calculate.ts';
import type { Builder, Plan, Run, Test } from './closure.ts';
import { comparisons } from './compare.ts';
import { conditions, decidedByTruth, decisiveTruth } from './conditions.ts';
import { withFastTier } from './fast.ts';
import { lists } from './lists.ts';
import type { OperatorName } from './operators.ts';
import { paths } from './paths.ts';
import { type List, literalItems, type Mode, type Node, type Sight } from './rule.ts';
import { texts } from './text.ts';
import { traceCall } from './trace.ts';
import { madeList, truthOf } from './value.ts';

const builders: Readonly<Record<OperatorName, Builder>> = {
  ...paths,
  ...conditions,
  ...comparisons,
  ...calculations,
  ...texts,
  ...lists,
};

function buildValue(node: Node, plan: Plan): Run {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'list':
      return buildList(node, plan);
    case 'call': {
      const run = builders[node.operator](node, plan);
      return plan.traced ? traceCall(node, run, plan, false) : run;
    }
  }
}

function buildList(node: List, plan: Plan): Run {
  const literals = literalItems(node);
  // A new list each time, as the reference makes one: `in` finds lists by identity.
  if (literals) return () => madeList([...literals]);
  const runs = node.items.map((item) => plan.value(item, plan));
  return (element, frame) => runs.map((run) => run(element, frame));
}

function buildDecision(node: Node, plan: Plan): Run {
  return withFastTier(node, plan, buildThorough(node, plan));
}

function buildThorough(node: Node, plan: Plan): Run {
  if (node.kind !== 'call') return buildValue(node, plan);
  const decisive = decisiveTruth(node);
  if (decisive !== undefined) return decidedByTruth(decisive)(node, plan);
  const run = buildValue(node, plan);
  return plan.traced ? traceCall(node, run, plan, true) : run;
}

function buildTruth(node: Node, plan: Plan): Test {
  const run = buildThorough(node, plan);
  return withFastTier<Test>(node, plan, (element, frame) => {
    const value = run(element, frame);
    return typeof value === 'boolean' ? value : truthOf(value);
  });
}

export interface BuildOptions {
  mode: Mode;
  sight: Sight;
  allowEmpty: boolean;
  traced: boolean;
}

/** Compiles a node for a place where its value is asked. */
export function buildForValue(node: Node, options: BuildOptions): Run {
  return buildValue(node, planOf(options));
}

/** Compiles a node for a place where its truth is asked; the closure gives the value that decides. */
export function buildForTruth(node: Node, options: BuildOptions): Run {
  return buildDecision(node, planOf(options));
}

function planOf(options: BuildOptions): Plan {
  return { ...options, value: buildValue, decide: buildDecision, truth: buildTruth };
}
