import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');
let folder = '';

/** The text of the n-th fenced block of a language in the README. */
function block(language: string, index = 0): string {
  const found = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))][
    index
  ]?.[1];
  if (found === undefined) throw new Error(`README.md has no ${language} block number ${index}`);
  return found;
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const result = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env, NO_COLOR: '1' },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const soakgate = (args: readonly string[], env?: Record<string, string>) =>
  run(process.execPath, ['--', join(project, 'bin/soakgate.cjs'), ...args], env);

/** A day of the log, `ago` days before now at 00:00:01, so that it is never ahead of the clock by much. */
function row(ago: number, result: string): string {
  const day = new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return `| ${day}T00:00:01Z | ${result} | kim |\n`;
}

function writeLog(days: readonly number[]): void {
  const [head] = block('markdown').split(/^\| 20/m);
  const year = new Date().toISOString().slice(0, 4);
  writeFileSync(join(folder, `docs/checks-${year}.md`), head + days.map((ago) => row(ago, 'pass')).join(''));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
  mkdirSync(join(folder, 'policies'));
  mkdirSync(join(folder, 'docs'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(project, join(folder, 'node_modules/soakgate'));
  spawnSync('git', ['init', '--quiet', folder]);
  writeFileSync(join(folder, 'policies/release.yaml'), block('yaml'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the first policy has nothing to complain about', () => {
  expect(soakgate(['lint'])).toMatchObject({ code: 0 });
});

test('it holds with one day of three, and says so with line and instant', () => {
  writeLog([0]);
  const { code, out } = soakgate(['check'], { TARGET: 'staging' });
  expect(code).toBe(3);
  expect(out).toContain('three-clean-days');
  expect(out).toMatch(/docs\/checks-\d{4}\.md:7/);
  expect(out).toMatch(/earliest/);
});

test('it goes with three days', () => {
  writeLog([2, 1, 0]);
  expect(soakgate(['check'], { TARGET: 'staging' }).code).toBe(0);
});

test('it is no-go without the variable', () => {
  expect(soakgate(['check'], { TARGET: '' }).code).toBe(1);
});

test('the library example prints the same decision', () => {
  writeFileSync(join(folder, 'gate.mjs'), block('js'));
  const { code, out, err } = run(process.execPath, ['gate.mjs'], { TARGET: 'staging' });
  expect(err).toBe('');
  expect(out).toMatch(/^GO {2}Release gate 1\.0\.0/);
  expect(code).toBe(0);
});
