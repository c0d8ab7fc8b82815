import type { Json, JsonObject } from '../../model/json.ts';
import { once } from '../../model/once.ts';
import { pointTo } from '../../model/pointer.ts';
import { isZone, startOfDay } from '../../model/calendar.ts';
import { day, type Instant, parseDate, parseInstant, parseLocalTime } from '../../model/instant.ts';
import type {
  FreezeWindow,
  InputValue,
  Phase,
  Policy,
  RecordSpec,
  ReportSpec,
  Rule,
} from '../../model/policy.ts';
import type { YamlSource } from '../yaml/load.ts';
import { buildCheck } from './checks.ts';
import { buildEvidence } from './evidence.ts';
import { asDuration, asList, asMap, asScalar, asText, asTexts, given, mapEntries, optional } from './read.ts';

export interface Material {
  source: YamlSource;
  /** The document with inputs replaced. */
  value: Json;
  digest: () => string;
  inputs: readonly InputValue[];
}

/** Builds the model of a document that the schema and the checks of shape have accepted. */
export function buildPolicy({ source, value, digest: makeDigest, inputs }: Material): Policy {
  const digest = once(makeDigest);
  const top = asMap(value);
  const metadata = asMap(top['metadata']);
  const rules = (key: string) => optional(top[key], (list) => buildRules(list, source, `/${key}`));
  const timezone = optional(top['timezone'], asText) ?? 'UTC';
  return {
    path: source.path,
    get digest() {
      return digest();
    },
    name: asText(metadata['name']),
    title: asText(metadata['title']),
    version: asText(metadata['version']),
    owner: asText(metadata['owner']),
    appliesTo: asTexts(metadata['appliesTo']),
    timezone,
    inputs,
    evidence: mapEntries(asMap(top['evidence']), (item, id) =>
      buildEvidence(asMap(item), source.keyPlaceOf(pointTo('/evidence', id))),
    ),
    records: mapEntries(asMap(top['records']), buildRecord),
    reports: mapEntries(asMap(top['reports']), buildReport),
    ...given({
      description: optional(metadata['description'], asText),
      preflight: rules('preflight'),
      monitors: rules('monitors'),
      phases: optional(top['phases'], (list) => buildPhases(list, source)),
      exit: rules('exit'),
      freeze: optional(top['freeze'], (list) => buildFreeze(list, source, timezone)),
      transitions: optional(top['transitions'], (item) => ({ path: asText(asMap(item)['path']) })),
      waivers: optional(top['waivers'], asText),
    }),
  };
}

/** What is no date and no time is told by the checks. */
function buildFreeze(list: Json, source: YamlSource, zone: string): readonly FreezeWindow[] {
  return asList(list).map((item, index) => {
    const { from, until, reason, rrule, for: span } = asMap(item);
    const shared = { at: source.placeOf(pointTo('/freeze', index)), reason: asText(reason) };
    return rrule === undefined
      ? { kind: 'once', from: readStart(from, zone), until: readStart(until, zone), ...shared }
      : { kind: 'recurring', first: readLocal(from), rrule: asText(rrule), for: asDuration(span), ...shared };
  });
}

/** A bare date is the start of that day in the zone. */
function readStart(value: Json | undefined, zone: string): Instant {
  const text = asText(value);
  const date = parseDate(text);
  if (date === undefined) return parseInstant(text) ?? Number.NaN;
  return isZone(zone) ? startOfDay(zone, date) : Number.NaN;
}

function readLocal(value: Json | undefined): number {
  const text = asText(value);
  const date = parseDate(text);
  return date === undefined ? (parseLocalTime(text) ?? Number.NaN) : date * day;
}

function buildPhases(list: Json, source: YamlSource): readonly Phase[] {
  return asList(list).map((item, index) => {
    const phase = asMap(item);
    const pointer = pointTo('/phases', index);
    const rules = (key: string) =>
      optional(phase[key], (value) => buildRules(value, source, pointTo(pointer, key)));
    return {
      id: asText(phase['id']),
      title: optional(phase['title'], asText) ?? asText(phase['id']),
      at: source.placeOf(pointer),
      pins: mapEntries(asMap(phase['pins']), asScalar),
      ...given({
        deadline: optional(phase['deadline'], asDuration),
        entry: rules('entry'),
        monitors: rules('monitors'),
      }),
    };
  });
}

function buildRules(list: Json, source: YamlSource, pointer: string): readonly Rule[] {
  return asList(list).map((item, index) => buildRule(asMap(item), source, pointTo(pointer, index)));
}

function buildRule(rule: JsonObject, source: YamlSource, pointer: string): Rule {
  return {
    id: asText(rule['id']),
    title: asText(rule['title']),
    severity: (optional(rule['severity'], asText) as Rule['severity'] | undefined) ?? 'error',
    at: source.placeOf(pointer),
    check: buildCheck(rule),
    allowEmpty: rule['allowEmpty'] === true,
    controls: asTexts(rule['controls']),
    ...given({
      when: rule['when'],
      rationale: optional(rule['rationale'], asText),
      remediation: optional(rule['remediation'], asText),
      source: optional(rule['source'], asText),
    }),
  };
}

function buildRecord(value: Json): RecordSpec {
  const record = asMap(value);
  return {
    log: asText(record['log']),
    checks: asTexts(record['checks']),
    cells: mapEntries(asMap(record['cells']), asText),
  };
}

function buildReport(value: Json): ReportSpec {
  const report = asMap(value);
  return { format: asText(report['format']), path: asText(report['path']) };
}
