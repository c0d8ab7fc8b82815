import { relative, resolve } from 'node:path';
import { isReadOnly } from '../files/output.ts';
import { decodeText } from '../files/text.ts';
import { readNamedFile } from '../files/tree.ts';
import { problems, type Problem, type Result } from '../model/problem.ts';
import { formatYaml } from '../parse/format/format.ts';
import { type NewText, readOnly } from './lint.ts';
import { allPolicyFiles } from './policies.ts';
import { policyCap } from './policyCache.ts';

/** Which files to lay out. */
export interface FormatRequest {
  /** None means `policies/*.yaml` and their waivers. */
  paths: readonly string[];
  cwd: string;
  root?: string;
}

/** A file and its text in the one layout; `changed` if that is another text. */
export interface Formatted extends NewText {
  changed: boolean;
}

/** Lays out policies and waivers; all problems of all files at once, and then nothing else. */
export async function format({ paths, ...request }: FormatRequest): Promise<Result<readonly Formatted[]>> {
  const named = paths.length > 0 ? paths.map((path) => resolve(request.cwd, path)) : undefined;
  const files = named ? { ok: true as const, value: named } : await allPolicyFiles(request);
  if (!files.ok) return files;
  const each = [...new Set(files.value)].map((file) => formatFile(file, request.cwd));
  const bad = each.flatMap((result) => (result.ok ? [] : result.problems));
  if (bad.length > 0) return problems(...bad);
  return { ok: true, value: each.flatMap((result) => (result.ok ? [result.value] : [])) };
}

function formatFile(file: string, cwd: string): Result<Formatted> {
  const shown = relative(cwd, file).replaceAll('\\', '/');
  const read = readNamedFile(file, policyCap);
  if (!read.ok) return problems(unreadable(shown, read.code === 'file.missing'));
  const formatted = formatBytes(read.bytes, shown);
  if (!formatted.ok) return formatted;
  const changed = Buffer.compare(Buffer.from(formatted.value), read.bytes) !== 0;
  if (changed && isReadOnly(file)) return problems(readOnly(shown));
  return { ok: true, value: { file, shown, text: formatted.value, changed } };
}

/** A text in the one layout, from bytes of UTF-8. */
export function formatBytes(bytes: Uint8Array, shown: string): Result<string> {
  const text = bytes.length <= policyCap ? decodeText(bytes) : undefined;
  if (text !== undefined) return formatYaml(text, shown);
  const at = { path: shown, line: 1, column: 1 };
  if (bytes.length > policyCap)
    return problems({ code: 'yaml/too-large', message: 'the file is larger than 64 kB', at });
  return problems({
    code: 'yaml/encoding',
    message: 'the file is not UTF-8 text',
    at,
    hint: 'save it as UTF-8',
  });
}

function unreadable(shown: string, missing: boolean): Problem {
  const hint = 'name a policy or waiver that can be read';
  return missing
    ? { code: 'usage/no-such-file', message: `there is no file \`${shown}\``, hint }
    : {
        code: 'usage/unreadable-file',
        message: `\`${shown}\` cannot be read, or is larger than 64 kB`,
        hint,
      };
}
