import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderStatus } from '../../src/report/status.ts';
import type { TransitionAnswer } from '../../src/gate/transition.ts';
import { makeRollout, type Rollout, said, stepsPolicy } from '../support/steps.ts';

let rollout: Rollout;
beforeEach(() => {
  rollout = makeRollout();
});
afterEach(() => rollout.remove());

const report = (answer: TransitionAnswer) => {
  if (answer.how !== 'told') throw new Error(JSON.stringify(answer));
  return answer.report;
};

const standing = (hours: number) => rollout.standing(hours);

/** Two hours in first, and the step into second at hour 2. */
async function intoSecond(): Promise<void> {
  rollout.smoke([0, 'off'], [2, 'off']);
  expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('recorded');
}

describe('advance', () => {
  it('on go keeps the verdict by its digest, then the row that names it', async () => {
    rollout.smoke([0, 'off'], [2, 'off']);
    const { verdict, stored, row } = report(await rollout.advance('second', 2, { reason: 'a | b' }));
    const text = readFileSync(join(rollout.root, stored?.path ?? ''), 'utf8');
    expect(stored?.digest).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
    expect(JSON.parse(text)).toEqual(verdict);
    expect(rollout.rows()).toEqual([
      `| 2026-02-24T08:00:00Z | advance | first | second | go | ${stored?.digest} | a \\| b |`,
    ]);
    expect(row).toMatchObject({ path: rollout.log, line: 10 });
    const gates = verdict?.gates.map(({ id, role, decision }) => [id, role, decision]);
    expect(gates).toEqual([
      ['preflight', 'decides', 'go'],
      ['phase', 'decides', 'go'],
      ['monitors', 'decides', 'go'],
      ['entry:second', 'decides', 'go'],
    ]);
    expect((await standing(2)).phase).toMatchObject({
      current: 'first',
      road: [{ state: 'past' }, { state: 'current', enteredAt: '2026-02-24T08:00:00Z' }, { state: 'ahead' }],
    });
  });

  it('writes nothing unless it is go, nor in a dry run', async () => {
    rollout.smoke([0, 'off'], [1, 'off']);
    expect(said(await rollout.advance('second', 1, { writeEnv: 'deploy.env' }))).toBe('hold');
    rollout.smoke([0, 'off'], [2, 'off', 'fail']);
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('no-go');
    rollout.smoke([0, 'off'], [2, 'off']);
    const dry = report(await rollout.advance('second', 2, { writeEnv: 'deploy.env', dryRun: true }));
    expect(dry).toMatchObject({ how: 'recorded', dryRun: true, flags: { how: 'set', changed: ['MODE'] } });
    expect(rollout.files()).toEqual(['smoke.md']);
    expect(rollout.flagFile()).toContain('MODE=off');
  });

  it.each([
    ['the phase after the next', 'third', 'refused transition/out-of-turn'],
    ['the end', 'done', 'refused transition/out-of-turn'],
    ['the phase in force', 'first', 'refused transition/out-of-turn'],
    ['a phase that is not there', 'secnod', 'refused transition/unknown-phase'],
  ])('refuses %s', async (_name, to, answer) => {
    rollout.smoke([0, 'off'], [2, 'off']);
    const refused = await rollout.advance(to, 2);
    expect(said(refused)).toBe(answer);
    expect(JSON.stringify(refused)).toContain(
      to === 'secnod' ? 'did you mean `second`?' : 'soakgate advance second',
    );
    expect(existsSync(join(rollout.root, rollout.log))).toBe(false);
  });

  it('refuses pins of neither phase: drift', async () => {
    rollout.smoke([0, 'off'], [2, 'off']);
    rollout.setFlag('full');
    const answer = report(await rollout.advance('second', 2));
    expect([answer.how, answer.verdict?.decision]).toEqual(['not-go', 'no-go']);
    expect(answer.verdict?.gates[1]?.rules).toMatchObject([
      { id: 'phase-drift', outcome: 'fail', code: 'phase.drift' },
    ]);
    rollout.setFlag('other');
    expect(said(await rollout.advance('second', 2))).toBe('no-go');
  });

  it('does not count a row of the future, nor writes behind one', async () => {
    await intoSecond();
    const future = readFileSync(join(rollout.root, rollout.log), 'utf8').replace(
      'T08:00:00Z | adv',
      'T18:00:00Z | adv',
    );
    writeFileSync(join(rollout.root, rollout.log), future);
    rollout.smoke([0, 'off'], [2, 'off'], [2.1, 'half'], [4, 'half']);
    expect(said(await rollout.advance('third', 4))).toBe('refused transition/future-row');
  });
});

