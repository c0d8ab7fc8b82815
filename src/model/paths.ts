import type { EvidenceSpec, Format, LogSpec, ValueType, VariableSpec } from './policy.ts';

/**
 * The one table of evidence paths and their types (semantics section 9):
 *
 * | evidence | path | type |
 * |---|---|---|
 * | env, dotenv | `ID.NAME` | as declared; without `oneOf` or `show` only presence and format |
 * | command | `ID.exitCode`, `ID.seconds`; `ID.stdout`; `ID.json`, `ID.json.…` (`output: json`) | number; string; any |
 * | log | `ID`, `ID.VIEW`; `ID.count`; `ID.last.COLUMN` | rows; number; as declared (the time column: time) |
 * | document | `ID.fields.NAME`, `ID.sections.NAME`; `ID.tasks.open`, `ID.tasks.done` | string; number |
 * | file | `ID` | as declared |
 * | junit, ctrf, sarif | `ID.total`, `ID.passed`, `ID.failed`, `ID.skipped` | number |
 * | git | `ID.commit`, `ID.branch`; `ID.dirty`; `ID.committedAt` | string; boolean; time |
 */
export type PathType =
  | { is: 'value'; type: ValueType; oneOf?: readonly string[]; format?: Format; hidden: boolean }
  | { is: 'rows'; log: string; view?: string }
  | { is: 'any' };

/** What a path names, or why it names nothing, with the names that would do. */
export type PathLookup =
  | { found: true; evidence: string; type: PathType }
  | { found: false; missing: 'evidence' | 'path'; candidates: readonly string[] };

const value = (type: ValueType, oneOf?: readonly string[]): PathType =>
  oneOf === undefined ? { is: 'value', type, hidden: false } : { is: 'value', type, oneOf, hidden: false };

const counts = {
  total: value('number'),
  passed: value('number'),
  failed: value('number'),
  skipped: value('number'),
};

/** The id and the rest of an evidence path: `flags.AUTH_MODE` is `flags` and `AUTH_MODE`. Ids hold no dot. */
export function splitPath(path: string): { id: string; rest: string } {
  const dot = path.indexOf('.');
  return dot < 0 ? { id: path, rest: '' } : { id: path.slice(0, dot), rest: path.slice(dot + 1) };
}

/** Looks up an evidence path among the declared evidence. */
export function lookUpPath(evidence: Readonly<Record<string, EvidenceSpec>>, path: string): PathLookup {
  const { id, rest } = splitPath(path);
  const spec = Object.hasOwn(evidence, id) ? evidence[id] : undefined;
  if (!spec) return { found: false, missing: 'evidence', candidates: Object.keys(evidence) };
  const type = typeOf(spec, id, rest);
  if (type) return { found: true, evidence: id, type };
  return { found: false, missing: 'path', candidates: pathsOf(spec, id) };
}

function typeOf(spec: EvidenceSpec, id: string, rest: string): PathType | undefined {
  switch (spec.kind) {
    case 'env':
    case 'dotenv':
      return Object.hasOwn(spec.variables, rest)
        ? typeOfVariable(spec.variables[rest] as VariableSpec)
        : undefined;
    case 'log':
      return typeInLog(spec, id, rest);
    case 'document':
      return /^(?:fields|sections)\../.test(rest) ? value('string') : fixedType(spec, rest);
    case 'file':
      return rest === '' ? value(spec.type, spec.oneOf) : undefined;
    case 'command':
      if (spec.output === 'json' && /^json(?:\.|$)/.test(rest)) return { is: 'any' };
      return fixedType(spec, rest);
    case 'git':
    case 'junit':
    case 'ctrf':
    case 'sarif':
    case 'prometheus':
    case 'http':
    case 'metrics-text':
    case 'github-checks':
    case 'attestation':
      return fixedType(spec, rest);
  }
}

/** Paths that are there whatever the policy declares. */
const fixed = {
  command: { exitCode: value('number'), seconds: value('number'), stdout: value('string') },
  document: { 'tasks.open': value('number'), 'tasks.done': value('number') },
  junit: counts,
  ctrf: counts,
  sarif: counts,
  git: {
    commit: value('string'),
    branch: value('string'),
    dirty: value('boolean'),
    committedAt: value('time'),
  },
} as const satisfies Partial<Record<EvidenceSpec['kind'], Readonly<Record<string, PathType>>>>;

/** The names behind the id that evidence of a kind always has; whoever delivers their values has to know them all. */
export type FixedName<Kind extends keyof typeof fixed> = keyof (typeof fixed)[Kind];

function fixedTypes(kind: EvidenceSpec['kind']): Readonly<Record<string, PathType>> {
  return (fixed as Partial<Record<typeof kind, Readonly<Record<string, PathType>>>>)[kind] ?? {};
}

function fixedType(spec: EvidenceSpec, rest: string): PathType | undefined {
  const types = fixedTypes(spec.kind);
  return Object.hasOwn(types, rest) ? types[rest] : undefined;
}

function typeOfVariable(variable: VariableSpec): PathType {
  const hidden = variable.secret || (variable.oneOf === undefined && !variable.show);
  const type = { ...value(variable.type, variable.oneOf), hidden } as PathType;
  return variable.format === undefined ? type : ({ ...type, format: variable.format } as PathType);
}

function typeInLog(spec: LogSpec, id: string, rest: string): PathType | undefined {
  if (rest === '') return { is: 'rows', log: id };
  if (rest === 'count') return value('number');
  if (rest.startsWith('last.')) return columnType(spec, rest.slice('last.'.length), true);
  return Object.hasOwn(spec.views, rest) ? { is: 'rows', log: id, view: rest } : undefined;
}

/** The type of a column; the time column is there for whoever sees whole rows (`withTime`), not for `where` and its like. */
export function columnType(spec: LogSpec, column: string, withTime: boolean): PathType | undefined {
  const declared = Object.hasOwn(spec.columns, column) ? spec.columns[column] : undefined;
  if (declared) return value(declared.type, declared.oneOf);
  return withTime && column === spec.time.column ? value('time') : undefined;
}

/** Every path that evidence offers, as far as they can be listed. */
export function pathsOf(spec: EvidenceSpec, id: string): readonly string[] {
  const names = Object.keys(fixedTypes(spec.kind)).map((name) => `${id}.${name}`);
  switch (spec.kind) {
    case 'env':
    case 'dotenv':
      return Object.keys(spec.variables).map((name) => `${id}.${name}`);
    case 'log': {
      const columns = [...Object.keys(spec.columns), spec.time.column];
      const views = Object.keys(spec.views).map((name) => `${id}.${name}`);
      return [id, `${id}.count`, ...views, ...columns.map((column) => `${id}.last.${column}`)];
    }
    case 'file':
      return [id];
    case 'command':
      return spec.output === 'json' ? [...names, `${id}.json`] : names;
    case 'document':
    case 'git':
    case 'junit':
    case 'ctrf':
    case 'sarif':
    case 'prometheus':
    case 'http':
    case 'metrics-text':
    case 'github-checks':
    case 'attestation':
      return names;
  }
}
