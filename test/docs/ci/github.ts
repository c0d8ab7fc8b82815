import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Forge } from './forge.ts';
import { jobEnvironment, type Ran, runScript } from './script.ts';

/** As much of a workflow as the recipes use. */
export interface Workflow {
  on: unknown;
  permissions: Permissions;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  jobs: Readonly<Record<string, Job>>;
}

export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface Job {
  if?: string;
  needs?: string;
  permissions?: Permissions;
  'timeout-minutes'?: number;
  env?: Readonly<Record<string, string>>;
  steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  if?: string;
  uses?: string;
  run?: string;
  env?: Readonly<Record<string, string>>;
  with?: Readonly<Record<string, string | number | boolean>>;
}

/** Values of contexts, by path: `github.sha`. */
export type Contexts = Readonly<Record<string, string>>;

export interface Played {
  result: 'success' | 'failure';
  folder: string;
  /** The scripts that were run. */
  codes: readonly { run: string; code: number | null }[];
  /** Files that a step took away, by the action's name. */
  kept: Readonly<Record<string, readonly string[]>>;
  output: string;
  stepOutput: string;
  summary: string;
}

/** `${{ … }}` with values of the contexts alone; a path that nobody gave is a mistake in the recipe or the test. */
function filled(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ (\S+) \}\}/g, (_, path: string) => valueOf(path, contexts));
}

function valueOf(path: string, contexts: Contexts): string {
  const value = contexts[path];
  if (value === undefined) throw new Error(`no value for \${{ ${path} }}`);
  return value;
}

/** Conditions made of `always()` and comparisons of two paths. Without `always()` everything before has to be good. */
export function isRun(condition: string | undefined, good: boolean, contexts: Contexts): boolean {
  const parts = (condition ?? 'success()').split(' && ');
  const held = parts.every((part) => {
    if (/^(?:always|success)\(\)$/.test(part)) return true;
    const [left = '', right = ''] = part.split(' == ');
    return valueOf(left, contexts) === valueOf(right, contexts);
  });
  return held && (good || parts.includes('always()'));
}

/** Plays one job of a workflow as GitHub's runner does, in a checkout of the forge. */
export async function playJob(
  job: Job,
  forge: Forge,
  given: {
    contexts: Contexts;
    env: Readonly<Record<string, string>>;
    ready?: (folder: string) => Promise<void>;
  },
): Promise<Played> {
  const home = forge.runnerFolder();
  const files = { output: join(home, 'output'), summary: join(home, 'summary') };
  const played = { folder: home, codes: [] as { run: string; code: number | null }[], output: '' };
  const kept: Record<string, readonly string[]> = {};
  let good = true;
  for (const step of job.steps) {
    if (!isRun(step.if, good, given.contexts)) continue;
    if (step.uses?.startsWith('actions/checkout@')) {
      played.folder = checkOut(step, forge, given.contexts);
      await given.ready?.(played.folder);
    } else if (step.uses !== undefined) {
      const files = filesOf(step, played.folder);
      kept[step.uses.split('@', 1)[0] ?? ''] = files ?? [];
      good &&= files !== undefined;
    } else if (step.run !== undefined) {
      const { code, output } = await runStep(step, job, { ...given, home, files, folder: played.folder });
      played.codes.push({ run: step.run, code });
      played.output += output;
      good &&= code === 0;
    }
  }
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const result = good ? 'success' : 'failure';
  return { ...played, kept, result, stepOutput: read(files.output), summary: read(files.summary) };
}

function checkOut(step: WorkflowStep, forge: Forge, contexts: Contexts): string {
  const { ref, 'fetch-depth': depth = 1 } = step.with ?? {};
  const wanted = ref === undefined ? valueOf('github.ref', contexts) : filled(String(ref), contexts);
  return forge.checkOut(wanted, depth === 0 ? undefined : Number(depth));
}

/** What a step uploads, each file of it; undefined if one is not there. Steps that upload nothing take nothing. */
function filesOf(step: WorkflowStep, folder: string): readonly string[] | undefined {
  const { path, sarif_file } = step.with ?? {};
  const names = String(path ?? sarif_file ?? '')
    .split('\n')
    .filter((name) => name !== '');
  return names.every((name) => existsSync(join(folder, name))) ? names : undefined;
}

/** Without `shell:` a step is a script for `bash -e`. */
function runStep(
  step: WorkflowStep,
  job: Job,
  given: {
    contexts: Contexts;
    env: Readonly<Record<string, string>>;
    home: string;
    folder: string;
    files: { output: string; summary: string };
  },
): Promise<Ran> {
  const own = Object.entries({ ...job.env, ...step.env });
  const env = {
    ...jobEnvironment(given.home),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: given.folder,
    GITHUB_OUTPUT: given.files.output,
    GITHUB_STEP_SUMMARY: given.files.summary,
    ...given.env,
    ...Object.fromEntries(own.map(([name, value]) => [name, filled(value, given.contexts)])),
  };
  return runScript(['bash', '-e'], step.run ?? '', { cwd: given.folder, env });
}