describe('pins of the phase to be entered', () => {
  it('are accepted, and the entry is judged as of the first record that shows them', async () => {
    rollout.smoke([0, 'off'], [2, 'off'], [3, 'half']);
    rollout.setFlag('half');
    expect(report(await rollout.advance('second', 4))).toMatchObject({
      how: 'recorded',
      flags: { how: 'in-force' },
    });
  });

  it('do not help if the entry was not go then, however good it is by now', async () => {
    rollout.smoke([0, 'off'], [1, 'half'], [1.5, 'off'], [3.5, 'off']);
    rollout.setFlag('half');
    expect(said(await rollout.advance('second', 4))).toBe('no-go');
  });

  it('are judged as of now where no record shows them', async () => {
    rollout.smoke([0, 'off'], [2, 'off']);
    rollout.setFlag('half');
    expect(said(await rollout.advance('second', 2))).toBe('recorded');
  });

  it('are not excused by a visit of before: only records since the newest transition count', async () => {
    await intoSecond();
    rollout.smoke([0, 'off'], [2, 'off'], [3, 'half']);
    expect(said(await rollout.rollback('first', 4, { writeEnv: 'deploy.env' }))).toBe('recorded');
    rollout.setFlag('half');
    expect(said(await rollout.advance('second', 4.5))).not.toBe('recorded');
    expect((await standing(4.5)).gates.find(({ id }) => id === 'phase')?.decision).not.toBe('go');
  });
});

