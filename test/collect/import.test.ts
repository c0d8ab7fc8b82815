import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/collect/digest.ts';
import { formatEvidenceFile } from '../../src/collect/evidenceFile.ts';
import { type CollectOptions, collectEvidence } from '../../src/collect/index.ts';
import { validateEvidence } from '../../src/generated/evidence.validator.js';
import { treeWorkspace } from '../../src/files/tree.ts';
import type { Content, Evidence, EvidenceFile, Observed, Subject } from '../../src/model/evidence.ts';
import { formatInstant, hour } from '../../src/model/instant.ts';
import type { EvidenceSpec } from '../../src/model/policy.ts';
import { parseEvidenceFile } from '../../src/parse/evidence.ts';
import { createRepo, type TestRepo } from '../files/repo.ts';
import { logSpec, noon, optionsOf, policyOf, spec, variable } from './policy.ts';

let repo: TestRepo;
let first: string;
let folder: string;

beforeAll(() => {
  repo = createRepo();
  repo.write('src/a.txt', 'one\n');
  repo.write('logs/smoke-2026-02.md', '# Log\n');
  first = repo.commit('2026-02-20T00:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'soakgate-import-'));
});
beforeEach(() => {
  repo.git('checkout', '--quiet', '--force', 'main');
  repo.git('reset', '--quiet', '--hard', first);
  repo.git('clean', '--quiet', '-fd');
});
afterAll(() => {
  repo.remove();
  rmSync(folder, { recursive: true, force: true });
});

const command = (more: Partial<EvidenceSpec> = {}) =>
  spec(
    {
      kind: 'command',
      run: ['npm', 'test'],
      timeout: 1000,
      protects: [],
      output: 'text',
      env: [],
      serial: false,
    },
    more,
  );
const content: Content = {
  type: 'command',
  argv: ['npm', 'test'],
  exitCode: 0,
  seconds: 3,
  stdout: 'fine',
  stderr: '',
};

function observed(more: Partial<Observed> = {}): Observed {
  return {
    id: 'tests',
    kind: 'command',
    status: 'observed',
    origin: 'live',
    collectedAt: noon - hour,
    source: { command: ['npm', 'test'] },
    subject: { commit: first, branch: 'main' },
    findings: [],
    content,
    digest: digestOf(content),
    ...more,
  };
}

function fileText(evidence: readonly Evidence[], subject: Subject = { commit: first }): string {
  return formatEvidenceFile({ policy: policyOf({}), subject, collectedAt: noon, evidence, version: '0.0.0' });
}

let files = 0;
async function importing(
  texts: readonly string[],
  { one = command(), more = {} }: { one?: EvidenceSpec; more?: Partial<CollectOptions> } = {},
): Promise<Evidence> {
  const evidenceFiles = texts.map((text) => {
    const path = join(folder, `e-${++files}.json`);
    writeFileSync(path, text);
    return path;
  });
  const policy = policyOf({ tests: one, smoke: logSpec('logs/smoke-{yyyy}-{MM}.md') });
  const options = optionsOf(
    {},
    {
      root: repo.root,
      cwd: folder,
      workspace: treeWorkspace(repo.root),
      evidenceFiles,
      only: new Set(['tests']),
      ...more,
    },
  );
  const collected = await collectEvidence(policy, options);
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  return collected.value.evidence[0] as Evidence;
}

const codeOf = (item: Evidence) => (item.status === 'absent' ? item.code : item.origin);
const edited = (
  edit: (
    file: { -readonly [K in keyof EvidenceFile]: EvidenceFile[K] } & { evidence: [Record<string, unknown>] },
  ) => void,
) => {
  const file = JSON.parse(fileText([observed()]));
  edit(file);
  return JSON.stringify(file);
};

describe('importing evidence', () => {
  it('lets a result outlive its process', async () => {
    const item = await importing([fileText([observed()])]);
    expect(item).toMatchObject({ status: 'observed', origin: 'imported', collectedAt: noon - hour, content });
    expect(item.status === 'observed' && item.digest).toBe(digestOf(content));
  });

  const refused: readonly [string, () => string, string][] = [
    [
      'another policy',
      () => edited((file) => (file.policy = { name: 'p', digest: `sha256:${'2'.repeat(64)}` })),
      'evidence.other-policy',
    ],
    [
      'a changed content',
      () => edited(({ evidence: [item] }) => (item['content'] = { ...content, exitCode: 1 })),
      'evidence.tampered',
    ],
    ['another kind', () => edited(({ evidence: [item] }) => (item['kind'] = 'junit')), 'evidence.tampered'],
    [
      'another environment',
      () => edited(({ evidence: [item] }) => (item['subject'] = { commit: first, environment: 'staging' })),
      'evidence.other-environment',
    ],
    [
      'another commit',
      () => edited(({ evidence: [item] }) => (item['subject'] = { commit: 'a'.repeat(40) })),
      'evidence.other-commit',
    ],
    ['no commit', () => edited(({ evidence: [item] }) => (item['subject'] = {})), 'evidence.no-commit'],
    [
      'more than a day of age',
      () => fileText([observed({ collectedAt: noon - 24 * hour - 1 })]),
      'evidence.stale',
    ],
    ['the future', () => fileText([observed({ collectedAt: noon + 6 * 60_000 })]), 'evidence.as-of'],
  ];
  it.each(refused)('refuses %s', async (_, text, code) =>
    expect(codeOf(await importing([text()]))).toBe(code),
  );

  it('takes exactly a day of age, or what the policy says', async () => {
    expect(codeOf(await importing([fileText([observed({ collectedAt: noon - 24 * hour })])]))).toBe(
      'imported',
    );
    const text = fileText([observed({ collectedAt: noon - 40 * hour })]);
    expect(codeOf(await importing([text], { one: command({ maxAge: 48 * hour }) }))).toBe('imported');
    expect(codeOf(await importing([text], { one: command({ maxAge: hour }) }))).toBe('evidence.stale');
  });

  it('needs the environment of the run', async () => {
    const text = fileText([observed({ subject: { commit: first, environment: 'production' } })]);
    expect(codeOf(await importing([text], { more: { environment: 'production' } }))).toBe('imported');
    expect(codeOf(await importing([text]))).toBe('evidence.other-environment');
    expect(codeOf(await importing([fileText([observed()])], { more: { environment: 'production' } }))).toBe(
      'evidence.other-environment',
    );
  });

  it('outlives the commit of a log row, but no other', async () => {
    repo.write('logs/smoke-2026-02.md', '# Log\nrow\n');
    repo.commit('2026-02-21T00:00:00Z');
    expect(codeOf(await importing([fileText([observed()])], { one: command({ bind: 'commit' }) }))).toBe(
      'imported',
    );
    repo.write('src/a.txt', 'two\n');
    repo.commit('2026-02-22T00:00:00Z');
    expect(codeOf(await importing([fileText([observed()])], { one: command({ bind: 'commit' }) }))).toBe(
      'evidence.other-commit',
    );
  });

  it('counts for the second parent of the merge that it is about', async () => {
    repo.git('checkout', '--quiet', '-B', 'feature');
    repo.write('src/b.txt', 'two\n');
    const head = repo.commit('2026-02-21T00:00:00Z');
    repo.git('checkout', '--quiet', 'main');
    repo.write('src/c.txt', 'three\n');
    repo.commit('2026-02-22T00:00:00Z');
    repo.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
    const merge = repo.git('rev-parse', 'HEAD');
    const about = fileText([observed({ subject: { commit: merge } })]);
    expect(codeOf(await importing([about]))).toBe('imported');
    repo.git('checkout', '--quiet', 'feature');
    expect(repo.git('rev-parse', 'HEAD')).toBe(head);
    expect(codeOf(await importing([about]))).toBe('imported');
    repo.git('checkout', '--quiet', '--detach', 'main~1');
    expect(codeOf(await importing([about]))).toBe('evidence.other-commit');
  });

  it('is refused over a dirty tree where it is bound', async () => {
    repo.write('src/new.txt', '');
    expect(codeOf(await importing([fileText([observed()])], { one: command({ bind: 'commit' }) }))).toBe(
      'evidence.dirty-tree',
    );
    expect(codeOf(await importing([fileText([observed()])]))).toBe('imported');
  });

  it('needs the branch', async () => {
    expect(codeOf(await importing([fileText([observed()])], { one: command({ branch: 'main' }) }))).toBe(
      'imported',
    );
    expect(codeOf(await importing([fileText([observed()])], { one: command({ branch: 'release' }) }))).toBe(
      'evidence.other-branch',
    );
  });

  it('never beats a live observation', async () => {
    const env = spec({ kind: 'env', variables: { A: variable({ show: true }) } });
    const theirs: Content = { type: 'variables', variables: { A: { state: 'value', value: 'imported' } } };
    const text = fileText([
      observed({ kind: 'env', content: theirs, digest: digestOf(theirs), collectedAt: noon }),
    ]);
    const item = await importing([text], { one: env, more: { env: { A: 'live' } } });
    expect(item).toMatchObject({ origin: 'live', content: { variables: { A: { value: 'live' } } } });
  });

  const failed: Content = { ...content, exitCode: 1 };
  const failure = (more: Partial<Observed> = {}) =>
    fileText([observed({ content: failed, digest: digestOf(failed), ...more })]);
  const olderText = () => fileText([observed({ collectedAt: noon - 2 * hour })]);
  const newerText = () => fileText([observed({ collectedAt: noon - hour })]);

  it('takes the newest of several in whatever order, and not an older one for a spoiled one', async () => {
    const older = olderText();
    const newer = newerText();
    const broken = edited(({ evidence: [item] }) => (item['digest'] = `sha256:${'0'.repeat(64)}`));
    const brokenBefore = broken.replace('2026-02-24T11:00:00Z', '2026-02-24T10:30:00Z');
    const elsewhere = fileText([observed({ subject: { commit: first, environment: 'staging' } })]);
    const ahead = fileText([observed({ collectedAt: noon + hour })]);
    const stripped = edited(({ evidence: [item] }) => (item['subject'] = {}));
    const cases: readonly [readonly string[], string | number][] = [
      [[older, newer], noon - hour],
      [[newer, newer], noon - hour],
      [[older, brokenBefore, newer], noon - hour],
      [[older, broken], 'evidence.tampered'],
      [[older, stripped], 'evidence.no-commit'],
      [[older, ahead], 'evidence.as-of'],
      [[newer, failure()], 'evidence.tampered'],
      [[newer, broken], 'evidence.tampered'],
      // Files of several runs: what is about something else says nothing about this.
      [[older, elsewhere], noon - 2 * hour],
    ];
    for (const [texts, wanted] of cases) {
      for (const order of [texts, texts.toReversed()]) {
        const item = await importing(order);
        expect(item.status === 'absent' ? item.code : item.collectedAt).toBe(wanted);
      }
    }
  });

  it('does not take the result of another command', async () => {
    for (const argv of [['true'], ['npm'], ['npm', 'test', ''], ['npm test']]) {
      const other: Content = { ...content, argv };
      const text = fileText([observed({ content: other, digest: digestOf(other) })]);
      expect(codeOf(await importing([text]))).toBe('evidence.tampered');
      expect(codeOf(await importing([text, olderText()]))).toBe('evidence.tampered');
    }
  });

  it('is out of sight if it was collected after the instant looked at', async () => {
    const text = fileText([observed({ collectedAt: noon - hour })]);
    const back = { at: noon - 2 * hour };
    expect(codeOf(await importing([text], { more: back }))).toBe('evidence.as-of');
    const before = fileText([observed({ collectedAt: noon - 3 * hour })]);
    expect(codeOf(await importing([text, before], { more: back }))).toBe('imported');
  });

  it('leaves what it does not hold as it is', async () => {
    expect(codeOf(await importing([fileText([])]))).toBe('command.not-run');
    const { content: _content, digest: _digest, origin: _origin, ...gone } = observed();
    const absent = { ...gone, status: 'absent' as const, code: 'command.timed-out' as const, message: 'x' };
    expect(codeOf(await importing([fileText([absent])]))).toBe('command.not-run');
  });
});

/** Paths of all values in a document. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** The document with one value replaced; undefined takes it out, and an unknown name comes in beside it. */
function replaced(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put ?? null;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, put) : item));
  const holder = value as Record<string, unknown>;
  if (rest.length > 0 || put !== undefined) return { ...holder, [key]: replaced(holder[key], rest, put) };
  const { [key]: _gone, ...others } = holder;
  return { ...others, unknownName: 1 };
}

