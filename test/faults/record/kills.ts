import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readHolder } from '../../../src/record/lock.ts';
import { seeded } from '../../parse/markdown/randomDocument.ts';
import { tellLog } from './rows.ts';
import { startWorker, type Worker } from './workers.ts';

/** Where a writer was when it was killed, as what it left behind shows. */
export const stages = [
  'before the lock',
  'locked, nothing written',
  'temporary file not whole',
  'temporary file whole',
  'in place, still locked',
  'unlocked, not acknowledged',
] as const;

export type Stage = (typeof stages)[number];

export interface Kills {
  kills: number;
  /** Kills between taking and releasing the lock. */
  locked: number;
  histogram: Record<Stage, number>;
  acknowledged: number;
  lost: string[];
  doubled: string[];
  torn: string[];
  /** Rows that could not be written although nothing was in the way. */
  refused: string[];
}

export function newKills(): Kills {
  const histogram = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
  return { kills: 0, locked: 0, histogram, acknowledged: 0, lost: [], doubled: [], torn: [], refused: [] };
}

export interface Scene {
  root: string;
  path: string;
  pid: number;
}

function isTemporary(name: string, path: string): boolean {
  return new RegExp(`^\\.${path.replace('.', '\\.')}\\.[0-9a-f]{12}\\.tmp$`).test(name);
}

function isHeldBy(lock: string, pid: number): boolean {
  const holder = readHolder(lock);
  return holder !== undefined && holder !== 'nobody' && holder.pid === pid;
}

/** Reads from what is left where the writer was. `key` is the row that it had not yet acknowledged. */
export async function stageOf({ root, path, pid }: Scene, key: string, oldSize: number): Promise<Stage> {
  const isThere = (await tellLog(root, path)).keys.has(key);
  if (!isHeldBy(join(root, `.${path}.lock`), pid))
    return isThere ? 'unlocked, not acknowledged' : 'before the lock';
  if (isThere) return 'in place, still locked';
  const temporary = readdirSync(root).find((name) => isTemporary(name, path));
  if (temporary === undefined) return 'locked, nothing written';
  return statSync(join(root, temporary)).size > oldSize ? 'temporary file whole' : 'temporary file not whole';
}

export function sizeOfLog(root: string, path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0;
}

export function count(kills: Kills, stage: Stage): void {
  kills.kills++;
  kills.histogram[stage]++;
  if (stage !== 'before the lock' && stage !== 'unlocked, not acknowledged') kills.locked++;
}

/** Holds the log against what its writers were told: acknowledged rows are there once, others at most once. */
export async function audit(
  kills: Kills,
  { root, path }: Pick<Scene, 'root' | 'path'>,
  acknowledged: readonly string[],
) {
  const { keys, flaws } = await tellLog(root, path);
  kills.acknowledged += acknowledged.length;
  kills.lost.push(...acknowledged.filter((key) => !keys.has(key)).map((key) => `${path} ${key}`));
  kills.doubled.push(...[...keys].filter(([, times]) => times > 1).map(([key]) => `${path} ${key}`));
  kills.torn.push(...flaws.map((flaw) => `${path} ${flaw}`));
}

/**
 * Kills writers, and has the next writer go on where the last one was. Four of five die at a call to the file system
 * chosen by chance, so that every stage is met however busy the machine is; the others at any time, by another process.
 * A log serves for 40 kills.
 */
export async function killWriters(
  file: string,
  root: string,
  {
    kills: wanted,
    seed,
    say = () => undefined,
  }: { kills: number; seed: number; say?: (line: string) => void },
): Promise<Kills> {
  const kills = newKills();
  const random = seeded(seed);
  let standby: Worker | undefined = startWorker(file, root);
  for (let log = 0; kills.kills < wanted; log++) {
    const path = `log-${log}.md`;
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 40 && kills.kills < wanted; kill++) {
      const worker: Worker = standby ?? startWorker(file, root);
      // The next one starts while this one works.
      standby = startWorker(file, root);
      await worker.hears('ready');
      const scene = { root, path, pid: worker.pid };
      const oldSize = sizeOfLog(root, path);
      const byItself = random() < 0.8;
      const die = byItself ? { die: { at: 1 + Math.floor(random() * calls), share: random() } } : {};
      worker.order({ kind: 'append', path, from: acknowledged.length, count: 1000, ...die });
      if (!byItself) await delay(random() * 40);
      if (!byItself) process.kill(worker.pid, 'SIGKILL');
      await worker.ended;
      const said = worker.said().slice(0, -1);
      for (const line of said) if (line.startsWith('ack ')) acknowledged.push(line.split(' ')[1] ?? '');
      kills.refused.push(...said.filter((line) => /^(lost|error)/.test(line)));
      const size = Math.max(oldSize, sizeOfLog(root, path));
      count(kills, await stageOf(scene, String(acknowledged.length), size));
    }
    await audit(kills, { root, path }, acknowledged);
    say(`${kills.kills} kills: ${JSON.stringify(kills.histogram)}`);
  }
  standby?.child.kill('SIGKILL');
  await standby?.ended;
  return kills;
}

/** So many calls to the file system lie between taking the lock and the answer. */
const calls = 20;

/** The histogram as lines of text. */
export function histogramText({ histogram, kills }: Kills): string {
  return stages.map((stage) => `${String(histogram[stage]).padStart(6)} of ${kills} ${stage}`).join('\n');
}
