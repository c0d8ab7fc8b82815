import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Problem, Result } from '../model/problem.ts';
import { type DotenvFile, parseDotenv } from '../parse/dotenv.ts';
import { decodeText } from '../files/text.ts';
import { readNamedFile } from '../files/tree.ts';
import type { Workspace } from '../files/workspace.ts';
import type { Variables } from './collector.ts';
import { exampleFinding } from './env.ts';
import { sampleCap, type SampleFile, sampleFile, type Samples, samplesOf } from './samples.ts';

/** A file given by `--env-file`, read once. */
export interface EnvFile {
  /** As verdicts write it: relative to the root, or the name alone if it lies outside. */
  path: string;
  file: DotenvFile;
  /** `.env.example` and its kin that lie beside the file. */
  samples: readonly SampleFile[];
}

const sampleNames = ['.env.example', '.env.sample'];
const envFileCap = 1024 * 1024;

/** Reads the files given by `--env-file`, relative to `cwd`; one that cannot be read is a mistake of the command line. */
export function readEnvFiles(
  paths: readonly string[],
  { cwd, root }: { cwd: string; root: string },
): Result<readonly EnvFile[]> {
  const files: EnvFile[] = [];
  const problems: Problem[] = [];
  for (const given of paths) {
    const path = resolve(cwd, given);
    const read = readNamedFile(path, envFileCap);
    const text = read.ok ? decodeText(read.bytes) : undefined;
    if (text === undefined) {
      const why = read.ok
        ? 'is not UTF-8'
        : read.code === 'file.missing'
          ? 'does not exist'
          : 'cannot be read';
      const message = `the file \`${given}\` ${why}`;
      problems.push({ code: 'usage/env-file', message, hint: 'name a file that can be read' });
      continue;
    }
    files.push({ path: shownPath(path, root), file: parseDotenv(text), samples: samplesBeside(path, root) });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: files };
}

/** A path as it may stand in a verdict: relative to the root, never absolute. */
export function shownPath(path: string, root: string): string {
  const inside = relative(resolve(root), resolve(path)).split(sep).join('/');
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside);
  return outside ? (resolve(path).split(sep).at(-1) ?? path) : inside;
}

function samplesBeside(path: string, root: string): readonly SampleFile[] {
  return sampleNames.flatMap((name) => {
    const sample = resolve(path, '..', name);
    return sample === resolve(path)
      ? []
      : sampleFile(shownPath(sample, root), readNamedFile(sample, sampleCap));
  });
}

/**
 * The environment that evidence of kind `env` sees. A file wins over the process and a later file over an earlier one:
 * who names a file on the command line wants its values judged, whatever the shell happens to hold.
 */
export function gatherVariables(
  env: Readonly<Record<string, string | undefined>>,
  files: readonly EnvFile[],
  workspace: Workspace,
): Variables {
  const fromFiles = new Map<string, { value: string; line: number }>();
  for (const { file } of files) for (const [name, entry] of file.variables) fromFiles.set(name, entry);
  const only = files.length === 1 ? files[0]?.path : undefined;
  let samples: Samples | undefined;
  return {
    get(name) {
      const entry = fromFiles.get(name);
      if (entry) return only === undefined ? { value: entry.value } : entry;
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      return value === undefined ? undefined : { value };
    },
    samples() {
      samples ??= gatherSamples(files, workspace);
      return samples;
    },
    ...(only === undefined ? {} : { path: only }),
    findings: files.flatMap(({ path, file }) => [
      ...exampleFinding(path),
      ...file.findings.map((finding) => ({ ...finding, path })),
    ]),
  };
}

function gatherSamples(files: readonly EnvFile[], workspace: Workspace): Samples {
  // An example file that was itself named is read as it stands, and said.
  const names = sampleNames.filter((sample) => !files.some(({ path }) => path === sample));
  const atRoot = names.flatMap((name) => sampleFile(name, workspace.read(name, sampleCap)));
  return samplesOf([...atRoot, ...files.flatMap((file) => file.samples)]);
}
