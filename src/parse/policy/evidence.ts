import { hour, minute } from '../../model/instant.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type {
  ColumnSpec,
  CommandSpec,
  EvidenceSpec,
  FileSpec,
  Format,
  KindSpec,
  LogSpec,
  ValueType,
  VariableSpec,
} from '../../model/policy.ts';
import type { Place } from '../../model/problem.ts';
import { buildHttp, buildMetricsText, buildPrometheus } from './servers.ts';
import { asDuration, asMap, asText, asTexts, given, mapEntries, optional } from './read.ts';

export const evidenceKinds = [
  ...['env', 'dotenv', 'command', 'log', 'document', 'file', 'junit', 'ctrf', 'sarif', 'git'],
  ...['prometheus', 'http', 'metrics-text', 'github-checks', 'attestation'],
] as const;

/** Kinds that the language has and this version refuses. */
export const kindsNotBuilt: readonly string[] = ['github-checks', 'attestation'];

const path = (spec: JsonObject) => asText(spec['path']);

const builders: Readonly<Record<string, (spec: JsonObject) => KindSpec>> = {
  env: (spec) => ({ kind: 'env', variables: mapEntries(asMap(spec['variables']), buildVariable) }),
  dotenv: (spec) => ({
    kind: 'dotenv',
    path: path(spec),
    variables: mapEntries(asMap(spec['variables']), buildVariable),
  }),
  command: buildCommand,
  log: buildLog,
  document: (spec) => ({
    kind: 'document',
    path: path(spec),
    ...given({ time: optional(spec['time'], asText) }),
  }),
  file: buildFile,
  junit: (spec) => ({ kind: 'junit', path: path(spec) }),
  ctrf: (spec) => ({ kind: 'ctrf', path: path(spec) }),
  sarif: (spec) => ({ kind: 'sarif', path: path(spec) }),
  git: () => ({ kind: 'git' }),
  prometheus: buildPrometheus,
  http: buildHttp,
  'metrics-text': buildMetricsText,
};

/** One piece of evidence. That it has exactly one kind was made sure of before. */
export function buildEvidence(item: JsonObject, at: Place): EvidenceSpec {
  const kind = Object.keys(item).find((key) => builders[key] !== undefined) ?? 'git';
  return {
    at,
    ...given({
      bind: item['bind'] === 'commit' ? ('commit' as const) : undefined,
      maxAge: optional(item['maxAge'], asDuration),
      branch: optional(item['branch'], asText),
      description: optional(item['description'], asText),
    }),
    ...(builders[kind] as (spec: JsonObject) => KindSpec)(asMap(item[kind])),
  };
}

const valueType = (value: Json | undefined) =>
  value === undefined ? 'string' : (asText(value) as ValueType);

function buildVariable(value: Json): VariableSpec {
  const spec = asMap(value);
  return {
    type: valueType(spec['type']),
    secret: spec['secret'] === true,
    show: spec['show'] === true,
    placeholderAllowed: spec['placeholder'] === 'allowed',
    ...given({
      oneOf: optional(spec['oneOf'], asTexts),
      format: optional(spec['format'], (text) => asText(text) as Format),
    }),
  };
}

function buildCommand(spec: JsonObject): CommandSpec {
  const results = Object.entries(asMap(spec['results']))[0];
  return {
    kind: 'command',
    run: asTexts(spec['run']),
    timeout: optional(spec['timeout'], asDuration) ?? 10 * minute,
    protects: asTexts(spec['protects']),
    output: spec['output'] === 'json' ? 'json' : 'text',
    env: asTexts(spec['env']),
    serial: spec['serial'] === true,
    ...given({
      cwd: optional(spec['cwd'], asText),
      results: results && { format: results[0] as 'junit' | 'ctrf' | 'sarif', path: asText(results[1]) },
    }),
  };
}

function buildLog(spec: JsonObject): LogSpec {
  const time = asMap(spec['time']);
  return {
    kind: 'log',
    path: path(spec),
    table: asText(spec['table']),
    time: {
      column: asText(time['column']),
      kind: time['kind'] === 'date' ? 'date' : 'instant',
      ...given({ zone: optional(time['zone'], asText) }),
    },
    columns: mapEntries(asMap(spec['columns']), buildColumn),
    views: mapEntries(asMap(spec['views']), (logic) => logic),
    order: spec['order'] === 'newest-first' ? 'newest-first' : 'oldest-first',
    dated: spec['dated'] === 'optional' ? 'optional' : 'required',
    tolerance: optional(spec['tolerance'], asDuration) ?? 26 * hour,
  };
}

function buildColumn(value: Json): ColumnSpec {
  if (typeof value === 'string') return { type: value as ValueType };
  const spec = asMap(value);
  const oneOf = optional(spec['oneOf'] ?? spec['enum'], asTexts);
  return oneOf === undefined ? { type: valueType(spec['type']) } : { type: valueType(spec['type']), oneOf };
}

const formats: Readonly<Record<string, FileSpec['format']>> = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
};

function buildFile(spec: JsonObject): FileSpec {
  const ending = /\.([a-z]+)$/.exec(path(spec))?.[1] ?? '';
  return {
    kind: 'file',
    path: path(spec),
    format: (optional(spec['format'], asText) as FileSpec['format'] | undefined) ?? formats[ending] ?? 'text',
    type: valueType(spec['type']),
    ...given({
      pointer: optional(spec['pointer'], asText),
      pattern: optional(spec['pattern'], asText),
      oneOf: optional(spec['oneOf'], asTexts),
    }),
  };
}