describe('the flags', () => {
  it('are set with the row: comments stay', async () => {
    await intoSecond();
    expect(rollout.flagFile()).toBe('# The flag\nMODE=half # of today\n');
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe(
      'refused transition/out-of-turn',
    );
  });

  it('that were not set before a crash are told by status and set by the same command', async () => {
    await intoSecond();
    rollout.setFlag('off');
    expect((await standing(2)).findings).toMatchObject([{ code: 'phase.behind' }]);
    expect(said(await rollout.advance('second', 2))).toBe('refused transition/out-of-turn');
    const again = report(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }));
    expect(again).toMatchObject({
      how: 'finished',
      row: { line: 10 },
      flags: { how: 'set', changed: ['MODE'] },
    });
    expect(rollout.rows()).toHaveLength(1);
    expect((await standing(2)).phase?.current).toBe('second');
  });

  it('are not set again unless the entry is still go', async () => {
    await intoSecond();
    rollout.setFlag('off');
    rollout.smoke([0, 'off'], [2, 'off'], [2.5, 'off', 'fail']);
    expect(said(await rollout.advance('second', 3, { writeEnv: 'deploy.env' }))).toBe('no-go');
    expect(rollout.flagFile()).toContain('MODE=off');
  });

  it.each([
    ['a file that the pins are not read from', { writeEnv: 'other.env' }, 'refused transition/pin-elsewhere'],
    ['a file that is not there', { writeEnv: 'none.env' }, 'refused transition/env-file'],
  ])('cannot be set in %s', async (_name, more, answer) => {
    writeFileSync(join(rollout.root, 'other.env'), 'MODE=off\n');
    rollout.smoke([0, 'off'], [2, 'off']);
    expect(said(await rollout.advance('second', 2, more))).toBe(answer);
    expect(existsSync(join(rollout.root, rollout.log))).toBe(false);
  });

  it('of the environment are set in the file named last', async () => {
    rollout.remove();
    rollout = makeRollout(stepsPolicy.replace('dotenv: { path: deploy.env, variables', 'env: { variables'));
    rollout.smoke([0, 'off'], [2, 'off']);
    writeFileSync(join(rollout.root, 'late.env'), '');
    const wrong = { writeEnv: 'deploy.env', envFiles: ['deploy.env', 'late.env'] };
    expect(said(await rollout.advance('second', 2, wrong))).toBe('refused transition/env-file-order');
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('recorded');
    expect(rollout.flagFile()).toContain('MODE=half');
  });

  it.each([
    ['the policy', 'policy.yaml', /is the policy/],
    ['a log', 'docs/smoke.md', /is the evidence `smoke`/],
    ['a file whose value is evidence', 'version.txt', /is the evidence `version`/],
    ['the transition log', 'docs/transitions-2026.md', /keeps/],
    ['a text that is no env file', 'README', /line 1 is no assignment/],
  ])('of the environment are never set in %s', async (_name, file, words) => {
    rollout.remove();
    const version = 'version: { file: { path: version.txt, format: text, pattern: "V=(.*)", type: string } }';
    const policy = stepsPolicy
      .replace('dotenv: { path: deploy.env, variables', 'env: { variables')
      .replace('evidence:\n', `evidence:\n  ${version}\n`);
    rollout = makeRollout(policy);
    rollout.smoke([0, 'off'], [2, 'off']);
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('recorded');
    writeFileSync(join(rollout.root, 'version.txt'), 'V=1\n');
    writeFileSync(join(rollout.root, 'README'), 'Flags stand elsewhere.\n');
    const before = readFileSync(join(rollout.root, file), 'utf8');
    const answer = await rollout.rollback('first', 3, { writeEnv: file });
    expect(said(answer)).toBe('refused transition/env-file');
    expect(JSON.stringify(answer)).toMatch(words);
    expect(readFileSync(join(rollout.root, file), 'utf8')).toBe(before);
  });
});

describe('rollback', () => {
  beforeEach(intoSecond);

  it('sets the flags and records it; soaks begin anew', async () => {
    const back = report(await rollback('first'));
    expect(back).toMatchObject({ how: 'recorded', from: 'second', to: 'first', flags: { how: 'set' } });
    expect(rollout.rows()[1]).toBe('| 2026-02-24T09:00:00Z | rollback | second | first |  |  | it broke |');
    expect(rollout.flagFile()).toContain('MODE=off');
    expect(said(await rollout.advance('second', 3))).toBe('hold');
    rollout.smoke([0, 'off'], [2, 'off'], [3.1, 'off'], [5.1, 'off']);
    expect(said(await rollout.advance('second', 5.1))).toBe('recorded');
  });

  const rollback = (to: string, more = {}) => rollout.rollback(to, 3, { writeEnv: 'deploy.env', ...more });

  it.each(['second', 'third', 'none'])('refuses %s', async (to) => {
    expect(said(await rollback(to))).toBe(
      `refused transition/${to === 'none' ? 'unknown-phase' : 'out-of-turn'}`,
    );
    expect(rollout.flagFile()).toContain('MODE=half');
  });

  it('leads back from a row that does not count: it may have moved the flags', async () => {
    const [verdict = ''] = rollout.files().filter((name) => name.endsWith('.verdict.json'));
    rmSync(join(rollout.root, 'docs', verdict));
    expect(said(await rollback('first'))).toBe('recorded');
  });

  it('sets the flags and is loud if the log cannot be read', async () => {
    writeFileSync(join(rollout.root, rollout.log), '# nothing\n');
    const answer = await rollback('first');
    expect(said(answer)).toBe('lost transition/rollback-lost transition/unreadable-log');
    expect(JSON.stringify(answer)).toContain('ARE SET in `deploy.env`, BUT THE ROLLBACK IS NOT RECORDED');
    expect(rollout.flagFile()).toContain('MODE=off');
  });

  it('sets the flags and is loud if somebody else holds the log', async () => {
    const lock = join(rollout.root, 'docs/.transitions-2026.md.lock');
    writeFileSync(lock, 'nobody can read this');
    expect(said(await rollback('first'))).toBe('lost transition/rollback-lost record/locked');
    expect(rollout.flagFile()).toContain('MODE=off');
    rmSync(lock);
    expect((await standing(3)).findings).toMatchObject([{ code: 'phase.behind' }]);
    expect(said(await rollback('first'))).toBe('recorded');
  });

  it('records nothing if the flags cannot be set', async () => {
    rmSync(join(rollout.root, 'deploy.env'));
    mkdirSync(join(rollout.root, 'deploy.env'));
    expect(said(await rollback('first'))).toBe('lost transition/rollback-lost transition/env-file');
    expect(rollout.rows()).toHaveLength(1);
  });

  it('shows what it would do', async () => {
    expect(report(await rollback('first', { dryRun: true }))).toMatchObject({
      how: 'recorded',
      dryRun: true,
    });
    expect(rollout.rows()).toHaveLength(1);
    expect(rollout.flagFile()).toContain('MODE=half');
  });
});

