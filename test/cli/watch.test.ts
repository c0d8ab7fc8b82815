import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePolicy } from '../support/policies.ts';
import { formatInstant, hour, second } from '../../src/model/instant.ts';
import { makeFolder, soakgate } from '../support/program.ts';
import { makeRollout, type Rollout, stepsPolicy } from '../support/steps.ts';

describe('soakgate watch', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({ 'policies/file.yaml': filePolicy, 'mode.json': '{"mode":"shadow"}' });
  });
  afterEach(() => folder.remove());
  const put = (mode: string) => writeFileSync(join(folder.path, 'mode.json'), `{"mode":"${mode}"}`);
  const here = (words: readonly string[]) =>
    soakgate(['watch', '--root', '.', ...words], { cwd: folder.path });

  it.each([
    ['no-go', 'shadow', 1],
    ['go', 'enforced', 0],
    ['hold', 'else', 3],
  ])('when the time is up the exit code is the decision: %s', async (decision, mode, code) => {
    put(mode);
    const ended = await here(['--timeout', '1s']);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toMatch(new RegExp(`^${decision.toUpperCase()}  The file rollout`));
    expect(ended.stderr).toMatch(new RegExp(`^\\S+Z file: ${decision}`));
  });

  it('waits for go, sees the file change, and ends with 0', async () => {
    const words = ['--until', 'go', '--timeout', '1m', '--interval', '1h', '--format', 'json'];
    const waiting = here(words);
    setTimeout(() => put('enforced'), 1500);
    const ended = await waiting;
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'Verdict', decision: 'go' });
    expect(ended.stderr).toContain('file: mode-enforced (preflight): fail, now pass\n');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends it at once', async (signal) => {
    const begin = performance.now();
    const ended = await soakgate(['watch'], {
      cwd: folder.path,
      started: (pid) => setTimeout(() => process.kill(pid, signal), 1200),
    });
    expect(ended.code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(ended.stdout).toBe('');
    expect(performance.now() - begin).toBeLessThan(30_000);
  });

  it.each([
    ['an interval that is none', ['--interval', 'soon']],
    ['no decision', ['--until', 'hold']],
    ['a timeout that is none', ['--timeout', '0s']],
    ['something it cannot do', ['--on-fail', 'page']],
    ['a rollback for monitors of one phase', ['--on-fail', 'rollback', '--gate', 'monitors:second']],
    ['flags without a rollback', ['--write-env', 'deploy.env']],
    ['looking back', ['--at', '2026-01-01T00:00:00Z']],
    ['an unknown gate', ['--gate', 'preflihgt']],
    ['a policy that is not there', ['none.yaml']],
  ])('ends with 2 for %s', async (_what, words) => {
    expect(await here(words)).toMatchObject({ code: 2, stdout: '' });
  });
});

const alarmPolicy = stepsPolicy
  .replace(
    'evidence:\n',
    'evidence:\n  alarm: { file: { path: alarm.json, format: json, pointer: /state, type: string, oneOf: [calm, ringing] } }\n',
  )
  .replace('monitors:\n', 'monitors:\n  - { id: no-alarm, title: No alarm, expect: { alarm: calm } }\n');

