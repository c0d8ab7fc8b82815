import { resolve } from 'node:path';
import { decodeText } from '../files/text.ts';
import { readNamedFile } from '../files/tree.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import { parseVerdicts } from '../parse/verdict.ts';

/** Reads the verdicts in the files named; the same one twice counts once. Every file that cannot be used is named. */
export function readStoredVerdicts(paths: readonly string[], cwd: string): Result<readonly Verdict[]> {
  const read = paths.map((path) => readOne(path, cwd));
  const bad = read.flatMap((one) => (one.ok ? [] : one.problems));
  if (bad.length > 0) return problems(...bad);
  const all = read.flatMap((one) => (one.ok ? one.value : []));
  return ok([...new Map(all.map((verdict) => [JSON.stringify(verdict), verdict])).values()]);
}

function readOne(path: string, cwd: string): Result<readonly Verdict[]> {
  const file = readNamedFile(resolve(cwd, path));
  if (!file.ok) return problems(refusal(`the file \`${path}\` cannot be read`));
  const text = decodeText(file.bytes);
  const parsed = text === undefined ? { message: 'it is not UTF-8' } : parseVerdicts(text);
  if ('value' in parsed) return ok(parsed.value);
  return problems(refusal(`\`${path}\` cannot be drawn: ${parsed.message}`));
}

function refusal(message: string): Problem {
  const hint = 'name a file written by `soakgate check --format json`';
  return { code: 'usage/verdict-file', message, hint };
}
