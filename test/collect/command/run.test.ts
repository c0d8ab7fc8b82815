import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandResult } from '../../../src/collect/command/request.ts';
import { runCommand, runCommands } from '../../../src/collect/command/run.ts';
import { createRedactor } from '../../../src/collect/redact.ts';
import { folder, node, options, processesWith, request } from './world.ts';

const sh = (script: string) => ['sh', '-c', script];

async function resultOf(argv: readonly string[], more = {}): Promise<CommandResult> {
  return (await runCommand(request(argv, more), options())).result;
}

describe('R27: only a command that ended by itself has a result', () => {
  test.each<[string, readonly string[], object, object]>([
    ['exit 0', sh('exit 0'), {}, { how: 'exited', exitCode: 0, seconds: 1 }],
    ['exit 7', sh('exit 7'), {}, { how: 'exited', exitCode: 7 }],
    ['timeout', sh('sleep 60'), { timeout: 100 }, { how: 'timed-out' }],
    [
      'exit 0 on SIGTERM',
      [node, '-e', 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => 0, 9)'],
      { timeout: 400 },
      { how: 'timed-out' },
    ],
    ['SIGTERM ignored', sh('trap "" TERM; sleep 60; exit 0'), { timeout: 100 }, { how: 'timed-out' }],
    ['killed by itself', sh('kill -KILL $$'), {}, { how: 'signalled', signal: 'SIGKILL' }],
    ['ended by SIGTERM', sh('kill -TERM $$'), {}, { how: 'signalled', signal: 'SIGTERM' }],
    ['aborted', [node, '-e', 'process.abort()'], {}, { how: 'signalled', signal: 'SIGABRT' }],
    [
      'flood',
      [
        node,
        '-e',
        'const b = Buffer.alloc(1 << 20, 65); for (let i = 0; i < 65; i++) require("fs").writeSync(1, b)',
      ],
      {},
      { how: 'flooded' },
    ],
    [
      'flood over both streams',
      sh('(head -c 40000000 /dev/zero >&2) & head -c 40000000 /dev/zero; wait; exit 0'),
      {},
      { how: 'flooded' },
    ],
    [
      'no such program',
      ['soakgate-no-such-program'],
      {},
      { how: 'not-started', why: 'there is no such program' },
    ],
    ['a folder', ['/'], {}, { how: 'not-started', why: 'it must not be executed by this user' }],
    ['a zero byte', ['echo', 'a\0b'], {}, { how: 'not-started', why: 'an argument holds a zero byte' }],
    [
      'too many arguments',
      ['echo', ...Array.from({ length: 300 }, () => 'x'.repeat(100_000))],
      {},
      { how: 'not-started', why: 'its arguments are too long for the system' },
    ],
    ['an empty program', [''], {}, { how: 'not-started' }],
    ['no words', [], {}, { how: 'not-started' }],
    ['no folder', ['true'], { cwd: '/dev/null/none' }, { how: 'not-started' }],
  ])('%s', async (_, argv, more, expected) => {
    expect(await resultOf(argv, more)).toMatchObject(expected);
  });

  test('a file without permission to execute', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'program'), '#!/bin/sh\nexit 0\n');
    chmodSync(join(dir, 'program'), 0o644);
    expect(await resultOf(['./program'], { cwd: dir })).toMatchObject({
      how: 'not-started',
      why: 'it must not be executed by this user',
    });
    chmodSync(join(dir, 'program'), 0o755);
    expect(await resultOf(['./program'], { cwd: dir })).toMatchObject({ how: 'exited', exitCode: 0 });
  });

  test('a timeout of ten years is none of a millisecond', async () => {
    expect(await resultOf(sh('sleep 0.2'), { timeout: 3653 * 86_400_000 })).toMatchObject({ how: 'exited' });
  });
});

test('an endless flood is ended long before the timeout', async () => {
  const result = await resultOf(['yes'], { timeout: 25_000 });
  expect(result.how).toBe('flooded');
  expect(result.seconds).toBeLessThan(25);
});

