import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RecordAnswer, record } from '../../src/gate/record.ts';
import type { RecordRequest } from '../../src/gate/recordGround.ts';
import { parseInstant } from '../../src/model/instant.ts';
import { policyText } from '../support/policies.ts';
import { makeFolder } from '../support/program.ts';

const policy = policyText(
  'daily',
  `inputs:
  unused: { type: string, default: x, description: none }
evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] }, API_TOKEN: { secret: true } } } }
  good: { command: { run: [./good.sh], timeout: 1m }, bind: commit }
  other: { command: { run: [./other.sh], timeout: 1m } }
  smoke:
    log:
      path: docs/smoke-{yyyy}-{MM}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { MODE: { enum: [shadow, enforced] }, Checks: { enum: [pass, fail, not-run] }, Details: string }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
  incidents:
    log:
      path: docs/incidents.md
      table: Incidents
      time: { column: Day, kind: date }
      columns: { Kind: { enum: [leak, other] }, Summary: string }
preflight:
  - { id: three-days, title: Three days, streak: { of: smoke.strict, per: day, good: { '==': [{ var: Checks }, pass] }, atLeast: 3 } }
  - { id: no-leak, title: No leak, streak: { of: incidents, per: day, good: { '==': [{ var: Kind }, other] }, atLeast: 1 } }
records:
  smoke:
    log: smoke
    checks: [good, other]
    cells: { Time: $now, MODE: flags.MODE, Checks: $result, Details: $summary }
  incidents: { log: incidents, cells: { Day: $now, Kind: $input, Summary: $input } }
`,
);

const script = (code: number) => `#!/bin/sh\necho ran >> "$(dirname "$0")/../ran"\nexit ${code}\n`;
const now = parseInstant('2026-02-24T23:59:59.700Z') as number;
const month = 'docs/smoke-2026-02.md';

let folder: ReturnType<typeof makeFolder>;
let root: string;

beforeEach(() => {
  folder = makeFolder({ 'tree/daily.yaml': policy, 'tree/good.sh': script(0), 'tree/other.sh': script(0) });
  root = join(folder.path, 'tree');
  for (const name of ['good.sh', 'other.sh']) execFileSync('chmod', ['+x', join(root, name)]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
});
afterEach(() => folder.remove());

function git(...words: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, '-C', root, ...words], { encoding: 'utf8' }).trim();
}

const { PATH = '' } = process.env;

function ask(wish: Partial<RecordRequest> = {}): Promise<RecordAnswer> {
  return record({
    ...{ name: 'smoke', policyPaths: ['daily.yaml'], cwd: root, root, envFiles: [], inputs: {} },
    ...{ run: false, fail: false, init: false, dryRun: false, anyway: false, sets: new Map(), wait: 1000 },
    env: { PATH, MODE: 'shadow' },
    clock: () => now,
    ...wish,
  });
}

const text = (path = month) => readFileSync(join(root, path), 'utf8');
const lastRow = (path = month) => text(path).trimEnd().split('\n').at(-1);
const codes = (answer: RecordAnswer) => ('problems' in answer ? answer.problems.map(({ code }) => code) : []);
const hasRun = () => existsSync(join(folder.path, 'ran'));
const report = (answer: RecordAnswer) => {
  if (answer.how !== 'recorded') throw new Error(JSON.stringify(answer));
  return answer.report;
};

describe('a strict record', () => {
  it('is pass if every check passed and every flag is set', async () => {
    const answer = report(await ask({ run: true }));
    const commit = git('rev-parse', 'HEAD').slice(0, 7);
    const row = `| 2026-02-24T23:59:59Z | shadow | pass | good pass, other pass, commit ${commit} |`;
    expect(answer).toMatchObject({
      how: 'created',
      path: month,
      line: 10,
      result: 'pass',
      row,
      versioned: true,
    });
    expect(lastRow()).toBe(row);
    expect(text()).toMatch(
      /^# The daily rollout: smoke 2026-02\n\nPolicy: daily {2}\nLast Updated: 2026-02-24T23:59:59Z/,
    );
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe(`?? ${month}`);
    expect(answer.rules.map(({ id, outcome }) => [id, outcome])).toEqual([['three-days', 'pending']]);
  });

  it('and the next one still is: its own row makes no tree dirty', async () => {
    await ask({ run: true });
    const next = report(await ask({ run: true, clock: () => now - 1000 }));
    expect(next).toMatchObject({ how: 'appended', path: month, line: 11, result: 'pass', doubts: [] });
    expect(next.findings).toMatchObject([{ code: 'log.out-of-order', line: 11 }]);
    const march = report(await ask({ run: true, clock: () => now + 5 * 24 * 3_600_000 }));
    expect(march).toMatchObject({ how: 'created', path: 'docs/smoke-2026-03.md', result: 'pass' });
  });

  it.each([
    ['failed', 'exit 1', 'other fail'],
    ['did not end by itself', 'kill -9 $$', 'other unknown'],
  ])('is fail if a check %s', async (_name, line, words) => {
    writeFileSync(join(root, 'other.sh'), `#!/bin/sh\n${line}\n`);
    git('commit', '--quiet', '--all', '--message', 'Break it');
    const answer = report(await ask({ run: true }));
    expect(answer.result).toBe('fail');
    expect(lastRow()).toContain(`| fail | good pass, ${words}, commit `);
  });

  it('is fail if a flag is unset, anyway', async () => {
    const answer = report(await ask({ run: true, anyway: true, env: { PATH } }));
    expect(answer).toMatchObject({ result: 'fail', doubts: [{ code: 'record/flag-unset' }] });
    expect(lastRow()).toContain('|  | fail | good pass, other pass,');
  });

  it('is fail if a check cannot count, anyway', async () => {
    writeFileSync(join(root, 'new.js'), '');
    const answer = report(await ask({ run: true, anyway: true }));
    expect(answer).toMatchObject({ result: 'fail', doubts: [{ code: 'record/check-cannot-count' }] });
    expect(lastRow()).toContain('| fail | good unknown, other pass,');
  });
});

