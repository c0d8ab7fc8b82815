import type { EvidenceFile, EvidenceFileItem, Observed } from '../model/evidence.ts';
import { clockTolerance, type Instant, parseInstant } from '../model/instant.ts';
import type { EvidenceSpec, Policy } from '../model/policy.ts';
import { digestOf } from './digest.ts';
import { importable } from './evidenceFile.ts';
import type { GitView } from './gitView.ts';
import { type Refusal, refuseAge, refuseBranch, refuseCommit, refuseTree } from './settle.ts';

export interface ImportContext {
  policy: Policy;
  git: GitView;
  /** The instant of evaluation. */
  instant: Instant;
}

type ObservedItem = Extract<EvidenceFileItem, { status: 'observed' }>;

/**
 * The newest imported observation that counts for one id, or why the newest one does not; undefined if no file has one.
 * It needs a matching digest, policy digest and subject, and an age within `maxAge` (semantics section 9).
 */
export function chooseImport(
  id: string,
  spec: EvidenceSpec,
  { files, ...context }: ImportContext & { files: readonly EvidenceFile[] },
): { ok: true; item: Observed } | { ok: false; refusal: Refusal } | undefined {
  const found = files.flatMap((file) =>
    file.evidence.flatMap((item) =>
      item.id === id && item.status === 'observed' ? [judge(item, file, spec, context)] : [],
    ),
  );
  found.sort((a, b) => b.item.collectedAt - a.item.collectedAt);
  const good = found.find(({ refusal }) => refusal === undefined);
  if (good) return { ok: true, item: good.item };
  const [newest] = found;
  return newest?.refusal && { ok: false, refusal: newest.refusal };
}

function judge(
  raw: ObservedItem,
  file: EvidenceFile,
  spec: EvidenceSpec,
  context: ImportContext,
): { item: Observed; refusal: Refusal | undefined } {
  const { id, kind, source, findings, content, digest, status } = raw;
  const collectedAt = parseInstant(raw.collectedAt) as Instant;
  const subject = raw.subject ?? file.subject;
  const item: Observed = {
    id,
    kind,
    status,
    origin: 'imported',
    collectedAt,
    source,
    subject,
    findings,
    content,
    digest,
  };
  const refusal =
    refuseContent(item, spec) ??
    refusePolicy(file, context.policy) ??
    refuseSubject(item, spec, context.git) ??
    refuseTime(item, spec, context.instant);
  return { item, refusal };
}

function refuseContent(item: Observed, spec: EvidenceSpec): Refusal | undefined {
  if (digestOf(item.content) !== item.digest) {
    return { code: 'evidence.tampered', message: 'the imported content does not have its digest' };
  }
  if (item.kind !== spec.kind || importable[spec.kind] !== item.content.type) {
    return {
      code: 'evidence.tampered',
      message: `the imported evidence is not of the kind \`${spec.kind}\``,
    };
  }
  return undefined;
}

function refusePolicy(file: EvidenceFile, policy: Policy): Refusal | undefined {
  if (file.policy.digest === policy.digest) return undefined;
  return {
    code: 'evidence.other-policy',
    message: 'it was collected under another policy or another version of it',
  };
}

function refuseSubject(item: Observed, spec: EvidenceSpec, git: GitView): Refusal | undefined {
  const theirs = item.subject ?? {};
  const ours = git.subject;
  if (theirs.environment !== ours.environment) {
    const words = (name: string | undefined) => (name === undefined ? 'no environment' : `\`${name}\``);
    const message = `it is about ${words(theirs.environment)}; judged is ${words(ours.environment)}`;
    return { code: 'evidence.other-environment', message };
  }
  if (
    theirs.repository !== undefined &&
    ours.repository !== undefined &&
    theirs.repository !== ours.repository
  ) {
    return { code: 'evidence.other-commit', message: `it is about the repository \`${theirs.repository}\`` };
  }
  // Without git on either side there is no commit to differ; `bind` asks for one all the same.
  const unbound = spec.bind === undefined && theirs.commit === undefined && ours.commit === undefined;
  if (unbound) return refuseBranch(spec, git, theirs.commit);
  return (
    refuseCommit(theirs.commit, git) ??
    refuseBranch(spec, git, theirs.commit) ??
    (spec.bind === 'commit' ? refuseTree(git) : undefined)
  );
}

function refuseTime(item: Observed, spec: EvidenceSpec, instant: Instant): Refusal | undefined {
  if (item.collectedAt > instant + clockTolerance) {
    return { code: 'evidence.as-of', message: 'it was collected after the instant that is looked at' };
  }
  return refuseAge(item, spec, instant);
}
