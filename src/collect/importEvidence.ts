import type { EvidenceFile, EvidenceFileItem, Observed } from '../model/evidence.ts';
import { clockTolerance, formatInstant, type Instant, parseInstant } from '../model/instant.ts';
import type { EvidenceSpec, Policy } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { digestOf } from './digest.ts';
import { importable } from './evidenceFile.ts';
import type { GitView } from './gitView.ts';
import type { Redactor } from './redact.ts';
import { type Refusal, refuseAge, refuseBranch, refuseCommit, refuseTree } from './settle.ts';

export interface ImportContext {
  policy: Policy;
  git: GitView;
  /** The instant of evaluation. */
  instant: Instant;
  lookingBack: boolean;
  /** Hides in texts of the policy what it hid in those of the evidence. */
  redactor: Redactor;
}

type ObservedItem = Extract<EvidenceFileItem, { status: 'observed' }>;

/** Refused for these, it may be sound evidence of something else that files of several runs hold beside ours. */
const ofOther: readonly ReasonCode[] = [
  'evidence.other-policy',
  'evidence.other-environment',
  'evidence.other-commit',
];

/**
 * The newest imported observation of one id, or why it does not count; undefined if no file has one. It needs a matching
 * digest, policy digest and subject, and an age within `maxAge` (semantics section 9).
 * INVARIANT: an older one never stands in for a newer one that is spoiled, and the order of files decides nothing.
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
  const ours = found.filter(({ item, refusal }) => isInView(item, refusal, context));
  const newest = newestOf(ours.length > 0 ? ours : found);
  const [first] = newest;
  if (!first) return undefined;
  const refusal = newest.find((one) => one.refusal)?.refusal ?? refuseTwins(newest);
  return refusal ? { ok: false, refusal } : { ok: true, item: first.item };
}

function newestOf<T extends { item: Observed }>(found: readonly T[]): readonly T[] {
  const time = Math.max(...found.map(({ item }) => item.collectedAt));
  return found.filter(({ item }) => item.collectedAt === time);
}

/** Looking back, what came later is out of view; otherwise a time ahead is a fault of the evidence. */
function isInView(item: Observed, refusal: Refusal | undefined, { instant, lookingBack }: ImportContext) {
  if (lookingBack && item.collectedAt > instant + clockTolerance) return false;
  return refusal === undefined || !ofOther.includes(refusal.code);
}

function refuseTwins(newest: readonly { item: Observed }[]): Refusal | undefined {
  const [first] = newest;
  if (!first || newest.every(({ item }) => item.digest === first.item.digest)) return undefined;
  const time = formatInstant(first.item.collectedAt);
  return {
    code: 'evidence.tampered',
    message: `two imported observations of ${time} differ, and nothing says which came last`,
  };
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
    refuseCommand(item, spec, context.redactor) ??
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

/** A result of other words is no result of this command; both sides redacted, since the secrets of then are not known. */
function refuseCommand({ content }: Observed, spec: EvidenceSpec, redactor: Redactor): Refusal | undefined {
  if (content.type !== 'command' || spec.kind !== 'command') return undefined;
  const theirs = content.argv.map((word) => redactor.text(word));
  const ours = spec.run.map((word) => redactor.text(word));
  if (theirs.length === ours.length && theirs.every((word, index) => word === ours[index])) return undefined;
  return {
    code: 'evidence.tampered',
    message: 'the imported result is of another command than the one that the policy runs',
  };
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
