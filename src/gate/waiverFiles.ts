import picomatch from 'picomatch';
import { type LoadedWaivers, loadWaivers } from '../analyze/waivers.ts';
import { folderOf, joinPath } from '../files/path.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Policy } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { policyCap } from './policyCache.ts';

const noWaivers: LoadedWaivers = { waivers: [], sources: new Map(), problems: [] };

/** The waiver files of the policy's glob; none is an ordinary state, one that cannot be read is a mistake. */
export function readWaivers(policy: Policy, workspace: Workspace): Result<LoadedWaivers> {
  const { waivers: glob } = policy;
  if (glob === undefined) return ok(noWaivers);
  const folder = folderOf(glob);
  const listed = workspace.list(folder);
  const names = listed.ok ? listed.files : [];
  // Neither the matcher nor the reader of waivers is loaded where there are none.
  const fits = names.length > 0 ? picomatch(glob) : () => false;
  const paths = names.map((name) => joinPath(folder, name)).filter((path) => fits(path));
  const bad: Problem[] = [];
  const files = paths.flatMap((path) => {
    const file = workspace.read(path, policyCap);
    const text = file.ok ? decodeText(file.bytes) : undefined;
    if (text !== undefined) return [{ path, text }];
    bad.push({ code: 'waiver/unreadable', message: file.ok ? `\`${path}\` is not UTF-8` : file.message });
    return [];
  });
  if (!listed.ok && listed.code !== 'file.missing')
    bad.push({ code: 'waiver/unreadable', message: listed.message });
  const loaded = files.length > 0 ? loadWaivers(files, policy) : noWaivers;
  const all = [...bad, ...loaded.problems.filter((problem) => (problem.severity ?? 'error') === 'error')];
  return all.length > 0 ? problems(...all) : ok(loaded);
}
