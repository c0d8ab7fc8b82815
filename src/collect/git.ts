import { type Collector, unseen } from './collector.ts';

/** `git` evidence: the commit under evaluation, its branch, and whether the tree is that commit. */
export const collectGit: Collector<'git'> = (_spec, { git, at }) => {
  if (at !== undefined) return unseen('evidence.as-of', 'the working tree of the past is not known');
  const { commit } = git.subject;
  if (commit === undefined)
    return unseen('git.missing', git.repository ? 'there is no commit yet' : 'there is no git repository');
  const committedAt = git.committedAt();
  const changes = git.changes();
  if (committedAt === undefined || !changes) {
    return unseen('git.missing', `git cannot tell of commit ${commit.slice(0, 7)}; fetch the whole history`);
  }
  const branch = git.branch();
  return {
    ok: true,
    content: {
      type: 'git',
      commit,
      dirty: changes.length > 0,
      committedAt,
      ...(branch === undefined ? {} : { branch }),
    },
    source: {},
    findings: [],
  };
};
