import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, soakgate } from './program.ts';

/**
 * A script for \`node -r\`: counts every call of the file system and of child processes, and makes one of them fail as
 * the operating system would. Faults are made outside of the program; it has no switch for tests.
 */
const preload = `
const fs = require('node:fs');
const child = require('node:child_process');
const target = Number(process.env.FAULT_AT ?? 0);
let count = 0;
const wrap = (owner, name) => {
  const real = owner[name];
  owner[name] = function (...args) {
    count++;
    if (count === target) {
      fs.real.writeFileSync(process.env.FAULT_HIT, name);
      throw Object.assign(new Error('EIO: hunter2'), { code: process.env.FAULT_CODE ?? 'EIO', syscall: name });
    }
    return real.apply(this, args);
  };
  Object.assign(owner[name], real);
};
fs.real = { writeFileSync: fs.writeFileSync };
const names = ['openSync', 'readSync', 'closeSync', 'statSync', 'lstatSync', 'fstatSync', 'readdirSync', 'readFileSync',
  'realpathSync', 'readlinkSync', 'writeSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'fchmodSync'];
for (const name of names) wrap(fs, name);
for (const name of ['spawn', 'spawnSync']) wrap(child, name);
process.on('exit', () => fs.real.writeFileSync(process.env.FAULT_COUNT, String(count)));
`;

export interface SweptRun extends Ended {
  at: number;
  /** The call that failed. */
  call: string;
}

export interface Sweep {
  /** The name of an output file of its own is put behind them. */
  words: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  errno: string;
}

/** Runs a command line once for each call that it makes, with that call failing. */
export async function sweep({
  words,
  cwd,
  env,
  errno,
}: Sweep): Promise<{ healthy: Ended; runs: readonly SweptRun[] }> {
  const path = join(cwd, 'fault.cjs');
  writeFileSync(path, preload);
  const run = async (at: number): Promise<SweptRun> => {
    const hit = join(cwd, `hit-${at}`);
    const extra = {
      FAULT_AT: String(at),
      FAULT_HIT: hit,
      FAULT_CODE: errno,
      FAULT_COUNT: join(cwd, `count-${at}`),
    };
    const ended = await soakgate([...words, `out-${at}`], {
      cwd,
      env: { ...env, ...extra },
      node: ['-r', path],
    });
    return { ...ended, at, call: existsSync(hit) ? readFileSync(hit, 'utf8') : '' };
  };
  const healthy = await run(0);
  const calls = Number(readFileSync(join(cwd, 'count-0'), 'utf8'));
  const points = Array.from({ length: calls }, (_, index) => index + 1);
  const runs: SweptRun[] = [];
  const worker = async (): Promise<void> => {
    for (let at = points.shift(); at !== undefined; at = points.shift()) runs.push(await run(at));
  };
  await Promise.all([worker(), worker()]);
  return { healthy, runs: runs.sort((a, b) => a.at - b.at) };
}
