import type { Policy } from '../model/policy.ts';
import { cleanPath, folderOf } from '../files/path.ts';
import { seriesMatcher } from '../files/series.ts';
import { isStoredVerdict } from '../files/storedVerdict.ts';

/**
 * Tells the policy's own files: those of its `log` evidence, the transition log with its stored verdicts, its reports,
 * and the files that the command line names for evidence and output. Changes to them do not make a tree dirty and do
 * not outdate evidence (semantics section 9). Paths are relative to the root.
 */
export function ownFileMatcher(policy: Policy, named: readonly string[]): (path: string) => boolean {
  const series: ((path: string) => unknown)[] = [];
  for (const spec of Object.values(policy.evidence))
    if (spec.kind === 'log') series.push(seriesMatcher(spec.path));
  if (policy.transitions) series.push(seriesMatcher(policy.transitions.path));
  for (const report of Object.values(policy.reports)) series.push(seriesMatcher(report.path, true));
  const files = new Set(named.flatMap((path) => cleanPath(path) ?? []));
  const transitions = policy.transitions?.path;
  // The folder of the log may be dated as well.
  const verdictFolder =
    transitions === undefined ? undefined : folderOf(cleanPath(transitions) ?? transitions);
  const inVerdictFolder = verdictFolder ? seriesMatcher(verdictFolder) : undefined;
  return (path) => {
    if (files.has(path) || series.some((matches) => matches(path) !== undefined)) return true;
    if (verdictFolder === undefined || !isStoredVerdict(path)) return false;
    return inVerdictFolder ? inVerdictFolder(folderOf(path)) !== undefined : folderOf(path) === '';
  };
}
