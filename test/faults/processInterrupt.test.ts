import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesWith } from '../collect/command/world.ts';
import { cleanEnvironment, launcher, makeFolder } from '../support/program.ts';

// Ctrl-C and signals while commands run: the right exit code, and no process left. The built program, on a real terminal.
const tag = `91000.${process.pid}`;
const policy = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: long, title: Long, version: '1.0.0', owner: me, appliesTo: [x] }
timezone: UTC
evidence:
  stubborn: { command: { run: [sh, -c, "trap '' TERM INT; setsid sleep ${tag} & nohup sleep ${tag} & sleep ${tag}; sleep ${tag}"], timeout: 5m } }
  chatty: { command: { run: [sh, -c, "while :; do echo tick ${tag}; sleep 0.05; done"], timeout: 5m } }
  waiting: { command: { run: [sleep, '${tag}'], timeout: 5m } }
preflight:
  - { id: a, title: A, passes: stubborn }
  - { id: b, title: B, passes: chatty }
  - { id: c, title: C, passes: waiting }
`;

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({ 'policy.yaml': policy });
});
afterAll(() => folder.remove());

interface Interrupted {
  code: number | null;
  output: string;
  milliseconds: number;
}

const words = [process.execPath, launcher, 'check', 'policy.yaml', '--run'];

/** Starts it, waits until the commands run, interrupts it, and waits for its end. */
async function interrupted(
  argv: readonly string[],
  interrupt: (child: ReturnType<typeof start>) => void,
): Promise<Interrupted> {
  const child = start(argv);
  let output = '';
  const take = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  for (let i = 0; i < 200 && processesWith(tag).filter((line) => line.includes('sleep')).length < 4; i++)
    await delay(50);
  await delay(300);
  const begin = performance.now();
  interrupt(child);
  const code = await closed;
  return { code, output, milliseconds: performance.now() - begin };
}

function start(argv: readonly string[]) {
  const [file = '', ...args] = argv;
  return spawn(file, args, { cwd: folder.path, env: cleanEnvironment({ TERM: 'xterm' }), stdio: 'pipe' });
}

describe('an interrupted check', () => {
  const terminal = ['script', '-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null'];

  test('Ctrl-C on a terminal: 130, no process left, nothing drawn left', async () => {
    const { code, output, milliseconds } = await interrupted(terminal, (child) =>
      child.stdin.write('\u0003'),
    );
    expect(code).toBe(130);
    expect(milliseconds).toBeLessThan(4000);
    expect(processesWith(tag)).toEqual([]);
    expect(output.replace(/\u001b\[[0-9;]*m/g, '')).toMatch(/chatty +0:0\d {2}tick/);
    expect(output).not.toMatch(/NO-GO|HOLD|\bGO\b/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s: %i, no process left', async (signal, expected) => {
    const { code, output } = await interrupted(words, (child) => child.kill(signal));
    expect(code).toBe(expected);
    expect(processesWith(tag)).toEqual([]);
    expect(output).toContain('stubborn: interrupted after');
  });

  test('an impatient user: SIGINT again and again', async () => {
    const { code } = await interrupted(words, (child) => {
      for (const wait of [0, 50, 100, 150, 400]) setTimeout(() => child.kill('SIGINT'), wait);
    });
    expect(code).toBe(130);
    expect(processesWith(tag)).toEqual([]);
  });
});
