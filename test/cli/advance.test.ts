import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatInstant, hour, second } from '../../src/model/instant.ts';
import { soakgate } from '../support/program.ts';
import { makeRollout, type Rollout } from '../support/steps.ts';

let rollout: Rollout;
beforeEach(() => {
  rollout = makeRollout();
  const now = Math.floor(Date.now() / second) * second;
  const row = (hours: number) => `| ${formatInstant(now - hours * hour)} | off | pass |\n`;
  const head = '# Smoke\n\n## Entries\n\n| Time | MODE | Checks |\n| --- | --- | --- |\n';
  writeFileSync(join(rollout.root, 'docs/smoke.md'), head + row(2.5) + row(0.001));
});
afterEach(() => rollout.remove());

const run = (...words: readonly string[]) => soakgate([...words, '--root', '.'], { cwd: rollout.root });

describe('soakgate advance and rollback', () => {
  it('a dry run of a go exits 3; the step itself 0, told within 80 columns', async () => {
    const step = ['advance', 'second', 'policy.yaml', '--write-env', 'deploy.env'];
    const dry = await run(...step, '--dry-run');
    expect(dry).toMatchObject({ code: 3, stderr: '' });
    expect(dry.stdout).toMatch(/^WOULD ADVANCE {2}first to second; nothing is written\n/);
    expect(dry.stdout).toContain('steps: GO, exit code 3 of a dry run\n');
    const real = await run(...step);
    expect(real).toMatchObject({ code: 0, stderr: '' });
    expect(real.stdout).toMatch(/^ADVANCED {2}first to second\n/);
    expect(real.stdout).toContain('Set in deploy.env\n  MODE=half\n');
    expect(real.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(rollout.flagFile()).toContain('MODE=half');
    // What is kept is what `--format json` shows of the same verdict.
    const kept = rollout.files().find((name) => name.endsWith('.verdict.json')) ?? '';
    expect(JSON.parse(readFileSync(join(rollout.root, 'docs', kept), 'utf8'))).toMatchObject({
      kind: 'Verdict',
      decision: 'go',
    });
    const again = await run(...step, '--format', 'json');
    expect(again.code).toBe(2);
    expect(JSON.parse(again.stdout)).toMatchObject({ problems: [{ code: 'transition/out-of-turn' }] });
  });

  it('hold is 3 and says what is missing; flags that are set by hand are named', async () => {
    writeFileSync(join(rollout.root, 'docs/smoke.md'), '# Smoke\n');
    const held = await run('advance', 'second', 'policy.yaml');
    expect(held.code).toBe(3);
    expect(held.stdout).toMatch(/^NOT ADVANCED {2}first to second; nothing is written\n/);
    expect(held.stdout).toContain('steps: HOLD, exit code 3');
  });

  it('a rollback needs a reason, and is loud with 4 if it could not be recorded', async () => {
    expect(await run('rollback', 'first', 'policy.yaml')).toMatchObject({ code: 2, stdout: '' });
    expect((await run('advance', 'second', 'policy.yaml')).stdout).toContain(
      'Set these flags now\n  MODE=half\n',
    );
    writeFileSync(join(rollout.root, `docs/transitions-${new Date().getUTCFullYear()}.md`), '# Gone\n');
    const lost = await run(
      'rollback',
      'first',
      'policy.yaml',
      '--reason',
      'it broke',
      '--write-env',
      'deploy.env',
    );
    expect(lost).toMatchObject({ code: 4, stdout: '' });
    expect(lost.stderr).toContain(
      'THE FLAGS OF `first` ARE SET in `deploy.env`, BUT THE ROLLBACK IS NOT RECORDED',
    );
  });
});
