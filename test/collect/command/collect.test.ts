import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type CommandContext,
  collectCommand,
  collectCommands,
  notRun,
} from '../../../src/collect/command/collect.ts';
import type { TestsReading } from '../../../src/collect/command/results.ts';
import { createRedactor } from '../../../src/collect/redact.ts';
import type { CommandContent } from '../../../src/model/evidence.ts';
import { canonicalJson } from '../../../src/model/canonical.ts';
import type { CommandSpec } from '../../../src/model/policy.ts';
import { folder, node, options } from './world.ts';

const read: TestsReading = {
  format: 'junit',
  path: 'results.xml',
  total: 2,
  passed: 1,
  failed: 1,
  skipped: 0,
  failures: ['a', 'canary-7777'],
};

function spec(run: readonly string[], more: Partial<CommandSpec> = {}): CommandSpec {
  return {
    kind: 'command',
    run,
    timeout: 10_000,
    protects: [],
    output: 'text',
    env: [],
    serial: false,
    ...more,
  };
}

function context(root: string, more: Partial<CommandContext> = {}): CommandContext {
  return { ...options(), root, redactor: createRedactor(['canary-7777']), readTests: () => read, ...more };
}

const sh = (script: string) => ['sh', '-c', script];

describe('what a command showed', () => {
  test('is its exit code, time and redacted output', async () => {
    const root = folder();
    mkdirSync(join(root, 'apps/a'), { recursive: true });
    const seen = await collectCommand(
      { id: 'it', spec: spec(sh('pwd; echo canary-7777 >&2; exit 3'), { cwd: 'apps/a' }) },
      context(root),
    );
    expect(seen).toEqual({
      ok: true,
      content: {
        type: 'command',
        argv: ['sh', '-c', 'pwd; echo [redacted] >&2; exit 3'],
        exitCode: 3,
        seconds: 1,
        stdout: `${root}/apps/a\n`,
        stderr: '[redacted]\n',
      },
      source: { command: ['sh', '-c', 'pwd; echo [redacted] >&2; exit 3'] },
      findings: [],
      madeAt: 1_771_923_600_000,
    });
  });

  test.each<[string, CommandSpec, object]>([
    [
      'timed out',
      spec(sh('sleep 9'), { timeout: 100 }),
      { code: 'command.timed-out', message: '`sh -c sleep 9` did not end within 1s' },
    ],
    ['flooded', spec(sh('head -c 80000000 /dev/zero')), { code: 'command.flooded' }],
    [
      'signalled',
      spec(sh('kill -9 $$')),
      { code: 'command.killed', message: '`sh -c kill -9 $$` was ended by SIGKILL' },
    ],
    [
      'not started',
      spec(['canary-7777-x', 'y'.repeat(99)]),
      {
        code: 'command.not-started',
        message: `\`[redacted]-x ${'y'.repeat(66)}…\` could not be started: there is no such program`,
      },
    ],
    ['in no folder', spec(['true'], { cwd: 'no/folder' }), { code: 'command.not-started' }],
    ['outside', spec(['true'], { cwd: '../x' }), { code: 'file.outside-root' }],
    ['outside by a link', spec(['true'], { cwd: 'link' }), { code: 'file.outside-root' }],
  ])('%s is absent evidence', async (_, command, expected) => {
    const root = folder();
    symlinkSync('/', join(root, 'link'));
    const absent = await collectCommand({ id: 'it', spec: command }, context(root));
    expect(absent).toMatchObject({ ok: false, ...expected });
    expect(JSON.stringify(absent)).not.toContain('canary');
  });

  test('interrupted is absent evidence', async () => {
    const absent = await collectCommand(
      { id: 'it', spec: spec(['true']) },
      context(folder(), { signal: AbortSignal.abort() }),
    );
    expect(absent).toMatchObject({
      ok: false,
      code: 'command.interrupted',
      message: '`true` was interrupted',
    });
  });

  test('not asked to run', () => {
    expect(notRun({ id: 'it', spec: spec(['make', 'canary-7777']) }, context('/'))).toEqual({
      ok: false,
      code: 'command.not-run',
      message: 'commands run only with `--run`',
      source: { command: ['make', '[redacted]'] },
    });
  });
});

