import { compileLogic } from '../logic/compile.ts';
import type { Json } from '../model/json.ts';
import { splitPath } from '../model/paths.ts';
import type { Check, Rule } from '../model/policy.ts';

/** Ids of the evidence that a rule may look at, its `when` first, each once. The transition log is `transitions`. */
export function sourcesOf(rule: Pick<Rule, 'check' | 'when'>): readonly string[] {
  return [...new Set([...(rule.when === undefined ? [] : readBy(rule.when)), ...inCheck(rule.check)])];
}

function readBy(logic: Json): readonly string[] {
  const result = compileLogic(logic);
  return result.ok ? result.compiled.reads.map(idOf) : [];
}

function idOf(path: string): string {
  return splitPath(path).id;
}

function inCheck(check: Check): readonly string[] {
  switch (check.kind) {
    case 'expect':
      return Object.keys(check.paths).map(idOf);
    case 'assert':
      return readBy(check.logic);
    case 'passes':
    case 'metric':
      return [check.of];
    case 'document':
      return check.date === undefined ? [check.of] : [check.of, 'transitions'];
    case 'streak':
      return check.phase === undefined ? [check.of.log] : [check.of.log, 'transitions'];
    case 'soak':
      return [check.of.log, 'transitions'];
    case 'quiet':
      return [check.of.log, check.heartbeat.log];
    case 'all':
    case 'any':
      return check.checks.flatMap(inCheck);
    case 'not':
      return inCheck(check.check);
  }
}
