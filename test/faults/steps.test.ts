import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flagText, rolloutFiles, rolloutIn, said } from '../support/steps.ts';
import { buildWorker } from './record/workers.ts';

const minutes = 60_000;
const env = { writeEnv: 'deploy.env' };
let base: string;
let worker: string;
beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-steps-')));
  // Packages are found from here.
  worker = await buildWorker(resolve('.bench'), 'stepWorker');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

type Rollout = ReturnType<typeof rolloutIn>;

/** A rollout whose first step is go; for a rollback the step was taken. */
async function layOut(root: string, step: 'advance' | 'rollback'): Promise<Rollout> {
  for (const [name, text] of Object.entries(rolloutFiles())) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const rollout = rolloutIn(root);
  rollout.smoke([0, 'off'], [2, 'off']);
  if (step === 'rollback') expect(said(await rollout.advance('second', 2, env))).toBe('recorded');
  return rollout;
}

/** What stands there: the flag of the file, which is whole, and the phase of the log. */
async function told(rollout: Rollout): Promise<{ flag: string; phase: string; behind: boolean }> {
  const flag = /MODE=(\w+)/.exec(rollout.flagFile())?.[1] ?? '';
  expect(rollout.flagFile()).toBe(flagText(flag));
  const { phase, findings } = await rollout.standing(3);
  const current = phase?.road.find(({ state }) => state === 'current')?.id ?? 'none';
  return { flag, phase: current, behind: findings.some(({ code }) => code === 'phase.behind') };
}

const again = (rollout: Rollout, step: 'advance' | 'rollback') =>
  step === 'advance' ? rollout.advance('second', 2, env) : rollout.rollback('first', 3, env);

/** Row and flags both or neither, or told by status; never flags ahead of the log; the same command mends it. */
async function hold(rollout: Rollout, step: 'advance' | 'rollback'): Promise<string> {
  const { flag, phase, behind } = await told(rollout);
  const state = `${flag} in ${phase}`;
  expect(['off in first', 'off in second', 'half in second']).toContain(state);
  expect(behind).toBe(state === 'off in second');
  const answer = said(await again(rollout, step));
  expect(['recorded', 'finished', 'refused transition/out-of-turn']).toContain(answer);
  const end = step === 'advance' ? 'half in second' : 'off in first';
  const after = await told(rollout);
  expect(`${after.flag} in ${after.phase}`).toBe(end);
  expect(readdirSync(rollout.root).sort()).toEqual(['deploy.env', 'docs', 'policy.yaml']);
  // A lock that was not wholly written names nobody, so nobody can say that its writer is dead; it is no obstacle.
  const known =
    /^(?:\.transitions-2026\.md\.lock\.[0-9a-f]{24}\.tmp|smoke\.md|transitions-2026\.md|sha256-[0-9a-f]{64}\.verdict\.json)$/;
  // Nor does a lock whose writer is dead stand in the way; where nothing is left to do nobody takes it over.
  const dead = answer.startsWith('refused') ? ['.transitions-2026.md.lock'] : [];
  expect(rollout.files().filter((name) => !known.test(name) && !dead.includes(name))).toEqual([]);
  expect(rollout.rows()).toHaveLength(step === 'advance' ? 1 : 2);
  return state;
}

describe('a step that is killed', () => {
  test.each(['advance', 'rollback'] as const)(
    '%s: before each change of the disk',
    { timeout: 8 * minutes },
    async (step) => {
      const states = new Map<string, number>();
      let kills = 0;
      for (let at = 1; ; at++) {
        const root = mkdtempSync(join(base, `${step}-`));
        const rollout = await layOut(root, step);
        const run = spawnSync(process.execPath, [worker, root, step, String(at), String((at % 3) / 2)]);
        if (run.signal === null) {
          expect(run.stdout.toString()).toBe('recorded\n');
          break;
        }
        kills++;
        const state = await hold(rollout, step);
        states.set(state, (states.get(state) ?? 0) + 1);
        rmSync(root, { recursive: true });
      }
      process.stdout.write(`${step}: ${kills} kills, left ${JSON.stringify(Object.fromEntries(states))}\n`);
      expect(kills).toBeGreaterThanOrEqual(12);
      // Each of the three states was left by some kill.
      expect([...states.keys()].sort()).toEqual(['half in second', 'off in first', 'off in second']);
    },
  );
});

describe.skipIf(process.getuid?.() !== 0)('where nothing can be written', () => {
  const mounted = async (size: string, work: (place: string) => Promise<void>) => {
    const place = mkdtempSync(join(base, 'disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]);
    try {
      await work(place);
    } finally {
      execFileSync('umount', [place]);
    }
  };

  test.each(['advance', 'rollback'] as const)(
    '%s on a full disk, at every page',
    { timeout: 3 * minutes },
    async (step) => {
      const page = 4096;
      const seen = new Set<string>();
      for (let free = 0; free < 12; free++) {
        await mounted('128k', async (place) => {
          const rollout = await layOut(place, step);
          const filler = join(place, 'docs/filler');
          const { bavail } = await import('node:fs').then(({ statfsSync }) => statfsSync(place));
          writeFileSync(filler, Buffer.alloc(Math.max(0, bavail - free) * page));
          seen.add(said(await again(rollout, step)).split(' ', 1)[0] ?? '');
          rmSync(filler);
          await hold(rollout, step);
        });
      }
      expect(seen.has('recorded')).toBe(true);
      expect([...seen].some((word) => word === 'lost' || word === 'refused')).toBe(true);
    },
  );

  test('a read-only file system refuses a step before it is judged, and a rollback loudly', async () => {
    await mounted('1m', async (place) => {
      const rollout = await layOut(place, 'rollback');
      const before = [rollout.flagFile(), rollout.rows()];
      execFileSync('mount', ['-o', 'remount,ro', place]);
      expect(said(await rollout.advance('third', 3, env))).toBe('refused record/not-written');
      expect(said(await rollout.rollback('first', 3, env))).toBe(
        'lost transition/rollback-lost record/not-written transition/env-file',
      );
      expect([rollout.flagFile(), rollout.rows()]).toEqual(before);
    });
  });
});
