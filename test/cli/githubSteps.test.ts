import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatInstant, hour, second } from '../../src/model/instant.ts';
import { soakgate } from '../support/program.ts';
import { outputsIn, runnerReads } from '../support/runner.ts';
import { makeRollout, type Rollout } from '../support/steps.ts';

let rollout: Rollout;
const path = (name: string) => join(rollout.root, name);
const log = `docs/transitions-${new Date().getUTCFullYear()}.md`;
const smoke = (...rows: readonly (readonly [hours: number, mode: string, checks: string])[]) => {
  const now = Math.floor(Date.now() / second) * second;
  const lines = rows.map(
    ([hours, mode, checks]) => `| ${formatInstant(now - hours * hour)} | ${mode} | ${checks} |\n`,
  );
  const head = '# Smoke\n\n## Entries\n\n| Time | MODE | Checks |\n| --- | --- | --- |\n';
  writeFileSync(path('docs/smoke.md'), head + lines.join(''));
};
beforeEach(() => {
  rollout = makeRollout();
  smoke([2.5, 'off', 'pass'], [0.001, 'off', 'pass']);
});
afterEach(() => rollout.remove());

const run = (words: readonly string[], actions = 'true') => {
  for (const name of ['summary', 'output']) rmSync(path(name), { force: true });
  return soakgate([...words, '--root', '.'], {
    cwd: rollout.root,
    env: {
      GITHUB_ACTIONS: actions,
      GITHUB_STEP_SUMMARY: path('summary'),
      GITHUB_OUTPUT: path('output'),
    },
  });
};
const outputs = () => outputsIn(readFileSync(path('output'), 'utf8'));
const summary = () => readFileSync(path('summary'), 'utf8');
const onward = ['advance', 'second', 'policy.yaml', '--write-env', 'deploy.env'];
const back = ['rollback', 'first', 'policy.yaml', '--write-env', 'deploy.env', '--reason'];

describe('steps inside of GitHub Actions', () => {
  it('a step that is taken is a notice at its row, and its phase is an output', async () => {
    const { code, stdout } = await run(onward);
    expect(code).toBe(0);
    const { commands, text } = runnerReads(stdout);
    expect(text).toMatch(/^ADVANCED {2}first to second\n/);
    expect(commands).toMatchObject([
      { kind: 'notice', properties: { file: log, title: 'steps: advanced from first to second' } },
      { kind: 'notice', properties: { title: 'steps: go' } },
    ]);
    expect(outputs()).toEqual({ decision: 'go', earliest: '', phase: 'second', report: '' });
    expect(summary()).toMatch(/^## ADVANCED: first to second\n\nRow: `docs\/transitions-/);
    expect(summary()).toContain('## GO: ');
  });

  it('a dry run opens nothing, and never says `go`', async () => {
    const { code, stdout } = await run([...onward, '--dry-run']);
    expect(code).toBe(3);
    expect(runnerReads(stdout).commands[0]?.properties).toEqual({
      title: 'steps: would be advanced from first to second',
    });
    expect(outputs()).toMatchObject({ decision: 'go (dry run)', phase: 'first' });
    expect(summary()).toMatch(/^## WOULD ADVANCE: first to second; nothing is written\n/);
  });

  it('a step that is not go says what is open, as check does', async () => {
    smoke([0.001, 'off', 'pass']);
    const { code, stdout } = await run(onward);
    expect(code).toBe(3);
    const { commands } = runnerReads(stdout);
    expect(commands).toMatchObject([
      { kind: 'error', properties: { title: 'steps: hold' } },
      { kind: 'warning', properties: { file: 'policy.yaml', title: 'entry:second soak-first: pending' } },
    ]);
    expect(outputs()).toMatchObject({ decision: 'hold', phase: 'first' });
    expect(outputs()['earliest']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(summary()).toMatch(/^## NOT ADVANCED: first to second; nothing is written\n/);
  });

  it('a rollback is a warning with its reason, in which nothing is obeyed, and decides nothing', async () => {
    await run(onward);
    const { code, stdout } = await run([...back, 'it broke ::error::obeyed ##[error]obeyed']);
    expect(code).toBe(0);
    const { commands, text } = runnerReads(stdout);
    expect(text).toMatch(/^ROLLED BACK {2}second to first\n/);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatchObject({
      kind: 'warning',
      properties: { file: log, title: 'steps: rolled back from second to first' },
    });
    expect(commands[0]?.message).toContain('it broke');
    expect(outputs()).toEqual({ decision: '', earliest: '', phase: 'first', report: '' });
    expect(summary()).toMatch(/^## ROLLED BACK: second to first\n/);
  });

  it('elsewhere they come when asked for; JSON stays one value', async () => {
    const plain = await run([...onward, '--dry-run'], '');
    expect(runnerReads(plain.stdout).commands).toEqual([]);
    expect(existsSync(path('output'))).toBe(false);
    const asked = await run([...onward, '--dry-run', '--format', 'github'], '');
    expect(runnerReads(asked.stdout)).toMatchObject({ text: '', commands: [{}, {}] });
    expect(outputs()).toMatchObject({ decision: 'go (dry run)' });
    const json = await run([...onward, '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'Transition', how: 'recorded' });
  });
});

describe('watch inside of GitHub Actions', () => {
  it('tells its last decision when it ends', async () => {
    const { code, stdout, stderr } = await run(['watch', 'policy.yaml', '--timeout', '1s']);
    expect(code).toBe(0);
    expect(runnerReads(stdout)).toMatchObject({ commands: [{ properties: { title: 'steps: go' } }] });
    expect(runnerReads(stderr).commands).toEqual([]);
    expect(outputs()).toMatchObject({ decision: 'go', phase: 'first' });
    expect(summary()).toMatch(/^## GO: /);
  });

  it('and the rollback that it made, with the phase of after it', async () => {
    const policy = readFileSync(path('policy.yaml'), 'utf8');
    const monitor = "streak: { of: smoke, per: day, good: { '==': [{ var: Checks }, pass] }, atLeast: 1 }";
    writeFileSync(
      path('policy.yaml'),
      policy.replace('streak: { of: smoke, per: day, atLeast: 1 }', monitor),
    );
    expect((await run(onward)).code).toBe(0);
    smoke([2.5, 'off', 'pass'], [0.1, 'off', 'pass'], [0, 'half', 'fail']);
    const words = [
      'watch',
      'policy.yaml',
      '--on-fail',
      'rollback',
      '--write-env',
      'deploy.env',
      '--timeout',
      '20s',
    ];
    const { code, stdout } = await run(words);
    expect(code).toBe(1);
    const titles = runnerReads(stdout).commands.map(({ kind, properties }) => [kind, properties['title']]);
    expect(titles.slice(0, 2)).toEqual([
      ['warning', 'steps: rolled back from second to first'],
      ['error', 'steps: no-go'],
    ]);
    expect(outputs()).toMatchObject({ decision: 'no-go', phase: 'first' });
    expect(summary()).toMatch(/^## ROLLED BACK: second to first\n/);
    expect(summary()).toContain('## NO-GO: ');
  });
});
