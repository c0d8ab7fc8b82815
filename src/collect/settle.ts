import type { Absent, Evidence, Observed, Source } from '../model/evidence.ts';
import { clockTolerance, formatDuration, formatInstant, hour, type Instant } from '../model/instant.ts';
import type { EvidenceSpec } from '../model/policy.ts';
import { once } from '../model/once.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { CollectContext, Collected } from './collector.ts';
import { digestOf } from './digest.ts';
import type { GitView } from './gitView.ts';

/** An imported observation counts this long where the policy names no `maxAge` (semantics section 9). */
export const importedMaxAge = 24 * hour;

/** Kinds whose evidence is a file: it may be older than its reading. */
const filed: readonly EvidenceSpec['kind'][] = ['document', 'file', 'junit', 'ctrf', 'sarif', 'dotenv'];

/** Turns what a collector said into evidence, and holds it against `branch`, `bind` and `maxAge`. */
export function settle(
  { id, spec, collected, readAt }: { id: string; spec: EvidenceSpec; collected: Collected; readAt: Instant },
  context: CollectContext,
): Evidence {
  const findings = (collected.findings ?? []).map((finding) => ({
    ...finding,
    message: context.redactor.text(finding.message),
    evidence: id,
  }));
  const subject = context.git.subject;
  const item = { id, kind: spec.kind, source: collected.source, subject, findings };
  if (!collected.ok) {
    const message = context.redactor.text(collected.message);
    return { ...item, status: 'absent', collectedAt: readAt, code: collected.code, message };
  }
  const madeAt = timeOf(spec, collected, { context, readAt });
  if (madeAt === undefined) {
    return {
      ...item,
      status: 'absent',
      collectedAt: readAt,
      code: 'evidence.undated',
      message: `nothing says when \`${id}\` was made`,
    };
  }
  const { content } = collected;
  const digest = once(() => digestOf(content));
  const observed: Observed = {
    ...item,
    status: 'observed',
    collectedAt: madeAt,
    origin: 'live',
    content,
    get digest() {
      return digest();
    },
  };
  const refused = refuseBranch(spec, context.git) ?? refuseBinding(spec, collected, context.git);
  return refused ? asAbsent(observed, refused) : observed;
}

export interface Refusal {
  code: ReasonCode;
  message: string;
}

export function asAbsent(item: Observed, { code, message }: Refusal): Absent {
  const { id, kind, collectedAt, source, findings } = item;
  const subject = item.subject === undefined ? {} : { subject: item.subject };
  return { id, kind, collectedAt, source, findings, ...subject, status: 'absent', code, message };
}

/** Ages count from when a file was written; undefined if that lies ahead, or if a maximum age is set and nobody can vouch for it. */
function timeOf(
  spec: EvidenceSpec,
  collected: { source: Source; madeAt?: Instant },
  { context, readAt }: { context: CollectContext; readAt: Instant },
): Instant | undefined {
  // What is dated ahead would stay fresh until then, whoever dated it.
  if (collected.madeAt !== undefined)
    return collected.madeAt > readAt + clockTolerance ? undefined : collected.madeAt;
  if (spec.maxAge === undefined || !filed.includes(spec.kind)) return readAt;
  return collected.source.path === undefined
    ? undefined
    : context.git.writtenAt(collected.source.path, readAt);
}

/** `branch:` demands that the commit is on that branch. */
export function refuseBranch(
  spec: EvidenceSpec,
  git: GitView,
  commit = git.subject.commit,
): Refusal | undefined {
  if (spec.branch === undefined) return undefined;
  if (commit === undefined)
    return { code: 'git.missing', message: `no git commit, so nothing is on \`${spec.branch}\`` };
  if (git.branch() === spec.branch || git.isOnBranch(commit, spec.branch)) return undefined;
  return {
    code: 'evidence.other-branch',
    message: `commit ${commit.slice(0, 7)} is not on \`${spec.branch}\``,
  };
}

/** `bind: commit` on live evidence: the tree must be the commit, and a result file must name it. */
function refuseBinding(
  spec: EvidenceSpec,
  collected: { commit?: string },
  git: GitView,
): Refusal | undefined {
  if (spec.bind !== 'commit') return undefined;
  const dirty = refuseTree(git);
  if (dirty) return dirty;
  if (!git.stillThere()) {
    return { code: 'evidence.other-commit', message: 'another commit was checked out during the collection' };
  }
  if (spec.kind !== 'junit' && spec.kind !== 'ctrf' && spec.kind !== 'sarif') return undefined;
  if (collected.commit === undefined) {
    return { code: 'evidence.no-commit', message: 'the result file does not say which commit it is about' };
  }
  return refuseCommit(collected.commit, git);
}

export function refuseTree(git: GitView): Refusal | undefined {
  if (git.subject.commit === undefined)
    return { code: 'git.missing', message: 'there is no git commit to bind to' };
  const changes = git.changes();
  if (!changes) return { code: 'git.missing', message: 'git cannot tell whether the tree is clean' };
  const [first] = changes;
  if (first === undefined) return undefined;
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
  return {
    code: 'evidence.dirty-tree',
    message: `\`${first.replace(/^\//, '')}\`${more} differ from the commit`,
  };
}

export function refuseCommit(commit: string | undefined, git: GitView): Refusal | undefined {
  if (commit === undefined)
    return { code: 'evidence.no-commit', message: 'the evidence does not say which commit it is about' };
  if (git.countsFor(commit)) return undefined;
  const subject = git.subject.commit?.slice(0, 7) ?? 'none';
  return {
    code: 'evidence.other-commit',
    message: `it is about commit ${commit.slice(0, 7)}; judged is ${subject}`,
  };
}

/** Holds observed evidence against its maximum age at the instant of evaluation, which comes after all collection. */
export function refuseAge(item: Observed, spec: EvidenceSpec, instant: Instant): Refusal | undefined {
  const maxAge = spec.maxAge ?? (item.origin === 'imported' ? importedMaxAge : undefined);
  if (maxAge === undefined || instant - item.collectedAt <= maxAge) return undefined;
  const limit = formatDuration(maxAge);
  return {
    code: 'evidence.stale',
    message: `it is of ${formatInstant(item.collectedAt)}, older than ${limit}`,
  };
}
