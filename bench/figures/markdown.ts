import { compareReaders } from '../../test/parse/markdown/randomDocument.ts';

export const about =
  '50,000 random documents that the scanner accepts, against remark with GFM (arguments: documents)';

const batch = 2000;

/** Documents are made until the scanner has accepted so many; each of them must read as remark reads it. */
export async function run(job: { seed: number; args: string[]; say: (line: string) => void }) {
  const wanted = Number(job.args[0] ?? 50_000);
  let documents = 0;
  let accepted = 0;
  const differences: string[] = [];
  while (accepted < wanted) {
    const result = compareReaders(job.seed * 1000 + documents / batch, batch);
    documents += batch;
    accepted += result.accepted;
    differences.push(...result.differences);
    job.say(`${accepted} of ${documents} accepted, ${differences.length} differences`);
  }
  for (const text of differences.slice(0, 5)) job.say(JSON.stringify(text));
  return {
    ok: differences.length === 0,
    figures: {
      documents,
      accepted,
      'refused and read by remark': documents - accepted,
      differences: differences.length,
    },
  };
}
