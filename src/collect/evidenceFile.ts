import type { Content, Evidence, EvidenceFile, EvidenceFileItem, Subject } from '../model/evidence.ts';
import { formatInstant, type Instant } from '../model/instant.ts';
import type { Policy } from '../model/policy.ts';
import { compareText } from '../model/problem.ts';

/** Kinds of evidence whose result can outlive the process in a file, with the content each has. */
export const importable: Readonly<Partial<Record<Evidence['kind'], Content['type']>>> = {
  env: 'variables',
  dotenv: 'variables',
  command: 'command',
  document: 'document',
  file: 'value',
  junit: 'tests',
  ctrf: 'tests',
  sarif: 'tests',
  git: 'git',
  prometheus: 'samples',
  http: 'samples',
  'metrics-text': 'samples',
};

/** The text of an evidence file, with a line end. */
export function formatEvidenceFile({
  policy,
  subject,
  collectedAt,
  evidence,
  version,
}: {
  policy: Pick<Policy, 'name' | 'digest'>;
  subject: Subject;
  collectedAt: Instant;
  evidence: readonly Evidence[];
  version: string;
}): string {
  const items = evidence
    .filter((item) => item.kind in importable || item.status === 'absent')
    .filter((item) => item.kind !== 'transitions')
    .map((item): EvidenceFileItem => ({ ...item, collectedAt: formatInstant(item.collectedAt) }))
    .sort((a, b) => compareText(a.id, b.id));
  const file: EvidenceFile = {
    apiVersion: 'soakgate/v1',
    kind: 'Evidence',
    tool: { name: 'soakgate', version },
    policy: { name: policy.name, digest: policy.digest },
    subject,
    collectedAt: formatInstant(collectedAt),
    evidence: items,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
