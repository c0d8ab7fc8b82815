import type { Finding, Variable } from '../model/evidence.ts';
import type { VariableSpec } from '../model/policy.ts';
import { parseDotenv } from '../parse/dotenv.ts';
import { folderOf, joinPath, nameOf } from '../files/path.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import { type Collected, type Collector, type Seen, unreadable, unseen } from './collector.ts';
import { sampleCap, sampleFile, type Samples, samplesOf } from './samples.ts';
import { judgeVariable, mayBePlaceholder } from './variable.ts';

/** The process environment with `--env-file` over it. */
export const collectEnv: Collector<'env'> = (spec, context) => {
  if (context.at !== undefined) {
    return unseen('evidence.as-of', 'the environment of the past is not known');
  }
  const { get, samples, findings, path } = context.variables;
  const found = { get, samples: samples() };
  return judged(spec.variables, found, { findings, source: path === undefined ? {} : { path } });
};

/** One `.env` file of the root. */
export const collectDotenv: Collector<'dotenv'> = (spec, context) => {
  const file = context.workspace.read(spec.path);
  if (!file.ok) return unreadable(file, spec.path);
  const text = decodeText(file.bytes);
  if (text === undefined)
    return unseen('file.unparsable', `\`${spec.path}\` is not UTF-8`, { path: file.path });
  const { variables, findings } = parseDotenv(text);
  const placed = findings.map((finding) => ({ ...finding, path: file.path }));
  return judged(
    spec.variables,
    { get: (name) => variables.get(name), samples: samplesBeside(context.workspace, file.path) },
    { findings: [...exampleFinding(file.path), ...placed], source: { path: file.path } },
  );
};

interface Found {
  get(name: string): { value: string; line?: number } | undefined;
  samples: Samples;
}

function judged(
  specs: Readonly<Record<string, VariableSpec>>,
  { get, samples }: Found,
  { findings, source }: Pick<Seen, 'findings' | 'source'>,
): Collected {
  if (samples.unreadable !== undefined && Object.values(specs).some(mayBePlaceholder)) {
    const message = `\`${samples.unreadable}\` is there and cannot be read, so placeholders cannot be told from values`;
    return unseen('file.unreadable', message, source);
  }
  const variables: Record<string, Variable> = Object.create(null) as Record<string, Variable>;
  for (const [name, spec] of Object.entries(specs)) {
    variables[name] = judgeVariable(spec, get(name), (value) => samples.has(name, value));
  }
  return { ok: true, content: { type: 'variables', variables }, source, findings };
}

const exampleName = /\.(?:example|sample)$/;

/** Whether a file is one that shows how settings look, and holds none that are real. */
export function isExampleFile(path: string): boolean {
  return exampleName.test(path);
}

export function exampleFinding(path: string): readonly Omit<Finding, 'evidence'>[] {
  if (!isExampleFile(path)) return [];
  return [
    { code: 'dotenv.example', message: `\`${path}\` is an example file; its values may not be real`, path },
  ];
}

/** The example files beside a file: every `*.example` and `*.sample` of its folder but the file itself. */
function samplesBeside(workspace: Workspace, path: string): Samples {
  const folder = folderOf(path);
  const names = workspace.list(folder);
  if (!names.ok) return samplesOf([{ path: folder, unreadable: true }]);
  const examples = names.files.filter((file) => isExampleFile(file) && file !== nameOf(path));
  const paths = examples.slice(0, 100).map((name) => joinPath(folder, name));
  return samplesOf(paths.flatMap((sample) => sampleFile(sample, workspace.read(sample, sampleCap))));
}
