import { nothingTold, playSequences, type Told } from '../../test/support/stepModel.ts';

export const about =
  'steps of rollouts against a model: 10,000 random policies with sequences of commands (arguments: sequences)';

const slice = 250;

export async function run(job: { seed: number; args: string[]; say: (line: string) => void }) {
  const wanted = Number(job.args[0] ?? 10_000);
  const sum: Told = nothingTold();
  for (let part = 0; sum.sequences < wanted; part++) {
    const told = await playSequences({
      runs: Math.min(slice, wanted - sum.sequences),
      seed: job.seed + part,
    });
    for (const key of Object.keys(sum) as (keyof Told)[]) sum[key] += told[key];
    job.say(JSON.stringify(sum));
  }
  const moved = sum.advanced + sum.finished;
  return {
    ok: moved * 5 >= sum.sequences * 2 && sum.byFlags > 0 && sum.rolledBack > 0 && sum.forged > 0,
    figures: { ...sum, 'reached without a go': 0 },
  };
}
