import { compareProblems, type Problem } from '../../model/problem.ts';
import type { Instant } from '../../model/instant.ts';
import type { CodeExplanation } from '../../model/explanation.ts';
import type { Policy, Waiver } from '../../model/policy.ts';
import { mostProblems, type YamlSource } from '../../parse/yaml/load.ts';
import { problemIn } from '../../parse/yaml/problem.ts';
import {
  commandWithoutMaxAge,
  testsUnseen,
  unboundCommand,
  unboundResults,
  unprotectedScript,
} from './commands.ts';
import { conditionalGate, laterPinWithoutTwin, whenNeverTrue } from './conditions.ts';
import { againstPins, contradiction, unreachablePhase } from './contradictions.ts';
import { deadlineTooShort } from './deadlines.ts';
import { duplicateRule } from './duplicates.ts';
import { endlessFreeze, freezeOutlastsDeadline, freezeOver, freezeWithin } from './freezes.ts';
import type { Facts, Finding, Fix, Lint } from './lint.ts';
import { heartbeatOfAnyRow, logOfOnePeriod, undatedRows } from './logs.ts';
import { phaseForAll, streakWithoutPhase, unusedEntry, wrongPhase } from './phases.ts';
import { undatedReport } from './reports.ts';
import { unusedEvidence, unusedInput, unusedView } from './unused.ts';
import { exampleFile, secretName } from './variables.ts';
import { waiverExpired, waiverExpiring, waiverIdle } from './waivers.ts';
import {
  metricFewSamples,
  metricNoBaseline,
  metricRetention,
  percentileOverDays,
  soakFewRecords,
} from './windows.ts';

/** Every lint by its code. What is wrong beyond doubt is refused by loading; lints see policies that load. */
export const lints = {
  'lint/against-pins': againstPins,
  'lint/command-without-max-age': commandWithoutMaxAge,
  'lint/conditional-gate': conditionalGate,
  'lint/contradiction': contradiction,
  'lint/deadline-too-short': deadlineTooShort,
  'lint/duplicate-rule': duplicateRule,
  'lint/endless-freeze': endlessFreeze,
  'lint/example-file': exampleFile,
  'lint/freeze-outlasts-deadline': freezeOutlastsDeadline,
  'lint/freeze-over': freezeOver,
  'lint/freeze-within': freezeWithin,
  'lint/heartbeat-of-any-row': heartbeatOfAnyRow,
  'lint/later-pin-without-twin': laterPinWithoutTwin,
  'lint/log-of-one-period': logOfOnePeriod,
  'lint/metric-few-samples': metricFewSamples,
  'lint/metric-no-baseline': metricNoBaseline,
  'lint/metric-retention': metricRetention,
  'lint/percentile-over-days': percentileOverDays,
  'lint/phase-for-all': phaseForAll,
  'lint/secret-name': secretName,
  'lint/soak-few-records': soakFewRecords,
  'lint/streak-without-phase': streakWithoutPhase,
  'lint/tests-unseen': testsUnseen,
  'lint/unbound-command': unboundCommand,
  'lint/unbound-results': unboundResults,
  'lint/undated-report': undatedReport,
  'lint/undated-rows': undatedRows,
  'lint/unprotected-script': unprotectedScript,
  'lint/unreachable-phase': unreachablePhase,
  'lint/unused-entry': unusedEntry,
  'lint/unused-evidence': unusedEvidence,
  'lint/unused-input': unusedInput,
  'lint/unused-view': unusedView,
  'lint/waiver-expired': waiverExpired,
  'lint/waiver-expiring': waiverExpiring,
  'lint/waiver-idle': waiverIdle,
  'lint/when-never-true': whenNeverTrue,
  'lint/wrong-phase': wrongPhase,
} as const satisfies Record<`lint/${string}`, Lint>;

export type LintCode = keyof typeof lints;

export const lintCodes = Object.keys(lints) as readonly LintCode[];

/** What a lint is about; undefined if there is none of that code. */
export function explainLint(code: string): CodeExplanation | undefined {
  const lint = Object.hasOwn(lints, code) ? lints[code as LintCode] : undefined;
  if (lint === undefined) return undefined;
  const { summary: meaning, fix: todo } = lint;
  const givenBy = '`soakgate lint`, of a policy that loads; examples stand in docs/reference/lints.md';
  return { apiVersion: 'soakgate/v1', kind: 'Explanation', of: 'problem', code, meaning, givenBy, todo };
}

/** A policy that loads, the files it came from, and the instant to hold its waivers against. */
export interface LintSubject {
  policy: Policy;
  source: YamlSource;
  waivers: readonly Waiver[];
  /** The files of the waivers, by id. */
  waiverSources: ReadonlyMap<string, YamlSource>;
  now: Instant;
}

/** What a lint found, and the key that would mend it where that is safe. */
export interface Linted {
  problem: Problem;
  fix?: Fix;
}

/** Everything that all lints have to say about a policy and its waivers, in the order of the files. */
export function lintPolicy({ policy, source, waivers, waiverSources, now }: LintSubject): readonly Linted[] {
  const lineOf = (pointer: string) => source.placeOf(pointer).line;
  const facts: Facts = { policy, document: source.value, waivers, now, lineOf };
  const sourceOf = ({ waiver }: Finding) =>
    (waiver === undefined ? undefined : waiverSources.get(waiver)) ?? source;
  const found = lintCodes.flatMap((code) => {
    const lint: Lint = lints[code];
    return lint
      .judge(facts)
      .slice(0, mostProblems)
      .map((finding): Linted => {
        const { message, pointer, atKey = false, hint = lint.fix, fix } = finding;
        const problem = {
          ...problemIn(sourceOf(finding), { code, message, pointer, atKey, hint }),
          severity: lint.severity,
        };
        return fix === undefined ? { problem } : { problem, fix };
      });
  });
  return found.sort((a, b) => compareProblems(a.problem, b.problem));
}
