import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPolicy, modePolicy } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

/** R5 and R24: whatever breaks, it is never 0, and no message of anybody else is repeated. */
describe('what breaks', () => {
  let folder: ReturnType<typeof makeFolder>;
  const env = { MODE: 'enforced' };
  beforeAll(() => {
    folder = makeFolder({
      'mode.yaml': modePolicy,
      'sleep.yaml': commandPolicy(['sleep', '611']),
      'secret.txt': 'hunter2',
    });
  });
  afterAll(() => folder.remove());

  /** Runs check with a script that Node loads first: a fault of the machine, made where it is wanted. */
  const withFault = (script: string, words: readonly string[] = ['check', 'mode.yaml']) => {
    const path = join(folder.path, `fault-${Math.random().toString(36).slice(2)}.cjs`);
    writeFileSync(path, script);
    return soakgate(words, { cwd: folder.path, env, node: ['-r', path] });
  };

  it.each([
    [
      'throws while it reads',
      `fs.readSync = () => { throw Object.assign(new Error('hunter2'), { code: 'EIO' }); };`,
    ],
    ['throws while it opens', `fs.openSync = () => { throw new Error('hunter2'); };`],
    [
      'throws while it hashes',
      `require('node:crypto').createHash = () => { throw new TypeError('hunter2'); };`,
      // Digests are made for formats that show them.
      ['check', 'mode.yaml', '--format', 'json'],
    ],
    ['throws something that is no error', `fs.openSync = () => { throw 'hunter2'; };`],
    [
      'throws later',
      `setTimeout(() => { throw new Error('hunter2'); }, 1);fs.writeSync = slow(fs.writeSync);`,
    ],
    ['rejects unseen', `process.nextTick(() => Promise.reject(new Error('hunter2')));`],
  ])('%s: not 0, no word of the error', async (_what, script, words?: readonly string[]) => {
    const slow =
      'const slow = (f) => (...a) => { const t = Date.now() + 50; while (Date.now() < t); return f(...a); };';
    const ended = await withFault(`const fs = require('node:fs'); ${slow} ${script}`, words);
    expect([2, 3, 4]).toContain(ended.code);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
    if (ended.code === 4) expect(ended.stderr).toMatch(/^soakgate: internal error[^\n]*\n$/);
  });

  it('a promise that never settles is 4, said in one line', async () => {
    // The schema is imported lazily; a module loader that never answers leaves nothing to wait for.
    const script = `
      const Module = require('node:module');
      const load = Module._load;
      Module._load = function (request, ...rest) {
        const loaded = load.call(this, request, ...rest);
        return /policy\\.schema/.test(request) ? { __esModule: true, then() {} } : loaded;
      };`;
    const ended = await withFault(script, ['schema', 'policy']);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toBe('soakgate: internal error: the work stopped without an answer\n');
  });

  it('a part of the program that calls exit(0) is 4', async () => {
    expect(
      (await withFault(`const fs = require('node:fs'); fs.openSync = () => process.exit(0);`)).code,
    ).toBe(4);
    expect((await withFault(`const fs = require('node:fs'); fs.openSync = () => process.exit();`)).code).toBe(
      4,
    );
  });

  it('memory that runs out is not 0 and not 1', async () => {
    const ended = await soakgate(['check', 'mode.yaml'], {
      cwd: folder.path,
      env,
      node: ['--max-old-space-size=2'],
    });
    expect([0, 1, 2, 3]).not.toContain(ended.code);
    expect(ended.stdout).toBe('');
  });

  it('warnings instead of errors for rejections, asked of Node, change nothing', async () => {
    const script = `process.nextTick(() => Promise.reject(new Error('hunter2')));`;
    writeFileSync(join(folder.path, 'reject.cjs'), script);
    const node = ['--unhandled-rejections=warn', '-r', join(folder.path, 'reject.cjs')];
    const ended = await soakgate(['check', 'mode.yaml'], { cwd: folder.path, env, node });
    expect(ended.code).toBe(4);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  });

  it.runIf(process.getuid?.() !== 0)('files that may not be read are 2 for a policy', async () => {
    writeFileSync(join(folder.path, 'closed.yaml'), modePolicy);
    chmodSync(join(folder.path, 'closed.yaml'), 0);
    expect((await soakgate(['check', 'closed.yaml'], { cwd: folder.path, env })).code).toBe(2);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while a command runs is %i, and nothing is left behind', async (signal, code) => {
    const marker = `61${code}`;
    writeFileSync(join(folder.path, `${marker}.yaml`), commandPolicy(['sleep', marker]));
    let pid = 0;
    const running = soakgate(['check', `${marker}.yaml`, '--root', '.', '--run', '--format', 'json'], {
      cwd: folder.path,
      started: (id) => (pid = id),
    });
    await until(async () => (await processes()).includes(`sleep ${marker}`));
    process.kill(pid, signal);
    const ended = await running;
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(`interrupted (${signal})`);
    expect(await processes()).not.toContain(`sleep ${marker}`);
  });

  it('SIGKILL leaves no result behind', async () => {
    let pid = 0;
    const words = [
      'check',
      'sleep.yaml',
      '--root',
      '.',
      '--run',
      '--format',
      'json',
      '--output',
      'never.json',
    ];
    const running = soakgate(words, { cwd: folder.path, started: (id) => (pid = id) });
    await until(async () => (await processes()).includes('sleep 611'));
    process.kill(pid, 'SIGKILL');
    expect(await running).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
    // The group outlives a SIGKILL of its parent; it is this test's to end.
    for (const line of (await processes()).split('\n').filter((one) => one.includes('sleep 611')))
      process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL');
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; ) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error('waited in vain');
}

/** Every process as \`pid command line\`. */
function processes(): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('ps', ['-e', '-o', 'pid=,args='], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    child.on('error', fail);
    child.on('close', () => done(text));
  });
}
