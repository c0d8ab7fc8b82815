import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { Check, LogRef, MetricBound, MetricCheck, StreakCheck } from '../../model/policy.ts';
import { buildMatcher } from './matchers.ts';
import { asDuration, asList, asMap, asNumber, asText, asTexts, given, mapEntries, optional } from './read.ts';

/** The keys of a rule that are checks. */
export const checkKeys = [
  ...[
    'expect',
    'assert',
    'passes',
    'streak',
    'soak',
    'quiet',
    'metric',
    'document',
    'approval',
    'attestation',
  ],
  ...['all', 'any', 'not'],
] as const;

/** Checks that the language has and this version cannot judge. */
export const checksNotBuilt: readonly string[] = ['approval', 'attestation'];

const builders: Readonly<Record<string, (value: Json) => Check>> = {
  expect: (value) => ({ kind: 'expect', paths: mapEntries(asMap(value), buildMatcher) }),
  assert: (value) => ({ kind: 'assert', logic: value }),
  passes: (value) => ({ kind: 'passes', of: asText(value) }),
  streak: (value) => buildStreak(asMap(value)),
  soak: (value) => buildSoak(asMap(value)),
  quiet: (value) => buildQuiet(asMap(value)),
  metric: (value) => buildMetric(asMap(value)),
  document: (value) => buildDocument(asMap(value)),
  all: (value) => ({ kind: 'all', checks: asList(value).map((part) => buildCheck(asMap(part))) }),
  any: (value) => ({ kind: 'any', checks: asList(value).map((part) => buildCheck(asMap(part))) }),
  not: (value) => ({ kind: 'not', check: buildCheck(asMap(value)) }),
};

/** The check of a rule or of a part. Which key it stands under was made sure of before. */
export function buildCheck(holder: JsonObject): Check {
  const key = Object.keys(holder).find((name) => builders[name] !== undefined) ?? 'assert';
  return (builders[key] as (value: Json) => Check)(holder[key] ?? null);
}

export function readLogRef(text: string): LogRef {
  const [log = '', view] = text.split('.');
  return view === undefined ? { log } : { log, view };
}

const logRef = (value: Json | undefined) => readLogRef(asText(value));
const texts = (value: Json | undefined) => mapEntries(asMap(value), asText);

function buildStreak(streak: JsonObject): Check {
  return {
    kind: 'streak',
    of: logRef(streak['of']),
    per: asText(streak['per']) as StreakCheck['per'],
    atLeast: asNumber(streak['atLeast']),
    columns: texts(streak['columns']),
    ...given({
      phase: optional(streak['phase'], asText),
      where: streak['where'],
      good: streak['good'],
      minGap: optional(streak['minGap'], asDuration),
      maxGap: optional(streak['maxGap'], asDuration),
    }),
  };
}

function buildSoak(soak: JsonObject): Check {
  return {
    kind: 'soak',
    of: logRef(soak['of']),
    phase: asText(soak['phase']),
    for: asDuration(soak['for']),
    maxGap: asDuration(soak['maxGap']),
    columns: texts(soak['columns']),
    ...given({ where: soak['where'], breach: soak['breach'] }),
  };
}

function buildQuiet(quiet: JsonObject): Check {
  return {
    kind: 'quiet',
    of: logRef(quiet['of']),
    within: asDuration(quiet['within']),
    heartbeat: logRef(quiet['heartbeat']),
    maxGap: asDuration(quiet['maxGap']),
    ...given({ incident: quiet['incident'] }),
  };
}

function buildMetric(metric: JsonObject): Check {
  const is = metric['atMost'] === undefined ? 'atLeast' : 'atMost';
  const check: MetricCheck = {
    kind: 'metric',
    of: asText(metric['of']),
    within: asDuration(metric['within']),
    stat: asText(metric['stat']),
    bound: { is, value: buildBound(metric[is]) },
    minCoverage: optional(metric['minCoverage'], asNumber) ?? 0.9,
    ...given({
      failureLimit: optional(metric['failureLimit'], asNumber),
      consecutiveSuccessLimit: optional(metric['consecutiveSuccessLimit'], asNumber),
    }),
  };
  return check;
}

function buildBound(value: Json | undefined): MetricBound {
  if (!isObject(value)) return asNumber(value);
  const bound = asMap(value);
  return {
    times: asNumber(bound['times']),
    baseline: asDuration(bound['baseline']),
    floor: asNumber(bound['floor']),
  };
}

function buildDocument(document: JsonObject): Check {
  return {
    kind: 'document',
    of: asText(document['of']),
    sections: asTexts(document['sections']),
    fields: asTexts(document['fields']),
    tasksDone: document['tasks'] === 'done',
    ...given({ date: optional(document['date'], asText) }),
  };
}
