import type { Policy } from '../model/policy.ts';
import { cleanPath, folderOf, joinPath, nameOf } from '../files/path.ts';
import { seriesMatcher } from '../files/series.ts';
import { isStoredVerdict } from '../files/storedVerdict.ts';

/**
 * Tells the policy's own files: those of its `log` evidence, the transition log with its stored verdicts, its reports,
 * and the files that the command line names for evidence and output; also what stands beside them while they are written. Changes to them do not make a tree dirty and do
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
  return (changed) => {
    const path = writtenFor(changed);
    if (files.has(path) || series.some((matches) => matches(path) !== undefined)) return true;
    if (verdictFolder === undefined || !isStoredVerdict(path)) return false;
    return inVerdictFolder ? inVerdictFolder(folderOf(path)) !== undefined : folderOf(path) === '';
  };
}

/** The lock and the temporary file of a writer are named after the file that they are for. */
function writtenFor(path: string): string {
  const folder = folderOf(path);
  const name = /^\.(.+?)\.(?:lock(?:\.[0-9a-f]{24})*(?:\.tmp)?|[0-9a-f]{12}\.tmp)$/.exec(nameOf(path))?.[1];
  return name === undefined ? path : joinPath(folder, name);
}
