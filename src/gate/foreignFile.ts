import { readFileSync } from 'node:fs';
import { ownFileMatcher } from '../collect/ownFiles.ts';
import { seriesMatcher } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import { systemCode } from '../files/systemCode.ts';
import type { Policy } from '../model/policy.ts';
import { parseDotenv } from '../parse/dotenv.ts';

/**
 * What the policy has a file for, if that is something else than variables: itself, a log, the transitions, a report, or
 * evidence that is read from it. Paths are relative to the root.
 */
export function foreignUse(policy: Policy, paths: readonly string[]): string | undefined {
  const isOwn = ownFileMatcher(policy, []);
  const evidence = Object.entries(policy.evidence).flatMap(([id, spec]) =>
    evidencePaths(spec).map((path) => ({ id, matches: seriesMatcher(path, true) })),
  );
  for (const path of paths) {
    if (path === policy.path) return 'the policy';
    const read = evidence.find(({ matches }) => matches(path) !== undefined);
    if (read) return `the evidence \`${read.id}\``;
    if (isOwn(path)) return 'a file that the gate itself keeps';
  }
  return undefined;
}

function evidencePaths(spec: Policy['evidence'][string]): readonly string[] {
  if (spec.kind === 'dotenv') return [];
  if (spec.kind === 'command') return spec.results === undefined ? [] : [spec.results.path];
  return 'path' in spec ? [spec.path] : [];
}

/** The first line that no reader of env files takes; what cannot be read at all is told where it is to be written. */
export function foreignLine(file: string): number | undefined {
  const text = textIn(file);
  const findings = text === undefined ? [] : parseDotenv(text).findings;
  return findings.find(({ code }) => code === 'dotenv.malformed-line')?.line;
}

function textIn(file: string): string | undefined {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    if (systemCode(error) === 'unknown cause') throw error;
    return undefined;
  }
}
