import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { watch } from '../../src/gate/watch.ts';
import { hour, minute, parseInstant } from '../../src/model/instant.ts';
import { filePolicy } from '../support/policies.ts';
import { makeFolder } from '../support/program.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of growth that are noise: compiled code and caches that fill once. */
const noise = 1.5e6;

describe('watch over twelve hours of a simulated clock', () => {
  test('takes no more memory at the end than after the first hour', async () => {
    const folder = makeFolder({ 'policies/file.yaml': filePolicy, 'mode.json': '{"mode":"enforced"}' });
    const start = parseInstant('2026-02-24T09:00:00Z') ?? Number.NaN;
    const heap: number[] = [];
    let [now, rounds] = [start, 0];
    await watch(
      {
        ...{ policyPaths: [], cwd: folder.path, root: folder.path, run: false, envFiles: [], inputs: {} },
        ...{ evidenceFiles: [], outputFiles: [], env: {}, clock: () => now },
        ...{ interval: minute, timeout: 12 * hour },
      },
      {
        wait: (duration) => {
          now += duration;
          return Promise.resolve();
        },
        onRound: ({ at }) => {
          rounds += 1;
          const mode = `{"mode":"${rounds % 20 < 10 ? 'enforced' : 'shadow'}"}`;
          if (rounds % 10 === 0) writeFileSync(join(folder.path, 'mode.json'), mode);
          if (heap.length > (at - start) / hour) return;
          collectGarbage();
          heap.push(process.memoryUsage().heapUsed);
        },
      },
    );
    folder.remove();
    process.stdout.write(
      `heap by the hour in MB: ${heap.map((size) => (size / 1e6).toFixed(1)).join(' ')}\n`,
    );
    expect({ hours: heap.length - 1, enough: rounds >= 720 }).toEqual({ hours: 12, enough: true });
    expect((heap.at(-1) ?? Number.NaN) - (heap[1] ?? Number.NaN)).toBeLessThan(noise);
  }, 240_000);
});
