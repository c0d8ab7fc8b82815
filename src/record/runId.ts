/** By CI system: the variables that together name one run of one job, its attempt included. The first set counts. */
const systems: readonly (readonly string[])[] = [
  ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'],
  ['CI_PIPELINE_ID', 'CI_JOB_ID'],
  ['CIRCLE_WORKFLOW_ID', 'CIRCLE_BUILD_NUM'],
  ['BUILDKITE_BUILD_ID', 'BUILDKITE_JOB_ID'],
  ['BUILD_BUILDID', 'SYSTEM_JOBATTEMPT'],
  ['BITBUCKET_BUILD_NUMBER', 'BITBUCKET_STEP_RUN_NUMBER'],
  ['SEMAPHORE_WORKFLOW_ID', 'SEMAPHORE_JOB_ID'],
  ['DRONE_REPO', 'DRONE_BUILD_NUMBER'],
  ['TRAVIS_BUILD_ID', 'TRAVIS_JOB_ID'],
  ['BUILD_TAG'],
];

/**
 * What the CI calls this run (GitHub and those that speak its words, GitLab, CircleCI, Buildkite, Azure Pipelines,
 * Bitbucket, Semaphore, Drone, Travis, Jenkins): `1234567.1`. Undefined outside of them.
 */
export function runIdOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const names of systems) {
    const values = names.map((name) => env[name]?.trim() ?? '');
    if (values.includes('')) continue;
    return values
      .join('.')
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .slice(-100);
  }
  return undefined;
}
