import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWriters, stages } from '../../test/faults/record/kills.ts';
import { killProgram, lockTrials, manyWriters } from '../../test/faults/record/trials.ts';
import { buildWorker } from '../../test/faults/record/workers.ts';

export const about =
  'records that survive (R17-R19): 10,000 kills, 16 writers of 20,000 rows, 2,000 lock trials (arguments: share, then any of kills, program, writers, locks)';

/** A log serves for so many rows; beyond it a month would hold more than anybody reads. */
const rowsOfLog = 2000;

type Figures = Record<string, string | number>;

interface Part {
  ok: boolean;
  figures: Figures;
}

interface Trial {
  worker: string;
  folder(name: string): string;
  share: number;
  seed: number;
  say(line: string): void;
}

const parts: Readonly<Record<string, (trial: Trial) => Promise<Part>>> = { kills, program, writers, locks };

/** Each part says what it found as soon as it is done, so that a run that is stopped has not been for nothing. */
export async function run(job: { seed: number; args: string[]; say: (line: string) => void }): Promise<Part> {
  const share = Number(job.args.find((word) => !(word in parts)) ?? 1);
  const named = job.args.filter((word) => word in parts);
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-figures-')));
  try {
    const worker = await buildWorker(join(base, 'worker'));
    const folder = (name: string) => mkdtempSync(join(base, name));
    const told: Part = { ok: true, figures: {} };
    for (const name of named.length > 0 ? named : Object.keys(parts)) {
      const part = await parts[name]?.({ worker, folder, share, seed: job.seed, say: job.say });
      if (part === undefined) continue;
      told.ok &&= part.ok;
      for (const [key, value] of Object.entries(part.figures)) told.figures[`${name}: ${key}`] = value;
      job.say(`${name}: ${part.ok ? 'ok' : 'NOT OK'} ${JSON.stringify(part.figures)}`);
    }
    return told;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

async function kills({ worker, folder, share, seed, say }: Trial): Promise<Part> {
  const wanted = Math.ceil(9400 * share);
  const found = await killWriters(worker, folder('kills-'), { kills: wanted, seed, say });
  const wrong = counted(found);
  return {
    ok: sum(wrong) === 0 && found.locked * 2 >= found.kills,
    figures: {
      ...{ kills: found.kills, 'between lock and unlock': found.locked },
      ...Object.fromEntries(stages.map((stage) => [stage, found.histogram[stage]])),
      ...wrong,
    },
  };
}

async function program({ folder, share, seed }: Trial): Promise<Part> {
  const found = await killProgram(folder('program-'), { kills: Math.ceil(600 * share), seed });
  const wrong = counted(found);
  return { ok: sum(wrong) === 0, figures: { kills: found.kills, rows: found.rows, ...wrong } };
}

async function writers({ worker, folder, share, say }: Trial): Promise<Part> {
  const all = { rows: 0, lost: 0, doubled: 0, torn: 0, refused: 0 };
  while (all.rows < 20_000 * share) {
    const one = await manyWriters(worker, folder('many-'), { writers: 16, rows: rowsOfLog });
    all.rows += one.rows;
    all.lost += one.rows - one.keys;
    for (const kind of ['doubled', 'torn', 'refused'] as const) all[kind] += one[kind].length;
    say(`16 writers: ${JSON.stringify(all)}`);
  }
  const { rows, ...wrong } = all;
  return { ok: sum(wrong) === 0, figures: { 'rows of 16 writers': rows, ...wrong } };
}

async function locks({ worker, folder, share }: Trial): Promise<Part> {
  const found = await lockTrials(worker, folder('locks-'), Math.ceil(2000 * share));
  const trials = found.killed + found.stopped + found.reused;
  const wrong = { stuck: found.stuck, stolen: found.stolen, wrong: found.wrong.length };
  return { ok: sum(wrong) === 0, figures: { trials, ...wrong } };
}

function counted(found: Record<'lost' | 'doubled' | 'torn', readonly string[]>): Record<string, number> {
  return { lost: found.lost.length, doubled: found.doubled.length, torn: found.torn.length };
}

function sum(wrong: Readonly<Record<string, number>>): number {
  return Object.values(wrong).reduce((all, one) => all + one, 0);
}
