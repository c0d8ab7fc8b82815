import { readFileSync } from 'node:fs';
import { compareYamlReaders } from '../../test/parse/yaml/plainTexts.ts';

export const about =
  '50,000 random texts that the plain reader of YAML accepts, against the strict one (arguments: texts)';

const batch = 2000;

/** Texts are made until the plain reader has accepted so many; of each the strict one must give the same. */
export async function run(job: { seed: number; args: string[]; say: (line: string) => void }) {
  const wanted = Number(job.args[0] ?? 50_000);
  const files = [readFileSync('policies/production-hardening.yaml', 'utf8')];
  let documents = 0;
  let accepted = 0;
  const differences: string[] = [];
  while (accepted < wanted) {
    const result = compareYamlReaders(job.seed * 1000 + accepted / batch, batch, files);
    documents += result.documents;
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
      'left to the strict reader': documents - accepted,
      differences: differences.length,
    },
  };
}
