import type { Problem } from '../../model/problem.ts';
import { pointTo } from '../../model/pointer.ts';
import type { ParsedPolicy } from '../../parse/policy/parse.ts';
import { mostProblems } from '../../parse/yaml/load.ts';
import { problemIn } from '../../parse/yaml/problem.ts';
import { checkCheck } from './checks.ts';
import { findLongDurations } from './durations.ts';
import { checkEvidence } from './evidence.ts';
import { type Ground, gatesOf } from './ground.ts';
import { checkIds } from './ids.ts';
import { checkLogic } from './logic.ts';
import { checkZone } from './paths.ts';
import { checkGates, checkPhases } from './phases.ts';
import { checkRecords } from './records.ts';

/** Everything that the parts of a policy say wrongly of each other. */
export function crossCheck({ policy, source, value }: ParsedPolicy): readonly Problem[] {
  const told = new Map<string, Problem>();
  const ground: Ground = {
    policy,
    source,
    report(complaint) {
      const key = `${complaint.code} ${complaint.pointer} ${complaint.message}`;
      if (!told.has(key) && told.size < mostProblems) told.set(key, problemIn(source, complaint));
    },
  };
  checkZone(ground, policy.timezone, '/timezone');
  for (const complaint of findLongDurations(value)) ground.report(complaint);
  checkIds(ground);
  checkEvidence(ground);
  checkPhases(ground);
  checkGates(ground);
  for (const { rules, pointer } of gatesOf(policy)) {
    rules.forEach((rule, index) => {
      const at = pointTo(pointer, index);
      if (rule.when !== undefined)
        checkLogic(ground, { logic: rule.when, pointer: `${at}/when`, allowEmpty: rule.allowEmpty });
      checkCheck(ground, rule.check, { pointer: at, allowEmpty: rule.allowEmpty });
    });
  }
  checkRecords(ground);
  return [...told.values()];
}
