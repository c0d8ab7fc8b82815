import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { memoryWorkspace } from '../../src/files/memory.ts';
import type { Workspace } from '../../src/files/workspace.ts';
import { type Checked, check } from '../../src/gate/check.ts';
import { declaredReport } from '../../src/gate/reports.ts';
import type { EvidenceReport } from '../../src/model/verdict.ts';
import { type Format, render } from '../../src/report/index.ts';
import { caseRequest } from '../support/caseTree.ts';
import { policyOf } from '../support/policy.ts';
import { earlyRollout, policyPath, type Rollout, rulesOf } from '../support/rollout.ts';
import { verdictWith } from '../support/verdicts.ts';

const item = (id: string, kind: EvidenceReport['kind'], seen: boolean): EvidenceReport =>
  seen
    ? { id, kind, status: 'observed' }
    : { id, kind, status: 'absent', code: 'command.not-run', message: 'no' };
const made = (commands: number, others: number) =>
  verdictWith({
    evidence: [
      ...[0, 1].map((n) => item(`command-${n}`, 'command', n < commands)),
      ...[0, 1, 2].map((n) => item(`file-${n}`, 'file', n < others)),
    ],
  });
const [quick, full] = [made(0, 3), made(2, 3)];

const encoder = new TextEncoder();

