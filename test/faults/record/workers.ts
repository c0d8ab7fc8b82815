import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
// @ts-expect-error a script without declarations: the bundles of benchmarks
import { measured } from '../../../rolldown.config.mjs';

/** Bundles a writer, since Node 20 runs no TypeScript. */
export async function buildWorker(folder: string, source = 'worker'): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const { output, ...input } = measured(
    resolve(`test/faults/record/${source}.ts`),
    folder,
    `record-${source}`,
  );
  const build = await rolldown(input);
  await build.write(output);
  await build.close();
  return join(folder, `record-${source}.mjs`);
}

/** A process of the writer. */
export interface Worker {
  pid: number;
  child: ChildProcessWithoutNullStreams;
  /** Everything it said so far, line by line; the last may be unfinished. */
  said(): readonly string[];
  order(order: object): void;
  /** Waits for a line that begins so; rejects if the process ends before. */
  hears(start: string): Promise<string>;
  ended: Promise<void>;
}

export function startWorker(file: string, root: string): Worker {
  const child = spawn(process.execPath, [file, root], { stdio: 'pipe' });
  let text = '';
  let wake: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (text += `\nerror ${piece}`));
  // A killed process hangs up on what is written to it.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((done) =>
    child.once('close', () => {
      done();
      wake();
    }),
  );
  let isOver = false;
  void ended.then(() => (isOver = true));
  const said = () => text.split('\n');
  const find = (start: string) =>
    said()
      .slice(0, -1)
      .find((line) => line.startsWith(start));
  return {
    pid: child.pid ?? 0,
    child,
    said,
    ended,
    order: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    async hears(start) {
      for (;;) {
        const line = find(start);
        if (line !== undefined) return line;
        if (isOver) throw new Error(`the writer ended without \`${start}\`: ${text}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
