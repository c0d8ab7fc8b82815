import { fork } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomic } from '../../src/files/atomic.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soakgate-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeAtomic', () => {
  it('writes and replaces, and leaves nothing else behind', () => {
    const path = join(folder, 'a.md');
    writeAtomic(path, 'one');
    writeAtomic(path, 'zwei ü');
    expect(readFileSync(path, 'utf8')).toBe('zwei ü');
    expect(readdirSync(folder)).toEqual(['a.md']);
  });

  it('keeps the mode of the old file', () => {
    const path = join(folder, 'a.md');
    writeFileSync(path, 'one');
    chmodSync(path, 0o640);
    writeAtomic(path, 'two');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('throws and leaves the old state if it cannot write', () => {
    expect(() => writeAtomic(join(folder, 'none/a.md'), 'x')).toThrow();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken/inside'), '');
    expect(() => writeAtomic(join(folder, 'taken'), 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('leaves the old text or the new one, whole, when it is killed', async () => {
    const path = join(folder, 'a.md');
    const texts = ['a', 'b'].map((char) => char.repeat(300_000));
    writeFileSync(path, texts[0] as string);
    const script = join(folder, 'writer.mjs');
    const source = fileURLToPath(new URL('../../src/files/atomic.ts', import.meta.url));
    // Node 20 runs no TypeScript, so the same steps are transpiled for the child.
    const { transpileModule, ModuleKind, ScriptTarget } = (await import('typescript')).default;
    const compiled = transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
    }).outputText;
    writeFileSync(
      script,
      `${compiled}
      for (let i = 1; ; i++) writeAtomic(process.argv[2], (i % 2 ? 'b' : 'a').repeat(300000));`,
    );
    for (let round = 0; round < 8; round++) {
      const child = fork(script, [path], { stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, 120 + round * 7));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      expect(texts).toContain(readFileSync(path, 'utf8'));
    }
  });
});