describe('evidence files', () => {
  const contents: readonly (readonly [Evidence['kind'], Content])[] = [
    [
      'env',
      {
        type: 'variables',
        variables: {
          A: { state: 'present', format: 'holds', length: 'long', line: 3 },
          B: { state: 'unset', code: 'env.blank' },
          C: { state: 'ill-typed', expected: 'x' },
        },
      },
    ],
    [
      'command',
      {
        ...content,
        type: 'command',
        json: { a: [1, null] },
        tests: { missing: 'tests.missing', message: 'none' },
      },
    ],
    [
      'junit',
      {
        type: 'tests',
        tests: {
          format: 'junit',
          path: 'r.xml',
          total: 1,
          passed: 0,
          failed: 1,
          skipped: 0,
          failures: ['a'],
        },
      },
    ],
    ['file', { type: 'value', value: 'x', line: 2 }],
    ['git', { type: 'git', commit: 'a'.repeat(40), dirty: false, committedAt: noon }],
    [
      'document',
      {
        type: 'document',
        path: 'd.md',
        fields: { Mode: { text: 'full', line: 3 } },
        sections: {},
        tasks: { open: [4], done: [] },
      },
    ],
  ];
  it.each(contents)('keep %s evidence as it is', (kind, one) => {
    const item = observed({ kind, content: one, digest: digestOf(one) });
    const read = parseEvidenceFile(fileText([item]));
    if (!('value' in read)) throw new Error(read.message);
    expect(JSON.parse(JSON.stringify(read.value.evidence[0]))).toEqual({
      ...item,
      collectedAt: formatInstant(item.collectedAt),
    });
    expect(read.value.evidence[0]?.status === 'observed' && digestOf(read.value.evidence[0].content)).toBe(
      item.digest,
    );
  });

  const all = contents.map(([kind, one], id) =>
    observed({ id: `e${id}`, kind, content: one, digest: digestOf(one) }),
  );
  const { content: _content, digest: _digest, origin: _origin, ...gone } = observed({ id: 'gone' });
  const absent = { ...gone, status: 'absent' as const, code: 'command.timed-out' as const, message: 'x' };
  const whole = fileText([...all, absent]);

  it.each<[string, unknown, string]>([
    ['kind', 'Verdict', '`kind` is not `Evidence`'],
    ['policy.digest', 'sha256:x', '`policy.digest` is not as the schema demands'],
    ['evidence', {}, '`evidence` is not of type array'],
    ['evidence.1.content.exitCode', '0', '`evidence.1.content.exitCode` is not of type integer'],
    [
      'evidence.1.content.stdout',
      undefined,
      '`evidence.1.content` has none of the forms that the schema allows',
    ],
    [
      'evidence.0.content.variables.A.length',
      'huge',
      '`evidence.0.content.variables.A.length` is not as the schema demands',
    ],
    ['evidence.4.content.commit', 'main', '`evidence.4.content.commit` is not as the schema demands'],
    ['evidence.6.code', 'command.bored', 'this version does not know the reason code `command.bored`'],
    [
      'evidence.1.content.tests.missing',
      'tests.bored',
      'this version does not know the reason code `tests.bored`',
    ],
    ['evidence.0.collectedAt', '2026-02-30T12:00:00Z', 'a time in it cannot be read'],
  ])('with `%s` set to %j say `%s`', (place, put, message) => {
    expect(parseEvidenceFile(whole)).toHaveProperty('value');
    expect(parseEvidenceFile(JSON.stringify(replaced(JSON.parse(whole), place.split('.'), put)))).toEqual({
      message,
    });
  });

  it('are refused wherever something in them is of another kind', () => {
    const places = pathsOf(JSON.parse(whole)).filter((path) => !path.includes('json') && path.length > 0);
    for (const place of places) {
      // No place but a value that is any JSON takes a list of a list.
      const file = replaced(JSON.parse(whole), place, [[]]);
      const free = place.join('.') === 'evidence.3.content.value';
      expect('value' in parseEvidenceFile(JSON.stringify(file)), place.join('.')).toBe(free);
    }
  });

  it('of many mistakes are listed no further than to the first', () => {
    const many = { ...(JSON.parse(whole) as object), evidence: Array.from({ length: 300_000 }, () => ({})) };
    expect(parseEvidenceFile(JSON.stringify(many))).toHaveProperty('message');
    expect(validateEvidence.errors?.length).toBeLessThan(10);
  });

  it('are sorted, and leave logs and transitions out', () => {
    const log = { ...observed(), id: 'a', kind: 'log' as const };
    const transitions = { ...observed(), id: 'b', kind: 'transitions' as const };
    const file = JSON.parse(
      fileText([observed({ id: 'z' }), observed({ id: 'c' }), log, transitions]),
    ) as EvidenceFile;
    expect(file.evidence.map(({ id }) => id)).toEqual(['c', 'z']);
    expect(file).toMatchObject({
      apiVersion: 'soakgate/v1',
      kind: 'Evidence',
      policy: { name: 'p' },
      collectedAt: '2026-02-24T12:00:00Z',
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['another document', '{"apiVersion":"soakgate/v1","kind":"Verdict"}'],
    ['evidence twice', fileText([observed(), observed({ collectedAt: noon })])],
    ['a bad time', fileText([]).replace('2026-02-24T12:00:00Z', '2026-02-30T12:00:00Z')],
    ['a name twice', fileText([]).replace('"kind": "Evidence"', '"kind": "Evidence", "kind": "Evidence"')],
  ])('refuse %s', (_, text) => expect(parseEvidenceFile(text)).toHaveProperty('message'));

  it('are refused or harmless whatever is changed in them', () => {
    const text = fileText([observed()]);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('', '"', '1', '{', 'x', '\\'), (at, insert) => {
        const read = parseEvidenceFile(text.slice(0, at) + insert + text.slice(at + 1));
        if (!('value' in read)) return;
        for (const item of read.value.evidence) {
          if (item.status !== 'observed' || digestOf(item.content) !== item.digest) continue;
          expect(JSON.parse(JSON.stringify(item.content))).toEqual(content);
        }
      }),
      { numRuns: 300 },
    );
  });
});
