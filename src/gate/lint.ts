import { lintPolicy } from '../analyze/lint/index.ts';
import { loadPolicy } from '../analyze/load.ts';
import { sha256 } from '../collect/digest.ts';
import { isReadOnly } from '../files/output.ts';
import type { Instant } from '../model/instant.ts';
import { compareProblems, type Problem } from '../model/problem.ts';
import { type OpenedPolicy, openEach } from './policies.ts';

/** Which policies to look at. */
export interface LintRequest {
  /** None means `policies/*.yaml`. */
  policyPaths: readonly string[];
  cwd: string;
  root?: string;
  inputs: Readonly<Record<string, string>>;
  /** Waivers are held against it. */
  now: Instant;
  /** Whether to mend what can be mended safely. */
  fix: boolean;
}

/** A file with what is to stand in it. */
export interface NewText {
  /** Absolute. */
  file: string;
  /** As people know it. */
  shown: string;
  text: string;
}

export interface LintReport {
  /** In the order of the places. Codes `usage/…` say that a file could not be looked at. */
  problems: readonly Problem[];
  /** What was found and is mended in `files`; places are those of the file as it was. */
  fixed: readonly { problem: Problem; added: string }[];
  files: readonly NewText[];
}

/** Everything that is wrong with policies and their waivers, or worth a second look. */
export async function lint({ policyPaths, fix, now, ...request }: LintRequest): Promise<LintReport> {
  const each = await openEach({ ...request, paths: policyPaths });
  if (!each.ok) return { problems: each.problems, fixed: [], files: [] };
  const reports: LintReport[] = [];
  for (const loaded of each.value) {
    if (!loaded.ok) reports.push({ problems: loaded.problems, fixed: [], files: [] });
    else if (fix) reports.push(await lintAndMend(loaded.value, request.inputs, now));
    else reports.push(lintOnly(loaded.value, now));
  }
  return {
    problems: reports.flatMap(({ problems }) => problems).sort(compareProblems),
    fixed: reports.flatMap(({ fixed }) => fixed),
    files: reports.flatMap(({ files }) => files),
  };
}

function lintOnly(loaded: OpenedPolicy, now: Instant): LintReport {
  return { problems: lintPolicy({ ...loaded, now }).map(({ problem }) => problem), fixed: [], files: [] };
}

/**
 * Adds the keys that lints ask for, and lints what comes out. INVARIANT: a text that would not load, or in which a
 * lint still finds what was to be mended, is never written.
 */
async function lintAndMend(
  loaded: OpenedPolicy,
  inputs: LintRequest['inputs'],
  now: Instant,
): Promise<LintReport> {
  const found = lintPolicy({ ...loaded, now });
  const fixes = found.flatMap(({ problem, fix }) => (fix ? [{ problem, fix }] : []));
  const { file, policy, text: before } = loaded;
  if (fixes.length === 0 || before === undefined) return lintOnly(loaded, now);
  if (isReadOnly(file)) return { ...lintOnly(loaded, now), problems: [readOnly(policy.path)] };
  const { addKeys } = await import('../parse/yaml/edit.ts');
  const text = addKeys(
    before,
    fixes.map(({ fix }) => fix),
  );
  const again = loadPolicy(text, { path: policy.path, digest: () => sha256(text), inputs });
  if (!again.ok) return lintOnly(loaded, now);
  const left = lintPolicy({ ...loaded, ...again.value, now });
  if (left.some(({ fix }) => fix)) return lintOnly(loaded, now);
  return {
    problems: left.map(({ problem }) => problem),
    fixed: fixes.map(({ problem, fix }) => ({ problem, added: `${fix.key}: ${fix.value}` })),
    files: [{ file, shown: policy.path, text }],
  };
}

export function readOnly(shown: string): Problem {
  return {
    code: 'usage/read-only',
    message: `\`${shown}\` is read-only, so it is left as it is`,
    hint: 'make it writable first',
  };
}
