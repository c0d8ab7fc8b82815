import { account, randomEdit, randomLog } from '../../test/parse/markdown/logEdits.ts';
import { seeded } from '../../test/parse/markdown/randomDocument.ts';

export const about = '1 million edits of valid logs (R16): no row is lost silently (arguments: edits)';

const batch = 10_000;

export async function run(job: { seed: number; args: string[]; say: (line: string) => void }) {
  const wanted = Number(job.args[0] ?? 1_000_000);
  const seen = { kept: 0, flaw: 0, absent: 0, lost: 0 };
  const lost: string[] = [];
  for (let edit = 0; edit < wanted; edit++) {
    const random = seeded(job.seed * 100_003 + edit);
    const before = randomLog(random);
    const after = randomEdit(random, before);
    const outcome = account(before, after);
    seen[outcome]++;
    if (outcome === 'lost') lost.push(JSON.stringify({ before, after }));
    if ((edit + 1) % batch === 0) job.say(`${edit + 1} edits: ${JSON.stringify(seen)}`);
  }
  for (const pair of lost.slice(0, 5)) job.say(pair);
  return {
    ok: seen.lost === 0,
    figures: {
      edits: wanted,
      'every row read as before': seen.kept,
      'a flaw stands for what is gone': seen.flaw,
      'the log is absent': seen.absent,
      'rows lost silently': seen.lost,
    },
  };
}