describe('a cell that a command fills', () => {
  const counted = policy
    .replace('  other: {', '  count: { command: { run: [./count.sh], output: json } }\n  other: {')
    .replace('MODE: flags.MODE', 'MODE: count.json.mode');
  beforeEach(() => {
    writeFileSync(join(root, 'daily.yaml'), counted);
    writeFileSync(join(root, 'count.sh'), '#!/bin/sh\necho \'{ "mode": "shadow" }\'\n', { mode: 0o755 });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Count');
  });

  it('is written from what the command says', async () => {
    expect(report(await ask({ run: true }))).toMatchObject({ result: 'pass', doubts: [] });
    expect(lastRow()).toContain('| shadow | pass |');
  });

  it('needs --run, and says so', async () => {
    const answer = await ask();
    expect(codes(answer)).toEqual(['record/flag-unset']);
    expect(JSON.stringify(answer)).toContain('add --run');
  });
});

describe('a light record', () => {
  it('is not-run, whatever else holds, and runs nothing', async () => {
    expect(report(await ask({ note: 'nobody | here' }))).toMatchObject({ result: 'not-run' });
    expect(lastRow()).toMatch(
      /\| shadow \| not-run \| good not-run, other not-run, commit [0-9a-f]{7}; note: nobody \\\| here \|$/,
    );
    expect(hasRun()).toBe(false);
  });
});

describe('what is known beforehand stops it, and nothing runs or is written', () => {
  const cases: [name: string, wish: Partial<RecordRequest>, code: string, prepare?: () => void][] = [
    ['a flag is unset', { run: true, env: { PATH } }, 'record/flag-unset'],
    ['a flag is unset (light)', { env: { PATH } }, 'record/flag-unset'],
    ['a flag has no value of its own', { env: { PATH, MODE: 'shadwo' } }, 'record/flag-unset'],
    [
      'the tree is dirty',
      { run: true },
      'record/check-cannot-count',
      () => writeFileSync(join(root, 'x'), ''),
    ],
    [
      'a program is missing',
      { run: true },
      'record/check-cannot-count',
      () => rmSync(join(root, 'other.sh')),
    ],
    [
      'the log cannot be read',
      {},
      'record/unreadable-log',
      () => {
        execFileSync('mkdir', ['-p', join(root, 'docs')]);
        writeFileSync(join(root, 'docs/smoke-2026-01.md'), '# nothing\n');
      },
    ],
    ['there is no such record', { name: 'smoek' }, 'usage/unknown-record'],
    ['a record without checks is to run them', { name: 'incidents', run: true }, 'record/no-checks'],
    ['a record without result is to be judged', { name: 'incidents', fail: true }, 'record/no-result'],
    ['a dry run is to be judged', { fail: true, dryRun: true }, 'record/dry-fail'],
    ['a note has no cell', { name: 'incidents', note: 'x' }, 'record/no-summary'],
    ['a value is missing', { name: 'incidents', sets: new Map([['Kind', 'leak']]) }, 'record/missing-value'],
    [
      'a value is blank',
      {
        name: 'incidents',
        sets: new Map([
          ['Kind', 'leak'],
          ['Summary', ' '],
        ]),
      },
      'record/missing-value',
    ],
    [
      'a column is not there',
      { name: 'incidents', sets: new Map([['Kidn', 'leak']]) },
      'record/unknown-column',
    ],
    ['a column is not theirs', { sets: new Map([['Checks', 'pass']]) }, 'record/fixed-column'],
    [
      'a value is outside',
      {
        name: 'incidents',
        sets: new Map([
          ['Kind', 'laek'],
          ['Summary', 'x'],
        ]),
      },
      'record/ill-typed',
    ],
    ['--init with a row', { init: true, note: 'x' }, 'record/init-alone'],
    ['the policy is not there', { policyPaths: ['no.yaml'] }, 'usage/no-such-file'],
    ['the env file is not there', { envFiles: ['no.env'] }, 'usage/env-file'],
  ];
  it.each(cases)('%s', async (_name, wish, code, prepare) => {
    prepare?.();
    const before = git('status', '--porcelain', '--untracked-files=all');
    const answer = await ask(wish);
    expect(answer.how).toBe('refused');
    expect(codes(answer)).toContain(code);
    expect(hasRun()).toBe(false);
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe(before);
  });

  it('--anyway does not make up columns, nor values', async () => {
    const answer = await ask({ name: 'incidents', anyway: true, sets: new Map([['Nope', 'x']]) });
    expect(codes(answer)).toEqual(['record/unknown-column']);
    const written = report(await ask({ name: 'incidents', anyway: true, sets: new Map([['Kind', 'laek']]) }));
    expect(written.doubts.map(({ code }) => code)).toEqual(['record/ill-typed', 'record/missing-value']);
    expect(lastRow('docs/incidents.md')).toBe('| 2026-02-24 | laek |  |');
  });
});

