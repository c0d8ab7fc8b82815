import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordCommand } from '../../src/cli/record.ts';
import { policyText } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

const policy = policyText(
  'daily',
  `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
  job: { command: { run: [./job.sh], timeout: 1m } }
  smoke:
    log:
      path: docs/smoke.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { MODE: { enum: [shadow, enforced] }, Checks: { enum: [pass, fail, not-run] }, Details: string }
preflight:
  - { id: three-days, title: Three days, streak: { of: smoke, per: day, good: { '==': [{ var: Checks }, pass] }, atLeast: 3 } }
records:
  smoke: { log: smoke, checks: [job], cells: { Time: $now, MODE: flags.MODE, Checks: $result, Details: $summary } }
`,
);

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  const job = '#!/bin/sh\necho working\n';
  folder = makeFolder({ 'policies/daily.yaml': policy, 'job.sh': job });
  chmodSync(join(folder.path, 'job.sh'), 0o755);
});
afterAll(() => folder.remove());

const log = () => readFileSync(join(folder.path, 'docs/smoke.md'), 'utf8');
const rows = () =>
  log()
    .split('\n')
    .filter((line) => line.startsWith('| 20'));
const run = (words: readonly string[], env: Record<string, string> = {}) =>
  soakgate(['record', 'smoke', '--root', '.', ...words], {
    cwd: folder.path,
    env: { MODE: 'shadow', ...env },
  });

describe('soakgate record', () => {
  it('refuses with 2 and writes nothing', async () => {
    const unset = await soakgate(['record', 'smoke', '--root', '.'], { cwd: folder.path });
    expect(unset).toMatchObject({ code: 2, stdout: '' });
    expect(unset.stderr).toContain('record/flag-unset: `flags.MODE` is not known');
    const nameless = await soakgate(['record'], { cwd: folder.path });
    expect(nameless).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(join(folder.path, 'docs'))).toBe(false);
  });

  it('a dry run exits 0 as done and writes nothing; with --fail it has nothing to say', async () => {
    const dry = await run(['--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toMatch(
      /^WOULD RECORD {2}smoke: not-run; nothing is written\n {2}docs\/smoke.md:10\n/,
    );
    expect((await run(['--dry-run', '--fail'])).code).toBe(2);
    expect(existsSync(join(folder.path, 'docs'))).toBe(false);
  });

  it('a strict row is kept, and shown: 0', async () => {
    const strict = await run(['--run', '--fail', '--note', 'hello']);
    expect(strict.code).toBe(0);
    expect(strict.stderr).toContain('job: done');
    expect(strict.stdout).toMatch(/^RECORDED {2}smoke: pass\n {2}docs\/smoke.md:10\n/);
    expect(strict.stdout).toContain('1 good day in a row');
    expect(strict.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toMatch(/\| shadow \| pass \| job pass; note: hello \|$/);
  });

  it('--fail exits 1 unless the row is pass, and the row is kept', async () => {
    expect((await run(['--fail', '--quiet'])).code).toBe(1);
    writeFileSync(join(folder.path, 'failing.yaml'), policy.replace('./job.sh', "'false'"));
    const failed = await run(['failing.yaml', '--run', '--fail', '--format', 'json']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      ...{ kind: 'Record', result: 'fail', how: 'appended', path: 'docs/smoke.md', line: 12 },
      checks: [{ id: 'job', outcome: 'fail', code: 'command.failed' }],
    });
    expect(failed.stdout).not.toContain('"decision"');
    expect((await run(['failing.yaml', '--run'])).code).toBe(0);
    expect(rows()).toHaveLength(4);
  });

  it('the same run of a CI is not written twice: 0', async () => {
    const env = { GITHUB_RUN_ID: '12', GITHUB_RUN_ATTEMPT: '3' };
    await run(['--run'], env);
    const before = log();
    const again = await run(['--run', '--fail'], env);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^ALREADY THERE {2}smoke: pass; this run of the CI has written its row/);
    expect(log()).toBe(before);
  });

  it('a row that cannot be kept: 4, nothing on standard output, and the row on standard error', async () => {
    writeFileSync(join(folder.path, 'job.sh'), `#!/bin/sh\nrm -r docs\nprintf x > docs\n`);
    const lost = await run(['--run']);
    expect(lost).toMatchObject({ code: 4, stdout: '' });
    expect(lost.stderr).toMatch(
      /record\/not-written: `docs\/smoke.md` could not be written: a part of its path/,
    );
    expect(lost.stderr).toContain('the row was: 20');
  });

  it('on Windows it points to WSL', async () => {
    const given = { operands: ['smoke'], options: [] };
    const session = { platform: 'win32' } as Parameters<typeof recordCommand.run>[1];
    const answer = await recordCommand.run(given, session);
    expect(answer).toMatchObject({ kind: 'problems', problems: [{ code: 'usage/windows-record' }] });
  });
});
