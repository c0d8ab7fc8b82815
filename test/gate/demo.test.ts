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
