import { type BigIntStats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContent, TestResults } from '../../model/evidence.ts';
import type { CommandSpec } from '../../model/policy.ts';
import { cleanPath } from '../../files/path.ts';

export type TestsReading = NonNullable<CommandContent['tests']>;

/** Reads a test-result file; the path is relative to the root. */
export type TestsReader = (
  format: TestResults['format'],
  path: string,
) => TestsReading | Promise<TestsReading>;

/** File systems keep times of files in steps of up to two seconds. */
const step = 2000;

/**
 * The results file of a command. It counts only if this very run wrote it: it must be another file than before the
 * start, or changed since, and not be dated before the start (a copy of old results). Call before the command starts.
 */
export function resultsOf(
  { results }: CommandSpec,
  { root, readTests }: { root: string; readTests: TestsReader },
): { read: () => TestsReading | Promise<TestsReading> } | undefined {
  if (results === undefined) return undefined;
  const { format } = results;
  const path = cleanPath(results.path);
  const missing = (message: string): TestsReading => ({ missing: 'tests.missing', message });
  if (path === undefined) {
    return {
      read: () => ({ missing: 'file.outside-root', message: `\`${results.path}\` leads out of the root` }),
    };
  }
  const before = look(join(root, path));
  const start = Date.now();
  return {
    read: () => {
      const after = look(join(root, path));
      if (after === undefined) return missing(`the run wrote no \`${path}\``);
      if (before !== undefined && isSame(before, after)) return missing(`\`${path}\` is older than this run`);
      if (Number(after.mtimeMs) < start - step) return missing(`\`${path}\` is dated before this run`);
      return readTests(format, path);
    },
  };
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}
