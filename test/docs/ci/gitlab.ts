import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jobEnvironment, type Ran, runScript } from './script.ts';

/** As much of a pipeline as the recipe uses. */
export interface Pipeline {
  stages: readonly string[];
  default: { image: string; before_script: readonly string[] };
  variables: Readonly<Record<string, string>>;
  gate: GitlabJob;
  record: GitlabJob;
  deploy: GitlabJob;
}

export interface GitlabJob {
  stage: string;
  script: readonly string[];
  artifacts?: { when: string; paths: readonly string[]; reports?: Readonly<Record<string, string>> };
  resource_group?: string;
  rules: readonly { if: string; when?: string }[];
}

/** Plays one job in a checkout: one script of all its lines, which ends with the first that fails. */
export function playGitlabJob(
  pipeline: Pipeline,
  job: GitlabJob,
  { folder, home, env }: { folder: string; home: string; env: Readonly<Record<string, string>> },
): Promise<Ran> {
  const lines = ['set -eo pipefail', ...pipeline.default.before_script, ...job.script];
  const variables = { ...jobEnvironment(home), GITLAB_CI: 'true', ...pipeline.variables, ...env };
  return runScript(['bash'], lines.join('\n'), { cwd: folder, env: variables });
}

/** Files that the job should have left behind and has not. */
export function missingArtifacts({ artifacts }: GitlabJob, folder: string): readonly string[] {
  const names = [...(artifacts?.paths ?? []), ...Object.values(artifacts?.reports ?? {})];
  return names.filter((name) => !existsSync(join(folder, name)));
}