describe('output', () => {
  test('both streams are kept, standard input is empty', async () => {
    const result = await resultOf(sh('cat; echo out; echo err >&2'));
    expect(result).toMatchObject({ how: 'exited', stdout: 'out\n', stderr: 'err\n' });
  });
  test('of much output the last lines are kept', async () => {
    const result = await resultOf([node, '-e', 'for (let i = 0; i < 100000; i++) console.log("line " + i)']);
    const { stdout } = result as { stdout: string };
    expect(stdout.length).toBeLessThanOrEqual(64 * 1024);
    expect(stdout.length).toBeGreaterThan(60 * 1024);
    expect(stdout).toMatch(/^line \d+\n/);
    expect(stdout).toMatch(/\nline 99999\n$/);
  });
  test('characters are whole across chunks and after a cut', async () => {
    const script =
      'const b = Buffer.from("\u{1f511}".repeat(60000)); for (let i = 0; i < b.length; i += 4099) require("fs").writeSync(1, b.subarray(i, i + 4099))';
    const { stdout } = (await resultOf([node, '-e', script])) as { stdout: string };
    expect(stdout).toBe('\u{1f511}'.repeat(32 * 1024));
  });
  test('invalid UTF-8 becomes replacement characters', async () => {
    expect(await resultOf(sh("printf 'a\\377\\303'"))).toMatchObject({ stdout: 'a\ufffd\ufffd' });
  });
  test('what a program left in the pipe when it ended is read', async () => {
    for (let i = 0; i < 5; i++) {
      const { stdout } = (await resultOf(sh('head -c 60000 /dev/zero | tr "\\0" x'))) as { stdout: string };
      expect(stdout).toHaveLength(60_000);
    }
  });
  test('a secret is hidden also where the cut runs through it, and in pieces', async () => {
    const redactor = createRedactor(['canary-secret-0123456789']);
    const script =
      'const w = (t) => require("fs").writeSync(1, t); for (let i = 0; i < 9000; i++) w("canary-secret-0123456789"); for (const c of "\\ncanary-secret-0123456789\\n") w(c)';
    const run = await runCommand(request([node, '-e', script]), options({ redactor }));
    expect(run.result).toMatchObject({ how: 'exited', stdout: '[redacted]\n[redacted]\n' });
  });
});

describe('R25: the environment', () => {
  const baseEnv = {
    ...process.env,
    DEPLOY_TOKEN: 'canary-deploy',
    AUTH_MODE: 'shadow',
    NPM_CONFIG_X: 'x',
    NODE_OPTIONS: '',
    LC_ALL: 'C.UTF-8',
    LC_TIME: 'C',
    CI: 'true',
    SOAKGATE_RUN: undefined,
  };
  const printed = async (env: readonly string[], base: object = baseEnv) => {
    const run = await runCommand(request(['env', '-0'], { env }), options({ baseEnv: base as never }));
    const lines = (run.result as { stdout: string }).stdout.split('\0').filter((line) => line !== '');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  };
  const listed =
    /^(CI|HOME|LANG|LANGUAGE|LC_\w+|LOGNAME|NODE_EXTRA_CA_CERTS|NO_COLOR|PATH|SHELL|SSL_CERT_(DIR|FILE)|TEMP|TERM|TMP|TMPDIR|TZ|USER|XDG_\w+|SOAKGATE_RUN)$/;

  test('holds only listed names', async () => {
    const seen = await printed([]);
    expect(Object.keys(seen).filter((name) => !listed.test(name))).toEqual([]);
    expect(seen).toMatchObject({ CI: 'true', LC_ALL: 'C.UTF-8', PATH: process.env.PATH });
    expect(seen.SOAKGATE_RUN).toMatch(/^[0-9a-f-]{36}$/);
  });
  test('holds what the policy names', async () => {
    const seen = await printed(['DEPLOY_TOKEN', 'AUTH_MODE', 'NOT_THERE']);
    expect(seen).toMatchObject({ DEPLOY_TOKEN: 'canary-deploy', AUTH_MODE: 'shadow' });
    expect(Object.keys(seen)).not.toContain('NOT_THERE');
  });
  test('keeps the marker of an outer run', async () => {
    expect((await printed([], { ...baseEnv, SOAKGATE_RUN: 'outer' })).SOAKGATE_RUN).toMatch(
      /^outer [0-9a-f-]{36}$/,
    );
  });
});

