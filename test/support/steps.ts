import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { advance, type AdvanceRequest } from '../../src/gate/advance.ts';
import { rollback, type RollbackRequest } from '../../src/gate/rollback.ts';
import { status } from '../../src/gate/status.ts';
import type { TransitionAnswer } from '../../src/gate/transition.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { formatInstant, hour, parseInstant } from '../../src/model/instant.ts';
import { policyText } from './policies.ts';
import { makeFolder } from './program.ts';

/** A rollout of three phases whose soaks take two hours each; the flag stands in `deploy.env`. */
export const stepsPolicy = policyText(
  'steps',
  `evidence:
  flags: { dotenv: { path: deploy.env, variables: { MODE: { oneOf: [off, half, full] } } } }
  smoke:
    log:
      path: docs/smoke.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { MODE: { enum: [off, half, full] }, Checks: { enum: [pass, fail] } }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
preflight:
  - { id: flag-set, title: The flag is set, expect: { flags.MODE: set } }
monitors:
  - { id: watched, title: A record of the day, streak: { of: smoke, per: day, atLeast: 1 } }
phases:
  - { id: first, pins: { flags.MODE: 'off' } }
  - id: second
    pins: { flags.MODE: half }
    entry:
      - id: soak-first
        title: Two hours in first
        soak: { of: smoke.strict, phase: first, for: 2h, maxGap: 3h, breach: { '==': [{ var: Checks }, fail] } }
  - id: third
    pins: { flags.MODE: full }
    entry:
      - id: soak-second
        title: Two hours in second
        soak: { of: smoke.strict, phase: second, for: 2h, maxGap: 3h, breach: { '==': [{ var: Checks }, fail] } }
exit:
  - id: soak-third
    title: Two hours in third
    soak: { of: smoke.strict, phase: third, for: 2h, maxGap: 3h, breach: { '==': [{ var: Checks }, fail] } }
transitions: { path: 'docs/transitions-{yyyy}.md' }
`.replaceAll('[off,', "['off',"),
);

export const start = parseInstant('2026-02-24T06:00:00Z') as number;

/** One row of the smoke log: hours since the start, the flag and the result. */
export type SmokeRow = readonly [hours: number, mode: string, checks?: 'pass' | 'fail'];

export function smokeText(rows: readonly SmokeRow[]): string {
  const lines = rows.map(
    ([hours, mode, checks = 'pass']) => `| ${formatInstant(start + hours * hour)} | ${mode} | ${checks} |\n`,
  );
  return `# Smoke\n\n## Entries\n\n| Time | MODE | Checks |\n| --- | --- | --- |\n${lines.join('')}`;
}

/** The files of such a rollout before its first record. */
export const rolloutFiles = (policy = stepsPolicy): Readonly<Record<string, string>> => ({
  'policy.yaml': policy,
  'deploy.env': flagText('off'),
  'docs/smoke.md': smokeText([]),
});

export const flagText = (value: string): string => `# The flag\nMODE=${value} # of today\n`;

/** A folder of its own with such a rollout. */
export function makeRollout(policy = stepsPolicy) {
  const folder = makeFolder(rolloutFiles(policy));
  return { ...rolloutIn(folder.path), remove: folder.remove };
}

/** The rollout in a folder, and the commands that take its steps at an hour after the start. */
export function rolloutIn(root: string) {
  const log = 'docs/transitions-2026.md';
  const base = (hours: number) => ({
    ...{ policyPaths: ['policy.yaml'], cwd: root, root, inputs: {}, envFiles: [], evidenceFiles: [] },
    ...{ env: {}, outputFiles: [], run: false, dryRun: false, wait: 200, clock: () => start + hours * hour },
  });
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  return {
    root,
    log,
    smoke: (...rows: readonly SmokeRow[]) => writeFileSync(join(root, 'docs/smoke.md'), smokeText(rows)),
    setFlag: (value: string) => writeFileSync(join(root, 'deploy.env'), flagText(value)),
    flagFile: () => text('deploy.env'),
    rows: () =>
      text(log)
        .split('\n')
        .filter((line) => line.startsWith('| 2')),
    files: () => readdirSync(join(root, 'docs')).sort(),
    advance: (to: string, hours: number, more: Partial<AdvanceRequest> = {}): Promise<TransitionAnswer> =>
      advance({
        ...base(hours),
        to,
        verdictText: (verdict) => Promise.resolve(`${JSON.stringify(verdict)}\n`),
        ...more,
      }),
    rollback: (to: string, hours: number, more: Partial<RollbackRequest> = {}): Promise<TransitionAnswer> =>
      rollback({ ...base(hours), to, reason: 'it broke', ...more }),
    /** Where the rollout stands, as `status` has it. */
    async standing(hours: number): Promise<Verdict> {
      const answer = await status(base(hours));
      if (!answer.ok || !answer.value[0]) throw new Error(JSON.stringify(answer));
      return answer.value[0].step;
    },
  };
}

export type Rollout = ReturnType<typeof makeRollout>;

/** The codes of the problems of an answer, or what its report says. */
export function said(answer: TransitionAnswer): string {
  if (answer.how !== 'told') return [answer.how, ...answer.problems.map(({ code }) => code)].join(' ');
  const { report } = answer;
  return report.verdict && report.how === 'not-go' ? report.verdict.decision : report.how;
}
