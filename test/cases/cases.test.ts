import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/model/instant.ts';
import { soakgate } from '../support/program.ts';

/**
 * Whole scenarios, run through the built program. A folder holds
 *   tree/           the workspace, copied to a folder of its own (no git)
 *   args            the words after `soakgate`, without --format
 *   env             variables, one NAME=value a line (optional)
 *   clock           the instant that the machine's clock shows (optional)
 *   out.CODE.FORMAT what stands on standard output, or else on standard error, and the exit code
 * Golden files are reviewed like code. UPDATE_CASES=1 writes them, but never in CI.
 */
const cases = join(import.meta.dirname);
const formats = ['pretty', 'json'] as const;
const update = process.env.UPDATE_CASES === '1' && !process.env.CI;
const names = readdirSync(cases, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const optional = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** A machine whose clock stands still. The program itself has no such switch. */
function stoppedClock(instant: number): string {
  return `const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) { super(...(args.length === 0 ? [${instant}] : args)); }
  static now() { return ${instant}; }
};
`;
}

/** What differs between releases and machines, and says nothing about the scenario. */
function masked(text: string): string {
  return text
    .replace(/("name": "soakgate",\n\s+"version": )"[^"]+"/g, '$1"VERSION"')
    .replace(/"tzdata": "[^"]+"/g, '"tzdata": "TZDATA"');
}

async function play(name: string, format: string): Promise<{ code: number | null; text: string }> {
  const folder = join(cases, name);
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-case-')));
  try {
    cpSync(join(folder, 'tree'), join(place, 'tree'), { recursive: true });
    const instant = parseInstant(optional(join(folder, 'clock')).trim() || '2026-02-24T09:00:00Z');
    writeFileSync(join(place, 'clock.cjs'), stoppedClock(instant ?? Number.NaN));
    const words = readFileSync(join(folder, 'args'), 'utf8').trim().split(/\s+/);
    const env = Object.fromEntries(
      optional(join(folder, 'env'))
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [line.split(/=(.*)/s).slice(0, 2)])),
    ) as Record<string, string>;
    const ended = await soakgate([...words, '--format', format], {
      cwd: join(place, 'tree'),
      env,
      node: ['-r', join(place, 'clock.cjs')],
    });
    return { code: ended.code, text: masked(ended.stdout === '' ? ended.stderr : ended.stdout) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe.each(names)('case %s', (name) => {
  const folder = join(cases, name);
  const entries = readdirSync(folder);

  it('holds nothing that is not part of a case', () => {
    const known = /^(tree|args|env|clock|out\.[0-4]\.(pretty|json))$/;
    expect(entries.filter((entry) => !known.test(entry))).toEqual([]);
  });

  it.each(formats)('%s', async (format) => {
    const { code, text } = await play(name, format);
    const golden = `out.${code}.${format}`;
    const there = entries.filter((entry) => entry.startsWith('out.') && entry.endsWith(`.${format}`));
    if (update) {
      for (const old of there) rmSync(join(folder, old));
      writeFileSync(join(folder, golden), text);
      return;
    }
    expect(there).toEqual([golden]);
    expect(text).toBe(readFileSync(join(folder, golden), 'utf8'));
  });
});

it('there are cases, and every exit code of a judged policy has one', () => {
  const codes = new Set(
    names.flatMap((name) => readdirSync(join(cases, name)).flatMap((f) => /^out\.(\d)/.exec(f)?.[1] ?? [])),
  );
  expect([...codes].sort()).toEqual(['0', '1', '2', '3']);
});
