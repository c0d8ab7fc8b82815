import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { appendRow } from '../../../src/record/append.ts';
import { seeded } from '../../parse/markdown/randomDocument.ts';
import { cleanEnvironment, launcher } from '../../support/program.ts';
import { rowRequest, tellLog } from './rows.ts';
import { startWorker } from './workers.ts';

/** Many processes that write one log at once, each its own rows. */
export async function manyWriters(
  file: string,
  root: string,
  { writers, rows }: { writers: number; rows: number },
): Promise<{ rows: number; keys: number; doubled: string[]; torn: string[]; refused: string[] }> {
  const path = 'many.md';
  const share = Math.ceil(rows / writers);
  const workers = Array.from({ length: writers }, () => startWorker(file, root));
  await Promise.all(workers.map((worker) => worker.hears('ready')));
  workers.forEach((worker, index) => {
    worker.order({ kind: 'append', path, from: index * share, count: share, short: true });
  });
  await Promise.all(workers.map((worker) => worker.hears('done')));
  const refused = workers.flatMap((worker) => worker.said().filter((line) => /^(lost|error)/.test(line)));
  for (const worker of workers) worker.child.kill('SIGKILL');
  await Promise.all(workers.map(({ ended }) => ended));
  const { keys, flaws } = await tellLog(root, path);
  const doubled = [...keys].flatMap(([key, times]) => (times > 1 ? [key] : []));
  return { rows: share * writers, keys: keys.size, doubled, torn: flaws, refused };
}

export interface LockTrials {
  killed: number;
  stopped: number;
  reused: number;
  /** Locks of the dead that were not taken over. */
  stuck: number;
  /** Locks of the living that were taken away. */
  stolen: number;
  /** Rows that were there after all of it but once. */
  wrong: string[];
}

/** Holders that are killed, that sleep, and whose number goes to another process; each time somebody wants to write. */
export async function lockTrials(file: string, root: string, trials: number): Promise<LockTrials> {
  const told: LockTrials = { killed: 0, stopped: 0, reused: 0, stuck: 0, stolen: 0, wrong: [] };
  const written: string[] = [];
  let next = startWorker(file, root);
  for (let trial = 0; trial < trials; trial++) {
    const path = `lock-${trial % 7}.md`;
    const lock = join(root, `.${path}.lock`);
    const worker = next;
    next = startWorker(file, root);
    await worker.hears('ready');
    worker.order({ kind: 'hold', path });
    await worker.hears('taken');
    const kind = (['killed', 'stopped', 'reused'] as const)[trial % 3] as 'killed' | 'stopped' | 'reused';
    told[kind]++;
    const line = { path, key: `t${trial}`, number: trial };
    if (kind === 'stopped') {
      process.kill(worker.pid, 'SIGSTOP');
      const refused = await appendRow({ ...rowRequest(root, line), wait: 30 });
      if (refused.ok) told.stolen++;
      process.kill(worker.pid, 'SIGCONT');
    }
    // The number lives on, but the process that has it began at another time.
    if (kind === 'reused') {
      const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; started: string };
      writeFileSync(lock, JSON.stringify({ ...holder, started: String(Number(holder.started) - 100) }));
    } else {
      process.kill(worker.pid, 'SIGKILL');
      await worker.ended;
    }
    const result = await appendRow({ ...rowRequest(root, line), wait: 30 });
    if (result.ok) written.push(`${path} ${line.key}`);
    else told.stuck++;
    worker.child.kill('SIGKILL');
    await worker.ended;
  }
  next.child.kill('SIGKILL');
  await next.ended;
  for (let log = 0; log < 7; log++) {
    const { keys, flaws } = await tellLog(root, `lock-${log}.md`);
    told.wrong.push(...flaws);
    for (const [key, times] of keys) if (times !== 1) told.wrong.push(`lock-${log}.md ${key} ${times} times`);
    for (const one of written) {
      const [path, key = ''] = one.split(' ');
      if (path === `lock-${log}.md` && !keys.has(key)) told.wrong.push(`${one} is lost`);
    }
  }
  return told;
}

const policy = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: kills, title: Kills, version: '1.0.0', owner: me }
timezone: UTC
evidence:
  log:
    log: { path: log.md, table: Entries, time: { column: Time, zone: UTC }, columns: { Key: string, Text: string } }
preflight:
  - { id: any-row, title: A row, streak: { of: log, per: day, atLeast: 1 } }
records:
  log: { log: log, cells: { Time: $now, Text: $input, Key: $summary } }
`;

/** Kills the whole program at any time of its life; the same run is tried again until it says that its row is kept. */
export async function killProgram(
  root: string,
  { kills, seed }: { kills: number; seed: number },
): Promise<{ kills: number; rows: number; lost: string[]; doubled: string[]; torn: string[] }> {
  mkdirSync(join(root, 'policies'));
  writeFileSync(join(root, 'policies/kills.yaml'), policy);
  const random = seeded(seed);
  const kept: string[] = [];
  let killed = 0;
  // The newest that was lived to its end tells how long a life is; each that was not makes the next ones longer, so that
  // some end by themselves however slow the machine has become since.
  let life = 0;
  for (let run = 0; killed < kills; ) {
    const began = performance.now();
    const deadline = life === 0 ? undefined : random() * life * 1.3;
    const code = await runProgram(root, run, deadline);
    if (code === null) {
      killed++;
      life *= 1.05;
    } else if (code === 0) {
      kept.push(`run ${run}.1`);
      life = performance.now() - began;
      run++;
    } else throw new Error(`the program ended with ${code}`);
  }
  const { keys, flaws } = await tellLog(root, 'log.md');
  return {
    kills: killed,
    rows: keys.size,
    lost: kept.filter((key) => !keys.has(key)),
    doubled: [...keys].flatMap(([key, times]) => (times > 1 ? [key] : [])),
    torn: flaws,
  };
}

/** Null if it was killed. */
async function runProgram(root: string, run: number, deadline: number | undefined): Promise<number | null> {
  const words = [resolve(launcher), 'record', 'log', '--root', '.', '--set', 'Text=a row.', '--quiet'];
  const env = cleanEnvironment({ GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: '1' });
  const child = spawn(process.execPath, words, { cwd: root, env, stdio: 'ignore' });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  if (deadline !== undefined) {
    const late = await Promise.race([delay(deadline).then(() => true), ended.then(() => false)]);
    if (late) child.kill('SIGKILL');
  }
  return ended;
}