describe('records that people fill', () => {
  it('--init makes the empty log, once', async () => {
    expect(report(await ask({ name: 'incidents', init: true }))).toMatchObject({
      how: 'made',
      path: 'docs/incidents.md',
    });
    expect(text('docs/incidents.md')).toMatch(
      /## Incidents\n\n\| Day \| Kind \| Summary \|\n\| --- \| --- \| --- \|\n$/,
    );
    expect(report(await ask({ name: 'incidents', init: true }))).toMatchObject({ how: 'there' });
  });

  it('--set fills the cells; a secret in them is not kept', async () => {
    const sets = new Map([
      ['Kind', 'leak'],
      ['Summary', 'token hunter2-abcdef = seen | twice'],
    ]);
    const env = { PATH, MODE: 'shadow', API_TOKEN: 'hunter2-abcdef' };
    const answer = report(await ask({ name: 'incidents', sets, env }));
    expect(answer.result).toBeUndefined();
    expect(JSON.stringify(answer) + text('docs/incidents.md')).not.toContain('hunter2');
    expect(lastRow('docs/incidents.md')).toMatch(/^\| 2026-02-24 \| leak \| token .* = seen \\\| twice \|$/);
    expect(answer.rules).toMatchObject([{ id: 'no-leak' }]);
  });

  it('a rule that reads more than logs says what its part over this log says', async () => {
    const whole = '- { id: no-leak,';
    const mixed =
      '- { id: calm, title: Calm, all: [{ quiet: { of: smoke, within: 7d, heartbeat: smoke, maxGap: 26h, incident: { "==": [{ var: Checks }, fail] } } }, { expect: { flags.MODE: set } }] }';
    writeFileSync(join(root, 'daily.yaml'), policy.replace(whole, `${mixed}\n  ${whole}`));
    const answer = report(await ask());
    expect(answer.rules.filter(({ id }) => id === 'calm')).toMatchObject([
      { id: 'calm', part: true, gate: 'preflight', outcome: 'pending', earliest: '2026-03-03T23:59:59Z' },
    ]);
  });
});

describe('the run of a CI', () => {
  const env = { PATH, MODE: 'shadow', GITHUB_RUN_ID: '4711', GITHUB_RUN_ATTEMPT: '1' };

  it('is not written twice, and its checks do not run again', async () => {
    expect(report(await ask({ run: true, env })).run).toBe('4711.1');
    expect(lastRow()).toMatch(/, run 4711\.1 \|$/);
    rmSync(join(folder.path, 'ran'));
    const again = report(await ask({ run: true, env, clock: () => now + 3_600_000 }));
    expect(again).toMatchObject({ how: 'present', path: month, line: 10, result: 'pass' });
    expect(hasRun()).toBe(false);
    expect(readdirSync(join(root, 'docs'))).toEqual(['smoke-2026-02.md']);
  });

  it('another attempt is another row, and a note is no run', async () => {
    await ask({ env, note: 'x, run 4711.2, y; note: run 4711.2' });
    const second = report(await ask({ env: { ...env, GITHUB_RUN_ATTEMPT: '2' } }));
    expect(second).toMatchObject({ how: 'appended', line: 11 });
  });
});

it('a dry run shows what would be, after the checks have run, and writes nothing', async () => {
  const answer = report(await ask({ run: true, dryRun: true }));
  expect(answer).toMatchObject({ dryRun: true, how: 'created', path: month, result: 'pass' });
  expect(hasRun()).toBe(true);
  expect(existsSync(join(root, 'docs'))).toBe(false);
});

it('what cannot be kept after the checks is lost aloud, with the row', async () => {
  writeFileSync(join(root, 'other.sh'), '#!/bin/sh\nrm -rf docs\nprintf x > docs\n');
  git('commit', '--quiet', '--all', '--message', 'Break it');
  const answer = await ask({ run: true });
  expect(answer.how).toBe('lost');
  expect(JSON.stringify(answer)).toContain('the row was: 2026-02-24T23:59:59Z | shadow | ');
});