describe('JSON output', () => {
  const json = async (script: string) => {
    const result = await collectCommand(
      { id: 'it', spec: spec([node, '-e', script], { output: 'json' }) },
      context(folder()),
    );
    if (!result.ok) throw new Error(result.code);
    canonicalJson(result.content);
    return {
      json: (result.content as CommandContent).json,
      findings: result.findings.map(({ code, message }) => `${code}: ${message}`),
    };
  };
  test('is read whole and redacted', async () => {
    const script =
      'console.log(JSON.stringify({ a: [1, null, true, "canary-7777"], "canary-7777": { n: -0.5 }, pad: "x".repeat(200000) }))';
    const { json: value, findings } = await json(script);
    expect(value).toEqual({
      a: [1, null, true, '[redacted]'],
      '[redacted]': { n: -0.5 },
      pad: 'x'.repeat(200_000),
    });
    expect(findings).toEqual([]);
  });
  test.each([
    ['nothing', '', 'the output is no JSON'],
    ['text', 'console.log("canary-7777")', 'the output is no JSON'],
    ['two values', 'console.log("1\\n2")', 'the output is no JSON'],
    ['a huge number', 'console.log("[1e999]")', 'the output holds a number that is too large'],
    ['half a character', 'console.log(\'{"\\\\ud800":1}\')', 'the output holds half a character'],
    [
      'deep nesting',
      'console.log("[".repeat(9999) + "]".repeat(9999))',
      'the output is nested deeper than 64 levels',
    ],
    [
      'too much',
      'console.log(JSON.stringify("x".repeat(1100000)))',
      'the output is longer than 1 MB, so it is not read as JSON',
    ],
  ])('%s is a finding, and no value', async (_, script, message) => {
    expect(await json(script)).toEqual({ json: undefined, findings: [`command.bad-json: ${message}`] });
  });
});

describe('results count only if this very run wrote them', () => {
  const results = { results: { format: 'junit', path: 'results.xml' } } as const;
  const testsOf = async (script: string, root: string, more: Partial<CommandSpec> = results) => {
    const result = await collectCommand({ id: 'it', spec: spec(sh(script), more) }, context(root));
    return result.ok ? (result.content as CommandContent).tests : undefined;
  };
  const stale = (root: string): void => {
    writeFileSync(join(root, 'results.xml'), '<old/>');
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(root, 'results.xml'), hourAgo, hourAgo);
  };

  test('written: read, failures redacted', async () => {
    expect(await testsOf('echo "<x/>" > results.xml', folder())).toEqual({
      ...read,
      failures: ['a', '[redacted]'],
    });
  });
  test('written over an old one', async () => {
    const root = folder();
    stale(root);
    expect(await testsOf('echo "<x/>" > results.xml', root)).toMatchObject({ total: 2 });
  });
  test('written over one that was written a moment ago, with the same size', async () => {
    const root = folder();
    writeFileSync(join(root, 'results.xml'), '<x/>\n');
    expect(await testsOf('sleep 0.02; echo "<x/>" > results.xml', root)).toMatchObject({ total: 2 });
  });
  test.each([
    ['none', () => undefined, 'true', 'the run wrote no `results.xml`'],
    ['an old one', stale, 'true', '`results.xml` is older than this run'],
    [
      'one of a moment ago',
      (root: string) => writeFileSync(join(root, 'results.xml'), '<old/>'),
      'true',
      '`results.xml` is older than this run',
    ],
    ['a removed one', stale, 'rm results.xml', 'the run wrote no `results.xml`'],
    [
      'an old copy',
      (root: string) => {
        stale(root);
      },
      'cp -p results.xml other.xml; rm results.xml; mv other.xml results.xml',
      '`results.xml` is dated before this run',
    ],
  ])('%s: missing', async (_, prepare, script, message) => {
    const root = folder();
    prepare(root);
    expect(await testsOf(script, root)).toEqual({ missing: 'tests.missing', message });
  });
  test('a path out of the root is refused', async () => {
    const tests = await testsOf('true', folder(), { results: { format: 'junit', path: '../results.xml' } });
    expect(tests).toEqual({
      missing: 'file.outside-root',
      message: '`../results.xml` leads out of the root',
    });
  });
  test('two commands with one results file run one after another, each judged by its own', async () => {
    const commands = [
      { id: 'writes', spec: spec(sh('sleep 0.3; echo "<x/>" > results.xml'), results) },
      { id: 'does not', spec: spec(sh('sleep 0.5'), results) },
    ];
    const seen = await collectCommands(commands, context(folder()));
    const tests = [...seen.values()].map((one) => one.ok && (one.content as CommandContent).tests);
    expect(tests).toMatchObject([{ total: 2 }, { missing: 'tests.missing' }]);
  });
});
