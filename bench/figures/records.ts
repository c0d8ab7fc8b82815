import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWriters, stages } from '../../test/faults/record/kills.ts';
import { killProgram, lockTrials, manyWriters } from '../../test/faults/record/trials.ts';
import { buildWorker } from '../../test/faults/record/workers.ts';

export const about =
  'records that survive (R17-R19): 10,000 kills, 16 writers of 20,000 rows, 2,000 lock trials (arguments: share)';

/** A log serves for so many rows; beyond it a month would hold more than anybody reads. */
const rowsOfLog = 2000;

export async function run(job: { seed: number; args: string[]; say: (line: string) => void }) {
  const share = Number(job.args[0] ?? 1);
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-figures-')));
  try {
    const worker = await buildWorker(join(base, 'worker'));
    const folder = (name: string) => mkdtempSync(join(base, name));
    const kills = await killWriters(worker, folder('kills-'), {
      kills: Math.ceil(9400 * share),
      ...{ seed: job.seed, say: job.say },
    });
    const program = await killProgram(folder('program-'), { kills: Math.ceil(600 * share), seed: job.seed });
    const many = { rows: 0, keys: 0, doubled: [] as string[], torn: [] as string[], refused: [] as string[] };
    while (many.rows < 20_000 * share) {
      const one = await manyWriters(worker, folder('many-'), { writers: 16, rows: rowsOfLog });
      many.rows += one.rows;
      many.keys += one.keys;
      for (const kind of ['doubled', 'torn', 'refused'] as const) many[kind].push(...one[kind]);
      job.say(`${many.rows} rows of 16 writers`);
    }
    const locks = await lockTrials(worker, folder('locks-'), Math.ceil(2000 * share));
    const lost = kills.lost.length + program.lost.length + (many.rows - many.keys);
    const doubled = kills.doubled.length + program.doubled.length + many.doubled.length;
    const torn = kills.torn.length + program.torn.length + many.torn.length;
    const wrong =
      lost + doubled + torn + locks.stuck + locks.stolen + locks.wrong.length + many.refused.length;
    return {
      ok: wrong === 0 && kills.locked * 2 >= kills.kills,
      figures: {
        kills: kills.kills + program.kills,
        'of them of the whole program': program.kills,
        'between lock and unlock': kills.locked,
        ...Object.fromEntries(stages.map((stage) => [stage, kills.histogram[stage]])),
        'rows of 16 writers': many.rows,
        'lock trials': locks.killed + locks.stopped + locks.reused,
        ...{ lost, doubled, torn, stuck: locks.stuck, stolen: locks.stolen },
      },
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
