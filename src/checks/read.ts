import type {
  CommandContent,
  DocumentContent,
  Evidence,
  GitContent,
  Observed,
  TestResults,
  Variable,
} from '../model/evidence.ts';
import { formatInstant } from '../model/instant.ts';
import { isObject, type Json } from '../model/json.ts';
import { type FixedName, splitPath } from '../model/paths.ts';
import type { EvidenceSpec } from '../model/policy.ts';
import type { Origin, Reading } from '../model/reading.ts';
import type { CheckContext } from './context.ts';
import { fitsType } from './fits.ts';
import { missing, originOf } from './path.ts';
import { readLogPath } from './rows.ts';

/** The value at an evidence path (semantics section 9), or the reason why there is none. */
export function readPath(path: string, context: Omit<CheckContext, 'read'>): Reading {
  const { id, rest } = splitPath(path);
  const item = context.evidence(id);
  if (item.status === 'absent') return missing(path, item.code, item.message, originOf(item));
  const content = item.content;
  const spec = Object.hasOwn(context.policy.evidence, id) ? context.policy.evidence[id] : undefined;
  switch (content.type) {
    case 'variables':
      return readVariable(path, item, { variables: content.variables, spec });
    case 'log':
      return readLogPath(path, rest, context);
    case 'document':
      return readDocument(path, rest, content, originOf(item));
    case 'value':
      if (rest !== '') return undeclared(path, item);
      return declared(value(content.value, path, originOf(item, content.line)), spec);
    case 'git':
      return field(path, rest, gitFields(content), item);
    case 'tests':
      return field(path, rest, counts(content.tests), item);
    case 'command':
      if (rest === 'json' || rest.startsWith('json.'))
        return readJson(path, rest.slice(5), content.json, item);
      return field(path, rest, commandFields(content), item);
    case 'samples':
    case 'transitions':
      return undeclared(path, item);
  }
}

function undeclared(path: string, item: Evidence): Reading {
  return missing(path, 'evidence.undeclared', `nothing declares \`${path}\``, originOf(item));
}

/** INVARIANT: neither null nor empty text is ever a known value of a path (semantics sections 1 and 2). */
function value(json: Json | undefined, path: string, from: Origin): Reading {
  if (json === undefined || json === null || (typeof json === 'string' && json.trim() === '')) {
    return missing(path, 'evidence.null', `\`${path}\` holds no value`, from);
  }
  return { known: true, value: json, from };
}

/** INVARIANT: a value outside its declared type is absent, whoever delivered it (semantics section 2). */
function declared(reading: Reading, spec: EvidenceSpec | undefined): Reading {
  if (!reading.known || spec?.kind !== 'file' || fitsType(reading.value, spec)) return reading;
  const id = reading.from?.evidence ?? '';
  const words = `the value of \`${id}\` is not of its declared type`;
  return missing(id, 'evidence.ill-typed', words, reading.from ?? { evidence: id });
}

function field(path: string, name: string, fields: Fields<string>, item: Observed): Reading {
  if (!Object.hasOwn(fields, name)) return undeclared(path, item);
  return value(fields[name], path, originOf(item));
}

type Fields<Name extends string> = Readonly<Record<Name, Json | undefined>>;

function commandFields({ exitCode, seconds, stdout }: CommandContent): Fields<FixedName<'command'>> {
  return { exitCode, seconds, stdout };
}

function gitFields({ commit, branch, dirty, committedAt }: GitContent): Fields<FixedName<'git'>> {
  return { commit, branch, dirty, committedAt: formatInstant(committedAt) };
}

function counts({ total, passed, failed, skipped }: TestResults): Fields<FixedName<'junit'>> {
  return { total, passed, failed, skipped };
}

function readVariable(
  path: string,
  item: Observed,
  {
    variables,
    spec,
  }: {
    variables: Readonly<Record<string, Variable>>;
    spec: EvidenceSpec | undefined;
  },
): Reading {
  const name = splitPath(path).rest;
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (!variable) return undeclared(path, item);
  const from = originOf(item, variable.line);
  switch (variable.state) {
    case 'value':
      if (!fitsVariable(variable.value, name, spec)) {
        return missing(path, 'evidence.ill-typed', `\`${name}\` is not of its declared type`, from);
      }
      return value(variable.value, path, from);
    case 'present':
      return missing(path, 'evidence.hidden', `\`${name}\` is set; its value is not kept`, from);
    case 'unset':
      return missing(path, variable.code, `\`${name}\` ${unsetWords[variable.code]}`, from);
    case 'ill-typed':
      return missing(path, 'evidence.ill-typed', `\`${name}\` is not ${variable.expected}`, from);
  }
}

function fitsVariable(json: Json, name: string, spec: EvidenceSpec | undefined): boolean {
  if (spec?.kind !== 'env' && spec?.kind !== 'dotenv') return true;
  const own = Object.hasOwn(spec.variables, name) ? spec.variables[name] : undefined;
  return own !== undefined && fitsType(json, own);
}

const unsetWords = {
  'env.unset': 'is not set',
  'env.blank': 'is empty, which counts as not set',
  'env.placeholder': 'still holds a placeholder, which counts as not set',
} as const;

function readDocument(path: string, rest: string, content: DocumentContent, from: Origin): Reading {
  const { id: part, rest: name } = splitPath(rest);
  if (part === 'tasks' && (name === 'open' || name === 'done')) {
    return { known: true, value: content.tasks[name].length, from };
  }
  if (part === 'fields' || part === 'sections') {
    const found = Object.hasOwn(content[part], name) ? content[part][name] : undefined;
    if (found && found.text.trim() !== '') {
      return { known: true, value: found.text, from: { ...from, line: found.line } };
    }
    const code = part === 'fields' ? 'document.missing-field' : 'document.missing-section';
    return missing(path, code, `\`${name}\` is missing or empty in \`${content.path}\``, from);
  }
  return missing(path, 'evidence.undeclared', `nothing declares \`${path}\``, from);
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function readJson(path: string, pointer: string, json: Json | undefined, item: Observed): Reading {
  let at: Json | undefined = json;
  for (const key of pointer === '' ? [] : pointer.split('.')) {
    if (isList(at)) at = /^\d{1,6}$/.test(key) ? at[Number(key)] : undefined;
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return value(at, path, originOf(item));
}