describe('soakgate watch --on-fail rollback', () => {
  let rollout: Rollout;
  beforeEach(() => {
    rollout = makeRollout(alarmPolicy);
    const now = Math.floor(Date.now() / second) * second;
    const row = (hours: number, mode: string) =>
      `| ${formatInstant(now - hours * hour)} | ${mode} | pass |\n`;
    const head = '# Smoke\n\n## Entries\n\n| Time | MODE | Checks |\n| --- | --- | --- |\n';
    writeFileSync(join(rollout.root, 'docs/smoke.md'), head + row(2.5, 'off') + row(0.001, 'off'));
    alarm('calm');
  });
  afterEach(() => rollout.remove());

  const alarm = (state: string) => writeFileSync(join(rollout.root, 'alarm.json'), `{"state":"${state}"}`);
  const here = (...words: readonly string[]) => soakgate([...words, '--root', '.'], { cwd: rollout.root });
  const flags = ['--write-env', 'deploy.env'];
  const guard = ['watch', 'policy.yaml', '--on-fail', 'rollback', ...flags, '--interval', '1h'];

  it('goes back to the phase before when a monitor fails, and ends with the no-go that called for it', async () => {
    expect((await here('advance', 'second', 'policy.yaml', ...flags)).code).toBe(0);
    const watching = here(...guard, '--timeout', '1m');
    setTimeout(() => alarm('ringing'), 1500);
    const ended = await watching;
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^NO-GO {2}The steps rollout/);
    expect(ended.stderr).toContain('ROLLED BACK  second to first');
    expect(rollout.flagFile()).toContain('MODE=off');
    expect(rollout.rows().at(-1)).toMatch(/\| rollback \| second \| first \|.*watch: no-alarm fails/);
  });

  it.each([
    ['what is unknown', () => rmSync(join(rollout.root, 'alarm.json')), 3],
    ['a preflight that fails', () => writeFileSync(join(rollout.root, 'deploy.env'), '\n'), 1],
  ])('%s calls for nothing', async (_what, change, code) => {
    expect((await here('advance', 'second', 'policy.yaml', ...flags)).code).toBe(0);
    change();
    const ended = await here(...guard, '--timeout', '1s');
    expect(ended.code, ended.stdout).toBe(code);
    expect(rollout.rows()).toHaveLength(1);
  });

  it('in the first phase there is nothing to go back to', async () => {
    alarm('ringing');
    const ended = await here(...guard, '--timeout', '1s');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('no rollback is possible: there is no phase before `first`');
    expect(rollout.files()).toEqual(['smoke.md']);
  });

  it.each([
    ['nothing is recorded', false, 'half', 'second', 'first'],
    ['another phase is recorded', true, 'full', 'third', 'second'],
  ])('monitors of a phase whose flags were set by hand turn no other phase back: %s', async (...given) => {
    const [, advanced, flag, set, recorded] = given;
    const monitor = 'monitors: [{ id: third-calm, title: Calm, expect: { alarm: calm } }]';
    const pins = { half: 'pins: { flags.MODE: half }', full: 'pins: { flags.MODE: full }' };
    const policy = [pins.half, pins.full].reduce(
      (text, found, at) =>
        text.replace(found, `${found}\n    ${monitor.replace('third', at ? 'third' : 'second')}`),
      alarmPolicy.replace(/ {2}- \{ id: no-alarm.*\n/, ''),
    );
    writeFileSync(join(rollout.root, 'policy.yaml'), policy);
    if (advanced) expect((await here('advance', 'second', 'policy.yaml', ...flags)).code).toBe(0);
    rollout.setFlag(flag);
    alarm('ringing');
    const ended = await here(...guard.map((word) => (word === '1h' ? '1s' : word)), '--timeout', '3s');
    expect(ended.code).toBe(1);
    expect(ended.stderr).not.toContain('ROLLED BACK');
    const words = `the flags are those of \`${set}\`, but no transition into it is recorded; set the flags of \`${recorded}\``;
    expect(ended.stderr.split(words)).toHaveLength(2);
    expect(rollout.flagFile()).toContain(`MODE=${flag}`);
  });

  it('a rollback that cannot be kept is loud, and 4', async () => {
    expect((await here('advance', 'second', 'policy.yaml', ...flags)).code).toBe(0);
    alarm('ringing');
    writeFileSync(join(rollout.root, 'deploy.env.lock'), '');
    const ended = await here(
      ...guard.map((word) => (word === 'deploy.env' ? 'gone/deploy.env' : word)),
      '--timeout',
      '1s',
    );
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).not.toBe('');
  });
});
