import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { type LoadedWaivers, loadPolicy, loadWaivers } from '../analyze/load.ts';
import { sha256 } from '../collect/digest.ts';
import { folderOf, joinPath } from '../files/path.ts';
import { findRepository } from '../files/repository.ts';
import { decodeText } from '../files/text.ts';
import { readNamedFile, treeWorkspace } from '../files/tree.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import type { YamlSource } from '../parse/yaml/load.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';

/** A policy with its waivers and the root that its paths are relative to. */
export interface LoadedPolicy {
  policy: Policy;
  waivers: readonly Waiver[];
  root: string;
  workspace: Workspace;
  /** The file of the policy: its absolute path, its text if it is UTF-8, and where things stand in it. */
  file: string;
  text: string | undefined;
  source: YamlSource;
  /** The files of its waivers, by id. */
  waiverSources: LoadedWaivers['sources'];
}

export interface PolicyChoice {
  /** As given on the command line; none means `policies/*.yaml`. */
  paths: readonly string[];
  cwd: string;
  root?: string;
  inputs: Readonly<Record<string, string>>;
}

/** 64 kB: what a policy or waiver file may hold. */
export const policyCap = 64 * 1024;

/** Reads and loads the policies that were asked for, with their waivers, each by itself. */
export function loadEach(choice: PolicyChoice): Result<readonly Result<LoadedPolicy>[]> {
  const found = findPolicies(choice);
  return found.ok ? ok(found.value.map((path) => loadOne(path, choice))) : found;
}

/** The same as one: all policies, or all problems of all files at once. */
export function loadPolicies(choice: PolicyChoice): Result<readonly LoadedPolicy[]> {
  const each = loadEach(choice);
  if (!each.ok) return each;
  const loaded = each.value;
  const bad = loaded.flatMap((result) => (result.ok ? [] : result.problems));
  if (bad.length > 0) return problems(...bad);
  return ok(loaded.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** Bare commands take `policies/*.yaml` but tests; waivers lie in folders below. */
function findPolicies({ paths, cwd, root }: PolicyChoice): Result<readonly string[]> {
  if (paths.length > 0) return ok(paths.map((path) => resolve(cwd, path)));
  const base = resolve(cwd, root ?? '.');
  const listed = treeWorkspace(base).list('policies');
  const names = listed.ok
    ? listed.files.filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name))
    : [];
  if (names.length > 0) return ok(names.map((name) => join(base, 'policies', name)));
  return problems({
    code: 'usage/no-policy',
    message: 'no policy was named, and there is none in `policies/`',
    hint: 'name a policy file: soakgate check path/to/policy.yaml',
  });
}

function loadOne(path: string, choice: PolicyChoice): Result<LoadedPolicy> {
  const root = choice.root === undefined ? defaultRoot(path) : resolve(choice.cwd, choice.root);
  const shown = shownPath(path, root);
  const file = readNamedFile(path, policyCap);
  if (!file.ok) {
    const named = shownPath(path, choice.cwd);
    const message =
      file.code === 'file.too-large' ? `\`${named}\` is larger than 64 kB` : `\`${named}\` cannot be read`;
    const code = file.code === 'file.missing' ? 'usage/no-such-file' : 'usage/unreadable-file';
    const missing = file.code === 'file.missing' ? `there is no file \`${named}\`` : message;
    return problems({ code, message: missing, hint: 'name a policy file that can be read' });
  }
  const text = decodeText(file.bytes);
  if (text === undefined) {
    const at = { path: shown, line: 1, column: 1 };
    return problems({
      code: 'yaml/encoding',
      message: 'the file is not UTF-8 text',
      at,
      hint: 'save it as UTF-8',
    });
  }
  const loaded = loadPolicy(text, { path: shown, digest: sha256(file.bytes), inputs: choice.inputs });
  if (!loaded.ok) return loaded;
  const { policy, source } = loaded.value;
  const workspace = treeWorkspace(root);
  const waivers = readWaivers(policy, workspace);
  if (!waivers.ok) return waivers;
  const { waivers: list, sources: waiverSources } = waivers.value;
  return ok({
    policy,
    waivers: list,
    root,
    workspace,
    file: path,
    text: asWritten(text, file.bytes),
    source,
    waiverSources,
  });
}

/** Decoding leaves the byte order mark out, and whoever writes the file again keeps it. UTF-16 is read, never written. */
function asWritten(text: string, [first]: Uint8Array): string | undefined {
  if (first === 0xff || first === 0xfe) return undefined;
  return first === 0xef ? `\uFEFF${text}` : text;
}

/** The files of all policies, and of the waivers of those that load. */
export function allPolicyFiles(choice: Pick<PolicyChoice, 'cwd' | 'root'>): Result<readonly string[]> {
  const found = findPolicies({ ...choice, paths: [], inputs: {} });
  if (!found.ok) return found;
  const each = found.value.map((path) => loadOne(path, { ...choice, paths: [], inputs: {} }));
  const waivers = each.flatMap((loaded) =>
    loaded.ok
      ? [...loaded.value.waiverSources.values()].map(({ path }) => join(loaded.value.root, path))
      : [],
  );
  return ok([...found.value, ...waivers]);
}

/** The top level of the repository that the policy lies in, else its own folder. */
function defaultRoot(path: string): string {
  const folder = dirname(path);
  return findRepository(folder)?.topLevel ?? folder;
}

/** Relative to the base where it lies inside, else as it is from there; never with backslashes. */
function shownPath(path: string, base: string): string {
  const inside = relative(base, path).split(sep).join('/');
  return inside === '' || isAbsolute(inside) ? path.split(sep).join('/') : inside;
}

const noWaivers: LoadedWaivers = { waivers: [], sources: new Map(), problems: [] };

/** The waiver files of the policy's glob; none is an ordinary state, one that cannot be read is a mistake. */
function readWaivers(policy: Policy, workspace: Workspace): Result<LoadedWaivers> {
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