describe('R29: arguments are data', () => {
  test('10,000 hostile texts arrive as they are and do nothing', async () => {
    const dir = folder();
    const canary = join(dir, 'canary');
    const hostile = [
      `$(touch ${canary})`,
      `\`touch ${canary}\``,
      `; touch ${canary}`,
      `| touch ${canary}`,
      `&& touch ${canary}`,
      `> ${canary}`,
      `"; touch ${canary} #`,
      `'; touch ${canary} #`,
      `\n touch ${canary}\n`,
      `\${IFS}touch ${canary}`,
      '*',
      '~',
      '%PATH%',
      '$HOME',
      '--eval',
      '-e',
      '--',
      '-',
      '',
      ' ',
      '\\',
      '\\n',
      '\u0007',
      '\u{1f511}',
      '\u202e',
    ];
    const word = fc
      .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' })), { maxLength: 4 })
      .map((w) => w.join('').replaceAll('\0', ''));
    const words = [...hostile, ...fc.sample(word, 10_000 - hostile.length)].map((text) =>
      text.toWellFormed(),
    );
    const print = join(dir, 'print.cjs');
    writeFileSync(print, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
    for (let i = 0; i < words.length; i += 1000) {
      const part = words.slice(i, i + 1000);
      const chunks: Buffer[] = [];
      const onStdout = (chunk: Buffer) => chunks.push(chunk);
      await runCommand(request([node, print, ...part], { cwd: dir, onStdout }), options());
      expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual(part);
    }
    expect(readdirSync(dir)).toEqual(['print.cjs']);
  });
});

describe('several commands', () => {
  const times = (id: string, serial = false) =>
    request([node, '-e', 'const a = Date.now(); setTimeout(() => console.log(a, Date.now()), 250)'], {
      id,
      serial,
    });
  test('run together up to the limit, serial ones alone, and results keep the order', async () => {
    const requests = [times('a', true), times('b'), times('c'), times('d', true), times('e')];
    const runs = await runCommands(requests, options({ parallel: 2 }));
    expect(runs.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const spans = runs.map(
      ({ result }) => (result as { stdout: string }).stdout.trim().split(' ').map(Number) as [number, number],
    );
    const overlaps = spans.map(([from, to]) => spans.filter(([a, b]) => a < to && b > from).length - 1);
    expect(overlaps[0]).toBe(0);
    expect(overlaps[3]).toBe(0);
    expect(overlaps[1]).toBeGreaterThan(0);
    for (const [from] of spans)
      expect(spans.filter(([a, b]) => a <= from && b > from).length).toBeLessThanOrEqual(2);
  });
  test('none at all', async () => {
    expect(await runCommands([], options())).toEqual([]);
  });
  test('an interruption ends those that run and does not start the others', async () => {
    const abort = new AbortController();
    const tag = `61000.${process.pid}`;
    const opts = options({ signal: abort.signal, parallel: 2 });
    const long = sh(`trap '' TERM; setsid sleep ${tag} & sleep ${tag}; sleep ${tag}`);
    const running = runCommands(
      ['a', 'b', 'c'].map((id) => request(long, { id })),
      opts,
    );
    setTimeout(() => abort.abort(), 200);
    const begin = performance.now();
    const runs = await running;
    expect(performance.now() - begin).toBeLessThan(15_000);
    expect(runs.map(({ result }) => result.how)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    expect(opts.events.filter(({ type }) => type === 'started')).toHaveLength(2);
    expect(opts.events.filter(({ type }) => type === 'ended')).toHaveLength(3);
    expect(processesWith(tag)).toEqual([]);
  });
  test('a child without environment in a session of its own is found while its parent lives', async () => {
    const tag = `62000.${process.pid}`;
    await resultOf(sh(`env -i setsid sleep ${tag} & wait`), { timeout: 300 });
    expect(processesWith(tag)).toEqual([]);
  });
});

test('progress: started, lines, ended; redacted', async () => {
  const opts = options({ redactor: createRedactor(['canary-7777']) });
  await runCommand(
    request(sh('echo one canary-7777; sleep 0.2; printf "two\\n\\n"; echo part; exit 2')),
    opts,
  );
  // The lines of one moment are told by their last; on a busy machine `two` may have a moment of its own.
  const told = opts.events.filter((event) => event.type !== 'line' || event.text !== 'two');
  expect(told).toEqual([
    { type: 'started', id: 'it', argv: ['sh', '-c', expect.stringContaining('echo one [redacted];')] },
    { type: 'line', id: 'it', text: 'one [redacted]' },
    { type: 'line', id: 'it', text: 'part' },
    { type: 'ended', id: 'it', seconds: 1, ended: { how: 'exited', exitCode: 2 } },
  ]);
});
