import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/model/exit.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { audits, checkAt, rulesOf } from '../support/rollout.ts';

const instant = '2026-02-24T09:00:00Z';
const now = Date.parse(instant);
const base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-demo-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));

function layOut(name: string, ...more: readonly string[]): string {
  const root = join(base, name);
  const words = ['scripts/demo.mjs', '--root', root, '--now', instant, '--lay-out', ...more];
  const run = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return root;
}

/** Every commit with its tree; equal lists are equal histories. */
function history(root: string): string {
  return execFileSync('git', ['-C', root, 'log', '--format=%H %T %cI %s'], { encoding: 'utf8' });
}

const gateOf = (verdict: Verdict, id: string) => verdict.gates.find((gate) => gate.id === id);

describe('the demo, laid out at one instant', () => {
  let root: string;
  beforeAll(() => {
    root = layOut('soaking');
  });

  test('has the same commits each time', () => {
    const again = layOut('again');
    expect(history(again)).toBe(history(root));
    expect(history(root).trim().split('\n').length).toBeGreaterThan(3);
    expect(execFileSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');
  });

  test('without commands: preflight holds, monitors go, the next phase opens in three hours', async () => {
    const verdict = await checkAt({ root, now });
    expect(verdict.decision).toBe('hold');
    expect(exitCodeOf(verdict)).toBe(3);
    expect(gateOf(verdict, 'preflight')).toMatchObject({
      decision: 'hold',
      role: 'decides',
      alsoNeeds: ['mono-check-green', 'backend-tests-green', 'agent-tests-green'],
    });
    for (const name of ['mono-check-green', 'backend-tests-green', 'agent-tests-green']) {
      expect(rulesOf(verdict).get(`preflight ${name}`)).toMatchObject({
        outcome: 'unknown',
        code: 'command.not-run',
      });
    }
    expect(gateOf(verdict, 'phase')?.decision).toBe('go');
    expect(gateOf(verdict, 'monitors')).toMatchObject({ decision: 'go', role: 'decides' });
    expect(gateOf(verdict, 'entry:auth-enforced')).toMatchObject({
      ...{ role: 'outlook', decision: 'hold', earliest: '2026-02-24T12:00:00Z', alsoNeeds: [] },
    });
    expect(gateOf(verdict, 'exit')).toMatchObject({
      role: 'outlook',
      decision: 'hold',
      after: ['auth-enforced', 'ws-enforced', 'vault-enforced'],
    });
    expect(gateOf(verdict, 'exit')?.earliest).toBeUndefined();
  });

  test('what is missing does not come by itself: at the earliest instant it is still pending', async () => {
    const later = await checkAt({ root, now: now + 3 * 3_600_000, gates: ['next'] });
    expect(rulesOf(later).get('entry:auth-enforced shadow-soak')?.outcome).toBe('pending');
    expect(later.decision).toBe('hold');
  });
});

describe('the demo on the eve of its soak', () => {
  test('one strict record at the instant opens the next phase', async () => {
    const root = layOut('eve', '--at', 'soak-eve');
    const before = await checkAt({ root, now, gates: ['next'] });
    expect(before.decision).toBe('hold');
    expect(before.earliest).toBe(instant);
    expect(rulesOf(before).get('entry:auth-enforced shadow-soak')?.outcome).toBe('pending');
    const row = `| ${instant} | shadow | hybrid | shadow | pass | mono-check pass |\n`;
    appendFileSync(join(root, `${audits}-smoke-window-2026-02.md`), row);
    const after = await checkAt({ root, now, gates: ['next'] });
    expect(gateOf(after, 'entry:auth-enforced')).toMatchObject({ decision: 'go', role: 'decides' });
    expect(after.decision).toBe('go');
    expect(exitCodeOf(after)).toBe(0);
  });

  test('a light record, or one that failed, does not', async () => {
    for (const result of ['not-run', 'fail']) {
      const root = layOut(`eve-${result}`, '--at', 'soak-eve');
      const row = `| ${instant} | shadow | hybrid | shadow | ${result} | mono-check ${result} |\n`;
      appendFileSync(join(root, `${audits}-smoke-window-2026-02.md`), row);
      const after = await checkAt({ root, now, gates: ['next'] });
      expect(after.decision, result).toBe(result === 'fail' ? 'no-go' : 'hold');
    }
  });
});

describe('the demo on the eve of its exit', () => {
  let root: string;
  const checkExit = () =>
    checkAt({ root, now, gates: ['exit'], run: true, evidenceFiles: [join(root, 'reports/metrics.json')] });
  beforeAll(() => {
    root = layOut('exit-eve', '--at', 'exit-eve');
  });

  test('has taken every step: each phase was entered by a transition that is trusted', async () => {
    const verdict = await checkAt({ root, now, gates: ['monitors'] });
    expect(verdict.phase?.road.map(({ id, state, by }) => [id, state, by === undefined])).toEqual([
      ['shadow', 'past', true],
      ['auth-enforced', 'past', false],
      ['ws-enforced', 'past', false],
      ['vault-enforced', 'current', false],
    ]);
    expect(verdict.findings).toEqual([]);
    // Without a server and without an evidence file nothing is known of the vault.
    expect(rulesOf(verdict).get('monitors:vault-enforced vault-rpc-stable')).toMatchObject({
      outcome: 'unknown',
      code: 'server.unset',
    });
  });

  test('one strict record turns hold into go', async () => {
    const before = await checkExit();
    expect(before.decision).toBe('hold');
    const open = [...rulesOf(before)].filter(([, { outcome }]) => outcome !== 'pass');
    expect(open.map(([key, { outcome, observed }]) => [key, outcome, observed])).toEqual([
      ['exit smoke-seven-days', 'pending', 6],
      ['exit smoke-seven-passes', 'pending', 6],
    ]);
    const row = `| ${instant} | enforced | ws | enforced | pass | mono-check pass |\n`;
    appendFileSync(join(root, `${audits}-smoke-window-2026-02.md`), row);
    const after = await checkExit();
    expect(after.message).toBe('10 rules pass');
    expect([after.decision, exitCodeOf(after)]).toEqual(['go', 0]);
  });

  test('metrics that are too old hold it again', async () => {
    const later = await checkAt({
      ...{ root, now: now + 11 * 60_000, gates: ['exit'] },
      evidenceFiles: [join(root, 'reports/metrics.json')],
    });
    expect(rulesOf(later).get('exit no-auth-regression-spike')).toMatchObject({ code: 'metric.stale' });
  });
});
