import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { LoadedWaivers } from '../analyze/waivers.ts';
import { findRepository } from '../files/repository.ts';
import { readNamedFile, treeWorkspace } from '../files/tree.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import type { YamlSource } from '../parse/yaml/load.ts';
import { type PolicyBytes, type PolicyCache, policyCap, recallPolicy } from './policyCache.ts';
import { readWaivers } from './waiverFiles.ts';

/** A policy with its waivers and the root that its paths are relative to. */
export interface LoadedPolicy {
  policy: Policy;
  waivers: readonly Waiver[];
  root: string;
  workspace: Workspace;
}

/** A policy with what it was read from, for whoever looks further than its meaning. */
export interface OpenedPolicy extends LoadedPolicy {
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
  /** What may stand in for reading a policy again; left out, each is read. */
  cache?: PolicyCache;
}

/** Reads and loads the policies that were asked for, with their waivers, each by itself. */
export function openEach(choice: PolicyChoice): Promise<Result<readonly Result<OpenedPolicy>[]>> {
  return forEach(choice, openOne);
}

/** All policies that were asked for, with their waivers, or all problems of all files at once. */
export async function loadPolicies(choice: PolicyChoice): Promise<Result<readonly LoadedPolicy[]>> {
  const each = await forEach(choice, loadOne);
  if (!each.ok) return each;
  const loaded = each.value;
  const bad = loaded.flatMap((result) => (result.ok ? [] : result.problems));
  if (bad.length > 0) return problems(...bad);
  return ok(loaded.flatMap((result) => (result.ok ? [result.value] : [])));
}

async function forEach<T>(
  choice: PolicyChoice,
  take: (file: PolicyFile, choice: PolicyChoice) => Promise<Result<T>>,
): Promise<Result<readonly Result<T>[]>> {
  const found = findPolicies(choice);
  if (!found.ok) return found;
  const each: Result<T>[] = [];
  for (const path of found.value) {
    const file = readFile(path, choice);
    each.push(file.ok ? await take(file.value, choice) : file);
  }
  return ok(each);
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

interface PolicyFile extends PolicyBytes {
  root: string;
}

function readFile(path: string, choice: PolicyChoice): Result<PolicyFile> {
  const root = choice.root === undefined ? defaultRoot(path) : resolve(choice.cwd, choice.root);
  const file = readNamedFile(path, policyCap);
  if (file.ok)
    return ok({ file: path, bytes: file.bytes, path: shownPath(path, root), inputs: choice.inputs, root });
  const named = shownPath(path, choice.cwd);
  const message =
    file.code === 'file.too-large' ? `\`${named}\` is larger than 64 kB` : `\`${named}\` cannot be read`;
  const code = file.code === 'file.missing' ? 'usage/no-such-file' : 'usage/unreadable-file';
  const missing = file.code === 'file.missing' ? `there is no file \`${named}\`` : message;
  return problems({ code, message: missing, hint: 'name a policy file that can be read' });
}

async function openOne(file: PolicyFile): Promise<Result<OpenedPolicy>> {
  const { readPolicy } = await import('./freshPolicy.ts');
  const read = readPolicy(file);
  if (!read.ok) return read;
  const { policy, source, text } = read.value;
  const workspace = treeWorkspace(file.root);
  const waivers = readWaivers(policy, workspace);
  if (!waivers.ok) return waivers;
  return ok({
    policy,
    waivers: waivers.value.waivers,
    root: file.root,
    workspace,
    file: file.file,
    text: asWritten(text, file.bytes),
    source,
    waiverSources: waivers.value.sources,
  });
}

/** What reads policies takes longest to load of all, and is loaded only where no earlier run has read the same. */
async function loadOne(file: PolicyFile, { cache }: PolicyChoice): Promise<Result<LoadedPolicy>> {
  const { root } = file;
  const workspace = treeWorkspace(root);
  const known = cache && recallPolicy(file, cache);
  const policy = known ? ok(known) : await loadFresh(file, cache);
  if (!policy.ok) return policy;
  const waivers = readWaivers(policy.value, workspace);
  return waivers.ok ? ok({ policy: policy.value, waivers: waivers.value.waivers, root, workspace }) : waivers;
}

async function loadFresh(file: PolicyFile, cache: PolicyCache | undefined): Promise<Result<Policy>> {
  const { readPolicy, keepPolicy } = await import('./freshPolicy.ts');
  const read = readPolicy(file);
  if (!read.ok) return read;
  if (cache) keepPolicy(read.value.policy, file, cache);
  return ok(read.value.policy);
}

/** Decoding leaves the byte order mark out, and whoever writes the file again keeps it. UTF-16 is read, never written. */
function asWritten(text: string, [first]: Uint8Array): string | undefined {
  if (first === 0xff || first === 0xfe) return undefined;
  return first === 0xef ? `\uFEFF${text}` : text;
}

/** The files of all policies, and of the waivers of those that load. */
export async function allPolicyFiles(
  choice: Pick<PolicyChoice, 'cwd' | 'root'>,
): Promise<Result<readonly string[]>> {
  const all = { ...choice, paths: [], inputs: {} };
  const found = findPolicies(all);
  const each = await openEach(all);
  if (!found.ok) return found;
  if (!each.ok) return each;
  const waivers = each.value.flatMap((loaded) =>
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
