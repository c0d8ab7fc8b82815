import { parse } from 'yaml';
import { readDoc, readPage } from '../page.ts';

/** The files that a page shows, by name. */
function filesOf(page: string): ReadonlyMap<string, string> {
  const blocks = readPage(readDoc(page));
  return new Map(
    blocks.flatMap((block) => (block.kind === 'file' ? [[block.path, block.text] as const] : [])),
  );
}

const shown = filesOf('docs/guide/ci.md');

export const recipeNames: readonly string[] = [...shown.keys()];

export function recipe(name: string): string {
  const text = shown.get(name);
  if (text === undefined) throw new Error(`docs/guide/ci.md shows no ${name}`);
  return text;
}

export const yamlRecipe = (name: string): unknown => parse(recipe(name));

/** The policy that the recipes go with. */
export const releasePolicy = filesOf('docs/guide/logs-and-records.md').get('policies/release.yaml') ?? '';

type Result = 'pass' | 'fail';

/** The log of the policy with a record for each of the last days, the newest last. */
export function smokeLogs(results: readonly Result[]): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [index, result] of results.entries()) {
    const day = new Date(Date.now() - (results.length - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    const name = `docs/audits/smoke-${day.slice(0, 7)}.md`;
    files[name] ??=
      '# Smoke\n\n## Entries\n\n| Time | MODE | Checks | Details |\n| --- | --- | --- | --- |\n';
    files[name] += `| ${day}T00:00:01Z | shadow | ${result} | by hand |\n`;
  }
  return files;
}

/** Histories that make the policy go, hold and no-go, also if a day ends while a test runs. */
export const histories = {
  go: ['pass', 'pass', 'pass', 'pass'],
  hold: ['pass', 'pass'],
  'no-go': ['pass', 'pass', 'pass', 'fail'],
} as const satisfies Readonly<Record<string, readonly Result[]>>;

export const exitCodes = { go: 0, hold: 3, 'no-go': 1 } as const;
export type Decision = keyof typeof exitCodes;
export const decisions = Object.keys(exitCodes) as Decision[];
