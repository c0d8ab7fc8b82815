import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GatherRequest } from '../../src/gate/gather.ts';
import { parseInstant } from '../../src/model/instant.ts';

const cases = resolve('test/cases');

/** What a command asks of the tree of a case of `test/cases`, at the instant and in the environment of that case. */
export function caseRequest(name: string, change: Partial<GatherRequest> = {}): GatherRequest {
  const folder = join(cases, name);
  const text = (file: string): string =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  const words = text('args').split(/\s+/);
  const after = (flag: string): readonly string[] =>
    words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []));
  const lines = text('env')
    .split('\n')
    .filter((line) => line !== '');
  const now = parseInstant(text('clock') || '2026-02-24T09:00:00Z') ?? Number.NaN;
  return {
    policyPaths: [],
    cwd: join(folder, 'tree'),
    root: join(folder, 'tree'),
    run: false,
    envFiles: after('--env-file'),
    inputs: {},
    evidenceFiles: [],
    outputFiles: [],
    env: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<string, string>,
    clock: () => now,
    ...change,
  };
}
