import { resolve } from 'node:path';
import type { Content, Evidence, EvidenceFile, EvidenceFileItem, Subject } from '../model/evidence.ts';
import { formatInstant, type Instant, parseInstant } from '../model/instant.ts';
import type { Policy } from '../model/policy.ts';
import { compareText, type Problem, type Result } from '../model/problem.ts';
import { reasons } from '../model/reasons.ts';
import { parseJson } from '../parse/json.ts';
import { misfit, type Shape } from '../parse/shape.ts';
import { decodeText } from '../files/text.ts';
import { readNamedFile } from '../files/tree.ts';

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

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;
const digest = /^sha256:[0-9a-f]{64}$/;
const line: Readonly<Record<string, Shape>> = { 'line?': 'positive' };
const subject: Shape = {
  fields: {
    'repository?': 'text',
    'commit?': /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
    'branch?': 'text',
    'environment?': 'text',
  },
};
const tests: Shape = {
  fields: {
    format: { oneOf: ['junit', 'ctrf', 'sarif'] },
    path: 'text',
    total: 'count',
    passed: 'count',
    failed: 'count',
    skipped: 'count',
    failures: { list: 'string' },
  },
};
const variable: Shape = {
  either: [
    { fields: { state: { oneOf: ['value'] }, value: { either: ['string', 'number', 'boolean'] }, ...line } },
    {
      fields: {
        state: { oneOf: ['present'] },
        'format?': { oneOf: ['holds', 'broken'] },
        length: { oneOf: ['short', 'medium', 'long'] },
        ...line,
      },
    },
    {
      fields: {
        state: { oneOf: ['unset'] },
        code: { oneOf: ['env.unset', 'env.blank', 'env.placeholder'] },
        ...line,
      },
    },
    { fields: { state: { oneOf: ['ill-typed'] }, expected: 'string', ...line } },
  ],
};
const placed: Shape = { map: { fields: { text: 'string', line: 'positive' } } };
const reason: Shape = { oneOf: Object.keys(reasons) };

const contents: readonly Shape[] = [
  { fields: { type: { oneOf: ['variables'] }, variables: { map: variable } } },
  {
    fields: {
      type: { oneOf: ['command'] },
      argv: { list: 'string' },
      exitCode: 'integer',
      seconds: 'count',
      stdout: 'string',
      stderr: 'string',
      'json?': 'any',
      'tests?': { either: [tests, { fields: { missing: reason, message: 'string' } }] },
    },
  },
  { fields: { type: { oneOf: ['tests'] }, tests } },
  {
    fields: {
      type: { oneOf: ['document'] },
      path: 'text',
      fields: placed,
      sections: placed,
      tasks: { fields: { open: { list: 'positive' }, done: { list: 'positive' } } },
    },
  },
  { fields: { type: { oneOf: ['value'] }, value: 'any', ...line } },
  {
    fields: {
      type: { oneOf: ['git'] },
      commit: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
      'branch?': 'text',
      dirty: 'boolean',
      committedAt: 'integer',
    },
  },
];

const kind: Shape = {
  oneOf: [
    ...['env', 'dotenv', 'command', 'log', 'document', 'file', 'junit', 'ctrf', 'sarif', 'git'],
    ...['prometheus', 'http', 'metrics-text', 'github-checks', 'attestation', 'transitions'],
  ],
};

const item: Readonly<Record<string, Shape>> = {
  id: 'text',
  kind,
  collectedAt: time,
  source: { fields: { 'path?': 'string', ...line, 'command?': { list: 'string' }, 'query?': 'string' } },
  'subject?': subject,
  findings: {
    list: { fields: { code: reason, message: 'string', evidence: 'string', 'path?': 'string', ...line } },
  },
};

const observed: Shape = {
  fields: {
    ...item,
    status: { oneOf: ['observed'] },
    origin: { oneOf: ['live', 'imported'] },
    content: { either: contents },
    digest,
  },
};

const absent: Shape = {
  fields: { ...item, status: { oneOf: ['absent'] }, code: reason, message: 'string' },
};

/**
 * What `schemas/evidence.schema.json` says, and a test holds the two together: a reader of its own stops at the first
 * thing that is wrong, whereas a validator that lists them all could be made to fill the memory.
 */
const document: Shape = {
  fields: {
    apiVersion: { oneOf: ['soakgate/v1'] },
    kind: { oneOf: ['Evidence'] },
    tool: { fields: { name: { oneOf: ['soakgate'] }, version: 'string' } },
    policy: { fields: { name: 'string', digest } },
    subject,
    collectedAt: time,
    evidence: { list: { either: [observed, absent] } },
  },
  open: true,
};

/** Reads the files given by `--evidence`; one that cannot be read is a mistake of the command line. */
export function readEvidenceFiles(paths: readonly string[], cwd: string): Result<readonly EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const file = readNamedFile(resolve(cwd, path));
    const read = file.ok ? parseEvidenceFile(file.bytes) : undefined;
    if (read && 'value' in read) files.push(read.value);
    else {
      const message = read
        ? `\`${path}\` is no evidence file: ${read.message}`
        : `the file \`${path}\` cannot be read`;
      problems.push({
        code: 'usage/evidence-file',
        message,
        hint: 'name a file written by `soakgate collect --output`',
      });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: files };
}

/** Reads an evidence file. What it says is not believed yet: see `chooseImport`. */
export function parseEvidenceFile(bytes: Uint8Array): { value: EvidenceFile } | { message: string } {
  const text = decodeText(bytes);
  if (text === undefined) return { message: 'it is not UTF-8' };
  const json = parseJson(text);
  if (!json.ok) return { message: `line ${json.line}: ${json.message}` };
  const wrong = misfit(json.value, document);
  if (wrong !== undefined) return { message: `\`${wrong}\` is not as the schema demands` };
  const file = json.value as unknown as EvidenceFile;
  const times = [file.collectedAt, ...file.evidence.map(({ collectedAt }) => collectedAt)];
  if (times.some((time) => parseInstant(time) === undefined))
    return { message: 'a time in it cannot be read' };
  return { value: file };
}
