import type { Head } from '../files/repository.ts';

export interface Checkout extends Head {
  /** The branch is what a pull request calls itself, which says nothing about the branches of this repository. */
  claimed?: true;
}

/**
 * Which commit and branch a checkout is about. CI systems check out a merge of a pull request into its target: the
 * subject is then the head of the pull request, the second parent. The environment alone is not believed: the commit
 * checked out has to be the one that the CI names, and a merge with two parents. The branch of a pull request is a name
 * that its author chose, in a repository of their own perhaps: `claimed`, and only ever shown.
 */
export function headOfCheckout(
  head: Head,
  env: Readonly<Record<string, string | undefined>>,
  parentsOfHead: () => readonly string[] | undefined,
): Checkout {
  if (head.commit === undefined) return head;
  const merge = mergeRequest(head.commit, env);
  const parents = merge ? parentsOfHead() : undefined;
  const second = parents?.length === 2 ? parents[1] : undefined;
  if (merge && second !== undefined && (merge.head === undefined || merge.head === second)) {
    return { commit: second, ...(merge.branch === undefined ? {} : { branch: merge.branch, claimed: true }) };
  }
  const branch = head.branch ?? branchOfJob(head.commit, env);
  return branch === undefined ? { commit: head.commit } : { commit: head.commit, branch };
}

function mergeRequest(
  commit: string,
  env: Readonly<Record<string, string | undefined>>,
): { branch?: string; head?: string } | undefined {
  const named = (branch: string | undefined, head?: string) => ({
    ...(branch ? { branch } : {}),
    ...(head ? { head } : {}),
  });
  if (env.GITHUB_SHA === commit && /^refs\/pull\/\d+\/merge$/.test(env.GITHUB_REF ?? '')) {
    return named(env.GITHUB_HEAD_REF);
  }
  if (env.CI_COMMIT_SHA === commit && env.CI_MERGE_REQUEST_EVENT_TYPE === 'merged_result') {
    return named(env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME, env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA);
  }
  return undefined;
}

/** CI systems often check out a bare commit; the branch is what the job says. */
function branchOfJob(commit: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env.GITHUB_SHA === commit) return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1];
  if (env.CI_COMMIT_SHA === commit) return env.CI_COMMIT_BRANCH || undefined;
  return undefined;
}