/** Writes one report after the other on one day, and gives the names of the files with the evidence behind each. */
async function kept(
  format: Format,
  ...verdicts: readonly (typeof quick | string)[]
): Promise<readonly string[]> {
  const files = new Map<string, Uint8Array>();
  const reports = { snapshot: { format, path: './kept/snapshot-{yyyy}-{MM}-{dd}.md' } };
  for (const verdict of verdicts) {
    if (typeof verdict === 'string') files.set('kept/snapshot-2026-02-24.md', encoder.encode(verdict));
    else {
      const checked = {
        verdict,
        policy: policyOf({ reports }),
        root: '/',
        workspace: memoryWorkspace(Object.fromEntries(files)),
      };
      const report = declaredReport('snapshot', checked);
      if (!report.ok) throw new Error('no such report');
      files.set(report.value.path, encoder.encode(await render(format, [verdict])));
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => {
      const text = new TextDecoder().decode(bytes);
      const observed = (text.match(/"status": "observed"|^Observed: \d/gm) ?? []).map((hit) =>
        hit.replace(/^Observed: /, ''),
      );
      const count = observed.length === 1 && /^\d$/.test(observed[0] ?? '') ? observed[0] : observed.length;
      return `${path.slice('kept/snapshot-2026-02-24'.length, -'.md'.length)}:${count}`;
    });
}

describe.each(['markdown', 'json'] as const)('a %s report of the same day', (format) => {
  test.each<[string, readonly (typeof quick)[], readonly string[]]>([
    ['the first', [quick], [':3']],
    ['two quick ones are one file', [quick, quick], [':3']],
    ['full after quick takes its place', [quick, full], [':5']],
    ['quick after full is kept beside it', [full, quick], ['-2:3', ':5']],
    ['a second quick one takes the place of the first', [full, quick, quick], ['-2:3', ':5']],
    ['full after both is the newest', [full, quick, full], ['-2:5', ':5']],
    ['and then a quick one is the third', [full, quick, full, quick], ['-2:5', '-3:3', ':5']],
    ['a full one with less behind it replaces nothing', [full, made(2, 2)], ['-2:4', ':5']],
    ['a quick one with less behind it replaces nothing', [quick, made(1, 0)], ['-2:1', ':3']],
    ['full with less is still more than quick with more', [made(1, 3), made(2, 1)], [':3']],
  ])('%s', async (_what, verdicts, expected) => {
    expect(await kept(format, ...verdicts)).toEqual(expected);
  });
});

describe('what nobody can tell the evidence of is never replaced', () => {
  test.each(['', 'some notes', '{"evidence":', '{"evidence":3}', '\ufffd'])('%j', async (text) => {
    expect(await kept('markdown', text, full)).toHaveLength(2);
  });

  it('nor is a file that cannot be read', () => {
    const path = 'kept/snapshot-2026-02-24.md';
    const known = memoryWorkspace({ [path]: 'x' });
    const workspace: Workspace = {
      ...known,
      read: () => ({ ok: false, code: 'file.unreadable', message: 'no' }),
    };
    const reports = { snapshot: { format: 'markdown', path: 'kept/snapshot-{yyyy}-{MM}-{dd}.md' } };
    const checked: Checked = { verdict: full, policy: policyOf({ reports }), root: '/', workspace };
    expect(declaredReport('snapshot', checked)).toMatchObject({
      value: { path: 'kept/snapshot-2026-02-24-2.md' },
    });
  });

  it('a gap in the numbers hides no later file', async () => {
    const path = (number: string) => `kept/snapshot-2026-02-24${number}.md`;
    const text = await render('markdown', [full]);
    const workspace = memoryWorkspace({ [path('')]: text, [path('-3')]: text });
    const reports = { snapshot: { format: 'markdown', path: 'kept/snapshot-{yyyy}-{MM}-{dd}.md' } };
    const checked: Checked = { verdict: quick, policy: policyOf({ reports }), root: '/', workspace };
    expect(declaredReport('snapshot', checked)).toMatchObject({ value: { path: path('-4') } });
  });

  it.each(['junit', 'sarif'])(
    'one in %s, of which nobody can tell how much stood behind it, is replaced',
    (format) => {
      const workspace = memoryWorkspace({ 'kept/gate.xml': '<testsuites/>' });
      const reports = { snapshot: { format, path: 'kept/gate.xml' } };
      const checked: Checked = { verdict: quick, policy: policyOf({ reports }), root: '/', workspace };
      expect(declaredReport('snapshot', checked)).toMatchObject({ value: { path: 'kept/gate.xml' } });
    },
  );
});

describe('the readiness snapshot that the first switch demands', () => {
  let rollout: Rollout | undefined;
  afterEach(() => rollout?.remove());

  it('is the newest of its series: a quick one made later closes the gate until a full one is made again', async () => {
    const { root, now } = (rollout = earlyRollout());
    const request = {
      ...caseRequest('waived'),
      cwd: root,
      root,
      policyPaths: [policyPath],
      envFiles: ['deploy/production.env'],
      env: { PATH: process.env.PATH },
      clock: () => now,
      gates: ['next'],
    };
    const judged = async (run: boolean) => {
      const checked = await check({ ...request, run });
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      return checked.value[0] as Checked;
    };
    const write = async (one: Checked) => {
      const report = declaredReport('readiness', one);
      if (!report.ok) throw new Error('no such report');
      const file = join(root, report.value.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await render('markdown', [one.verdict]));
    };
    const snapshot = async () =>
      rulesOf((await judged(false)).verdict).get('entry:auth-enforced readiness-snapshot');
    const quickly = await judged(false);
    const fully: Checked = {
      ...quickly,
      verdict: {
        ...quickly.verdict,
        evidence: quickly.verdict.evidence.map((one) => ({ ...one, status: 'observed' })),
      },
    };
    await write(fully);
    expect(await snapshot()).toMatchObject({ outcome: 'pass' });
    await write(quickly);
    expect(await snapshot()).toMatchObject({
      outcome: 'fail',
      remediation: 'npm run hardening:rollout:readiness:checks',
    });
    expect((await snapshot())?.cites[0]?.path).toMatch(/-2026-02-20-2\.md$/);
    await write(fully);
    expect(await snapshot()).toMatchObject({ outcome: 'pass' });
    const names = readdirSync(join(root, 'docs/audits')).filter((name) => name.includes('readiness'));
    expect(names).toHaveLength(2);
    for (const name of names)
      expect(readFileSync(join(root, 'docs/audits', name), 'utf8')).toMatch(/^Mode: full {2}$/m);
  });
});
