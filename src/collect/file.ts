import type { Json } from '../model/json.ts';
import { pointerSteps } from '../model/pointer.ts';
import { isObject } from '../model/json.ts';
import type { FileSpec } from '../model/policy.ts';
import { parseJson } from '../parse/json.ts';
import { readTyped, typeWords } from '../parse/typed.ts';
import { decodeText } from '../files/text.ts';
import { evidenceCap } from '../files/workspace.ts';
import {
  type CollectContext,
  type Collected,
  type Collector,
  type Unseen,
  unreadable,
  unseen,
} from './collector.ts';

/** What is not JSON may hold 2 MB: readers of YAML take hundreds of bytes for each, and RE2 is linear but not fast. */
const slowCap = 2 * 1024 * 1024;

/** `file` evidence: one typed value of a JSON, YAML, TOML or text file. */
export const collectFile: Collector<'file'> = async (spec, context) => {
  const file = context.workspace.read(spec.path, spec.format === 'json' ? evidenceCap : slowCap);
  if (!file.ok) return unreadable(file, spec.path);
  const text = decodeText(file.bytes);
  if (text === undefined)
    return unseen('file.unparsable', `\`${file.path}\` is not UTF-8`, { path: file.path });
  const found = spec.format === 'text' ? await findByPattern(text, spec) : await findByPointer(text, spec);
  if ('code' in found) return unseen(found.code, found.message, { path: file.path, ...lineOf(found) });
  return typed(spec, found, { path: file.path, context });
};

/** A capture is text; what a pointer finds has a type of its own. */
type Found = { line?: number } & ({ typed: false; value: string } | { typed: true; value: Json });

type NotFound = Pick<Unseen, 'code' | 'message'> & { line?: number };

function lineOf({ line }: { line?: number }): { line?: number } {
  return line === undefined ? {} : { line };
}

/** Text of a file is read as its type; a value of JSON, YAML or TOML has to be of it already. */
function typed(
  spec: FileSpec,
  found: Found,
  { path, context }: { path: string; context: CollectContext },
): Collected {
  const source = { path, ...lineOf(found) };
  const value = found.typed ? keepTyped(found.value, spec) : readTyped(found.value, spec);
  if (value === undefined)
    return unseen('evidence.ill-typed', `the value in \`${path}\` is not ${typeWords(spec)}`, source);
  const kept = typeof value === 'string' ? context.redactor.text(value) : value;
  if (typeof kept === 'string' && kept.trim() === '') {
    return unseen('evidence.null', `the value in \`${path}\` is empty`, source);
  }
  return { ok: true, content: { type: 'value', value: kept, ...lineOf(found) }, source, findings: [] };
}

function keepTyped(value: Json, spec: FileSpec): string | number | boolean | undefined {
  if (typeof value === 'string') {
    return spec.type === 'number' || spec.type === 'boolean' ? undefined : readTyped(value, spec);
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return typeof value === spec.type && (spec.oneOf?.includes(String(value)) ?? true) ? value : undefined;
}

async function findByPointer(text: string, spec: FileSpec): Promise<Found | NotFound> {
  const parsed = await parseStructured(text, spec);
  if ('code' in parsed) return parsed;
  const pointer = spec.pointer ?? '';
  let value: Json | undefined = parsed.value;
  for (const step of pointerSteps(pointer)) {
    if (isList(value)) value = /^(?:0|[1-9]\d{0,9})$/.test(step) ? value[Number(step)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  if (value === undefined)
    return { code: 'file.no-match', message: `\`${spec.path}\` holds nothing at \`${pointer}\`` };
  const { line } = parsed;
  if (value === null)
    return {
      code: 'evidence.null',
      message: `\`${spec.path}\` holds null at \`${pointer}\``,
      ...(line === undefined ? {} : { line }),
    };
  return { typed: true, value, ...(line === undefined ? {} : { line }) };
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

interface Parsed {
  value: Json;
  line?: number;
}

async function parseStructured(text: string, spec: FileSpec): Promise<Parsed | NotFound> {
  const pointer = spec.pointer ?? '';
  switch (spec.format) {
    case 'json': {
      const json = parseJson(text, { pointer });
      return json.ok ? json : broken(spec.path, json.message, json.line);
    }
    case 'yaml': {
      const { loadYaml } = await import('../parse/yaml/load.ts');
      const yaml = loadYaml(text, spec.path, { bytes: slowCap });
      if (!yaml.ok) return broken(spec.path, 'the YAML is not accepted', yaml.problems[0]?.at?.line);
      return { value: yaml.value.value, line: yaml.value.placeOf(pointer).line };
    }
    case 'toml': {
      const { parseToml } = await import('../parse/toml.ts');
      const toml = parseToml(text);
      return toml.ok ? { value: toml.value } : broken(spec.path, 'the TOML is broken', toml.line);
    }
    case 'text':
      return broken(spec.path, 'text has no pointer');
  }
}

function broken(path: string, what: string, line?: number): NotFound {
  const where = line === undefined ? '' : ` at line ${line}`;
  return {
    code: 'file.unparsable',
    message: `\`${path}\` cannot be parsed${where}: ${what}`,
    ...(line === undefined ? {} : { line }),
  };
}

/** The first capture of the pattern; two matches that capture different texts are no answer. */
async function findByPattern(text: string, spec: FileSpec): Promise<Found | NotFound> {
  const { compilePattern } = await import('../parse/pattern.ts');
  const pattern = compilePattern(spec.pattern ?? '');
  if (!pattern) return { code: 'file.no-match', message: 'the pattern is no RE2 pattern with one capture' };
  let first: { value: string; at: number } | undefined;
  for (const { value, at } of pattern.captures(text)) {
    first ??= { value, at };
    if (value !== first.value) {
      const lines = [lineAt(text, first.at), lineAt(text, at)];
      const message = `the pattern finds different values in \`${spec.path}\`, at lines ${lines.join(' and ')}`;
      return { code: 'file.ambiguous', message, line: lines[0] as number };
    }
  }
  if (!first) return { code: 'file.no-match', message: `the pattern finds nothing in \`${spec.path}\`` };
  return { typed: false, value: first.value, line: lineAt(text, first.at) };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
