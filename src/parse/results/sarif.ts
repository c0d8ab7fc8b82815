import { parseInstant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import { misfit, type Shape } from '../shape.ts';
import { keepFailure, type ResultsReading, unparsable } from './reading.ts';

const levels = ['none', 'note', 'warning', 'error'] as const;
const level: Shape = { oneOf: levels };
const open = (fields: Readonly<Record<string, Shape>>): Shape => ({ fields, open: true });

/** The part of SARIF 2.1.0 that says whether there are errors. */
const document = open({
  version: { oneOf: ['2.1.0'] },
  runs: {
    list: open({
      tool: open({
        driver: open({ name: 'string', 'rules?': { list: rule() } }),
        'extensions?': { list: component() },
      }),
      'invocations?': {
        list: open({
          'executionSuccessful?': 'boolean',
          'endTimeUtc?': 'string',
          'toolExecutionNotifications?': { list: open({ 'level?': level }) },
          'toolConfigurationNotifications?': { list: open({ 'level?': level }) },
        }),
      },
      'results?': { list: result() },
      'versionControlProvenance?': { list: open({ 'revisionId?': 'string' }) },
      'externalPropertyFileReferences?': open({ 'results?': { list: 'any' } }),
    }),
  },
});

function rule(): Shape {
  return open({ id: 'string', 'defaultConfiguration?': open({ 'level?': level, 'enabled?': 'boolean' }) });
}

function component(): Shape {
  return open({ 'rules?': { list: rule() } });
}

function result(): Shape {
  return open({
    'ruleId?': 'string',
    'ruleIndex?': 'integer',
    'rule?': open({ 'id?': 'string', 'index?': 'integer', 'toolComponent?': open({ 'index?': 'integer' }) }),
    'level?': level,
    'kind?': { oneOf: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
    'baselineState?': { oneOf: ['new', 'unchanged', 'updated', 'absent'] },
    'suppressions?': { list: open({ 'status?': { oneOf: ['accepted', 'underReview', 'rejected'] } }) },
  });
}

interface Rule {
  id: string;
  defaultConfiguration?: { level?: Level };
}

type Level = (typeof levels)[number];

interface SarifResult {
  ruleId?: string;
  ruleIndex?: number;
  rule?: { id?: string; index?: number; toolComponent?: { index?: number } };
  level?: Level;
  kind?: string;
  baselineState?: string;
  suppressions?: readonly { status?: string }[];
}

interface Run {
  tool: {
    driver: { name: string; rules?: readonly Rule[] };
    extensions?: readonly { rules?: readonly Rule[] }[];
  };
  invocations?: readonly {
    executionSuccessful?: boolean;
    endTimeUtc?: string;
    toolExecutionNotifications?: readonly { level?: Level }[];
    toolConfigurationNotifications?: readonly { level?: Level }[];
  }[];
  results?: readonly SarifResult[];
  versionControlProvenance?: readonly { revisionId?: string }[];
  externalPropertyFileReferences?: { results?: readonly Json[] };
}

/**
 * Reads a SARIF 2.1.0 log. Each run of a tool counts as one test, which passed if it wrote results and says nothing of
 * having failed; each result of level `error` counts as one that failed, or as skipped where it is validly suppressed.
 * Warnings and notes do not count. A log in which no tool ran to results proves nothing.
 */
export function parseSarif(json: Json): ResultsReading {
  const wrong = misfit(json, document);
  if (wrong !== undefined) return unparsable(`\`${wrong}\` is not as SARIF 2.1.0 demands`);
  const { runs } = json as unknown as { runs: readonly Run[] };
  if (runs.some((run) => (run.externalPropertyFileReferences?.results ?? []).length > 0)) {
    return unparsable('results stand in another file, which is not read');
  }
  if (!runs.some((run) => run.results !== undefined)) {
    return { ok: false, code: 'tests.none', message: 'no run of a tool wrote results' };
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  for (const run of runs) {
    const state = stateOf(run);
    counts[state]++;
    if (state === 'failed') keepFailure(failures, `${run.tool.driver.name} did not run to its end`);
    for (const one of run.results ?? []) {
      if (one.baselineState === 'absent' || levelOf(one, run) !== 'error') continue;
      if (isSuppressed(one)) counts.skipped++;
      else {
        counts.failed++;
        keepFailure(failures, one.ruleId ?? one.rule?.id ?? 'a result without a rule');
      }
    }
  }
  const { passed, failed, skipped } = counts;
  const commit = oneCommit(runs);
  const endedAt = oldestEnd(runs);
  return {
    ok: true,
    results: { format: 'sarif', total: passed + failed + skipped, passed, failed, skipped, failures },
    ...(commit === undefined ? {} : { commit }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function stateOf(run: Run): 'passed' | 'failed' | 'skipped' {
  for (const invocation of run.invocations ?? []) {
    const notes = [
      ...(invocation.toolExecutionNotifications ?? []),
      ...(invocation.toolConfigurationNotifications ?? []),
    ];
    if (invocation.executionSuccessful === false || notes.some((note) => note.level === 'error'))
      return 'failed';
  }
  return run.results === undefined ? 'skipped' : 'passed';
}

/** Section 3.27.10: the result's own level, else that of its rule, else `warning`; only failures have one. */
function levelOf(one: SarifResult, run: Run): Level {
  if (one.level !== undefined) return one.level;
  if (one.kind !== undefined && one.kind !== 'fail') return 'none';
  const extension = one.rule?.toolComponent?.index;
  const rules = (extension === undefined ? run.tool.driver : run.tool.extensions?.[extension])?.rules ?? [];
  const index = one.rule?.index ?? one.ruleIndex;
  const id = one.rule?.id ?? one.ruleId;
  const described = index !== undefined && index >= 0 ? rules[index] : rules.find((known) => known.id === id);
  return described?.defaultConfiguration?.level ?? 'warning';
}

/** Section 3.27.23: suppressed if there is a suppression, and each of them is accepted. */
function isSuppressed(one: SarifResult): boolean {
  const list = one.suppressions ?? [];
  return list.length > 0 && list.every(({ status }) => status === undefined || status === 'accepted');
}

/** The commit, if every run names the same one. */
function oneCommit(runs: readonly Run[]): string | undefined {
  const named = runs.map(
    (run) => run.versionControlProvenance?.map((one) => one.revisionId?.toLowerCase()) ?? [undefined],
  );
  const [first, ...others] = new Set(named.flat());
  return others.length === 0 && first !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(first)
    ? first
    : undefined;
}

/** When the run that ended first did so; none if one does not say. */
function oldestEnd(runs: readonly Run[]): number | undefined {
  const ends = runs.map((run) => parseInstant(run.invocations?.at(-1)?.endTimeUtc ?? ''));
  return ends.includes(undefined) ? undefined : Math.min(...(ends as number[]));
}