describe('the end', () => {
  const intoThird = async () => {
    await intoSecond();
    rollout.smoke([0, 'off'], [2, 'off'], [2.1, 'half'], [4.1, 'half']);
    expect(said(await rollout.advance('third', 4.1, { writeEnv: 'deploy.env' }))).toBe('recorded');
    rollout.smoke([0, 'off'], [2, 'off'], [2.1, 'half'], [4.1, 'half'], [4.2, 'full'], [6.2, 'full']);
  };

  it('is judged by the exit and recorded; afterwards the rollout is done', async () => {
    await intoThird();
    const done = report(await rollout.advance('done', 6.5));
    expect(done).toMatchObject({ transition: 'done', how: 'recorded', from: 'third', to: 'done', pins: [] });
    expect(rollout.rows()[2]).toContain('| done | third | done | go | sha256:');
    const style = { color: false, width: 80, unicode: true };
    const page = await renderStatus('pretty', [await standing(30)], style);
    expect(page).toContain('done: the rollout is finished');
    expect(page).not.toContain('check decides');
    // Soaks that go stale afterwards are nobody's business any more.
    expect(page).not.toMatch(/hold|To do/);
    expect(said(await rollout.advance('done', 6.5))).toBe('refused transition/out-of-turn');
    expect(said(await rollout.rollback('third', 7))).toBe('recorded');
    expect((await standing(7)).phase?.current).toBe('third');
  });

  it('sets no flags, and needs an exit', async () => {
    await intoThird();
    expect(said(await rollout.advance('done', 6.5, { writeEnv: 'deploy.env' }))).toBe(
      'refused transition/no-flags',
    );
    const policy = readFileSync(join(rollout.root, 'policy.yaml'), 'utf8');
    writeFileSync(join(rollout.root, 'policy.yaml'), policy.replace(/exit:\n(?: .*\n)+/, ''));
    expect(said(await rollout.advance('done', 6.5))).toBe('refused transition/no-exit');
  });
});

describe('what cannot be kept', () => {
  it('is refused before anything is judged if the log is held', async () => {
    rollout.smoke([0, 'off'], [2, 'off']);
    writeFileSync(join(rollout.root, 'docs/.transitions-2026.md.lock'), 'nobody can read this');
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe(
      'refused record/locked',
    );
    expect(rollout.flagFile()).toContain('MODE=off');
  });

  it.skipIf(process.getuid?.() === 0)('leaves flags and log as they were', async () => {
    rollout.smoke([0, 'off'], [2, 'off']);
    chmodSync(rollout.root, 0o555);
    const answer = await rollout.advance('second', 2, { writeEnv: 'deploy.env' });
    chmodSync(rollout.root, 0o755);
    expect(said(answer)).toBe('lost transition/env-file');
    expect(existsSync(join(rollout.root, rollout.log))).toBe(false);
  });
});
