import type { Json } from '../model/json.ts';
import type { FileSpec } from '../model/policy.ts';
import { parseJson } from '../parse/json.ts';
import { valueAt } from '../parse/pointer.ts';
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
  if (spec.format === 'text') {
    const file = readText(spec, context);
    if (!file.ok) return file;
    return answer(spec, await findByPattern(file.text, spec), { path: file.path, context });
  }
  const document = await openDocument(spec, context);
  if (!document.ok) return document;
  return answer(spec, findByPointer(document.parsed, spec), { path: document.path, context });
};

function readText(
  spec: FileSpec,
  { workspace }: CollectContext,
): { ok: true; path: string; text: string } | Unseen {
  const file = workspace.read(spec.path, spec.format === 'json' ? evidenceCap : slowCap);
  if (!file.ok) return unreadable(file, spec.path);
  const text = decodeText(file.bytes);
  if (text !== undefined) return { ok: true, path: file.path, text };
  return unseen('file.unparsable', `\`${file.path}\` is not UTF-8`, { path: file.path });
}

/** A file that pointers lead into. */
type OpenDocument = { ok: true; path: string; parsed: Parsed | NotFound } | Unseen;

/**
 * The file read last in each collection: policies take one value after the other out of the same file, which is then
 * read once, and all of them are values of one moment.
 */
const lastDocuments = new WeakMap<CollectContext, { name: string; document: OpenDocument }>();

async function openDocument(spec: FileSpec, context: CollectContext): Promise<OpenDocument> {
  const name = `${spec.format} ${spec.path}`;
  const last = lastDocuments.get(context);
  if (last?.name === name) return last.document;
  const file = readText(spec, context);
  const document = file.ok
    ? { ok: true as const, path: file.path, parsed: await parseStructured(file.text, spec) }
    : file;
  lastDocuments.set(context, { name, document });
  return document;
}

function answer(
  spec: FileSpec,
  found: Found | NotFound,
  { path, context }: { path: string; context: CollectContext },
): Collected {
  if ('code' in found) return unseen(found.code, found.message, { path, ...lineOf(found) });
  return typed(spec, found, { path, context });
}

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

function findByPointer(parsed: Parsed | NotFound, spec: FileSpec): Found | NotFound {
  if ('code' in parsed) return parsed;
  const pointer = spec.pointer ?? '';
  const value = valueAt(parsed.value, pointer);
  if (value === undefined)
    return { code: 'file.no-match', message: `\`${spec.path}\` holds nothing at \`${pointer}\`` };
  const line = parsed.lineOf(pointer);
  const where = line === undefined ? {} : { line };
  if (value === null)
    return { code: 'evidence.null', message: `\`${spec.path}\` holds null at \`${pointer}\``, ...where };
  return { typed: true, value, ...where };
}

interface Parsed {
  value: Json;
  /** The line on which the value at a pointer begins, where the format's reader can tell. */
  lineOf(pointer: string): number | undefined;
}

async function parseStructured(text: string, spec: FileSpec): Promise<Parsed | NotFound> {
  switch (spec.format) {
    case 'json': {
      const json = parseJson(text);
      return json.ok ? json : broken(spec.path, json.message, json.line);
    }
    case 'yaml': {
      const { loadYaml } = await import('../parse/yaml/load.ts');
      const yaml = loadYaml(text, spec.path, { bytes: slowCap });
      if (!yaml.ok) return broken(spec.path, 'the YAML is not accepted', yaml.problems[0]?.at?.line);
      const { value, placeOf } = yaml.value;
      return { value, lineOf: (pointer) => placeOf(pointer).line };
    }
    case 'toml': {
      const { parseToml } = await import('../parse/toml.ts');
      const toml = parseToml(text);
      if (!toml.ok) return broken(spec.path, 'the TOML is broken', toml.line);
      return { value: toml.value, lineOf: () => undefined };
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
