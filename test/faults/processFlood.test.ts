import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// R28, in a process of its own, so that the peak of its memory is that of the runner.
const dir = mkdtempSync(join(tmpdir(), 'soakgate-flood-'));
const program = join(dir, 'run.mjs');

beforeAll(async () => {
  const input = { run: resolve('src/collect/command/run.ts'), redact: resolve('src/collect/redact.ts') };
  const build = await rolldown({ input, platform: 'node' });
  await build.write({ dir: join(dir, 'lib'), format: 'esm' });
  await build.close();
  writeFileSync(
    program,
    `import { runCommands } from './lib/run.js';
     import { createRedactor } from './lib/redact.js';
     const commands = JSON.parse(process.argv[2]);
     const begin = performance.now();
     const runs = await runCommands(
       commands.map((argv, i) => ({ id: String(i), argv, cwd: '/', timeout: 30000, env: [], serial: false })),
       { parallel: 2, redactor: createRedactor(['canary-secret-1', 'yyyyyyyyyyyyyyyyyyyyz', 'other\\nlines']),
         baseEnv: process.env, clock: Date.now, onProgress: () => {}, signal: new AbortController().signal });
     process.stdout.write(JSON.stringify({
       how: runs.map((run) => run.result.how),
       megabytes: process.resourceUsage().maxRSS / 1024,
       seconds: (performance.now() - begin) / 1000 }));`,
  );
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('R28: memory and time are bounded under floods', () => {
  test.each<[string, readonly (readonly string[])[]]>([
    ['yes', [['yes'], ['yes']]],
    [
      'one line without end',
      [
        ['sh', '-c', 'yes | tr -d "\\n"'],
        ['cat', '/dev/zero'],
      ],
    ],
    [
      'random bytes',
      [
        ['cat', '/dev/urandom'],
        ['sh', '-c', 'cat /dev/urandom >&2'],
      ],
    ],
    [
      'the beginning of a secret without end',
      [
        ['sh', '-c', 'yes y | tr -d "\\n"'],
        ['sh', '-c', 'printf other; yes "" '],
      ],
    ],
    [
      'floods out of a session of their own',
      [
        ['sh', '-c', 'trap "" TERM PIPE; setsid yes & setsid yes >&2 & wait'],
        ['sh', '-c', 'nohup yes'],
      ],
    ],
  ])('%s', (_, commands) => {
    const text = execFileSync(process.execPath, [program, JSON.stringify(commands)], { encoding: 'utf8' });
    const { how, megabytes, seconds } = JSON.parse(text);
    console.log(`${how.join(', ')}: ${Math.round(megabytes)} MB, ${seconds.toFixed(1)} s`);
    expect(how).toEqual(['flooded', 'flooded']);
    expect(megabytes).toBeLessThan(256);
    expect(seconds).toBeLessThan(30);
  });
});
