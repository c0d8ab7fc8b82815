// node gitlab.mjs ARGUMENT…: gitlab-ci-local, which brings GitLab's own schema of pipelines, also on Node 20.
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other]);
};
await import('gitlab-ci-local');
