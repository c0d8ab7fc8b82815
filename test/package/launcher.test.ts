import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('bin/soakgate.cjs', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'soakgate-launcher-'));
    cpSync('bin', join(dir, 'bin'), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const program = (text: string) => {
    mkdirSync(join(dir, 'dist/cli'), { recursive: true });
    writeFileSync(join(dir, 'dist/cli/main.cjs'), text);
  };
  const launch = (pretended?: string) => {
    const preload = join(dir, 'preload.cjs');
    const text = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${pretended}' } });`;
    writeFileSync(preload, pretended === undefined ? '' : text);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['-r', preload, join(dir, 'bin/soakgate.cjs'), 'check'],
      { encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  };

  it.each(['0.10.48', '8.17.0', '18.20.8', '20.18.3'])('refuses Node %s in one clear line', (version) => {
    program('process.exitCode = 0;');
    const line = `soakgate: needs Node.js 20.19 or newer, this is ${version}\n`;
    expect(launch(version)).toEqual({ status: 2, stdout: '', stderr: line });
  });

  it.each(['20.19.0', '22.1.0', '26.0.0'])('starts the program under Node %s', (version) => {
    program('process.stdout.write(process.argv[2]); process.exitCode = 0;');
    expect(launch(version)).toEqual({ status: 0, stdout: 'check', stderr: '' });
  });

  it('says that the program has not been built, and exits 4', () => {
    const { status, stdout, stderr } = launch();
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr).toMatch(/^soakgate: the program has not been built; run `npm run build`[^\n]*\n$/);
  });

  it.each([
    ['throws', "throw new Error('s3cret');"],
    ['cannot be parsed', 'this is no program'],
    ['misses a chunk', "require('./chunk.cjs');"],
    ['never sets a code', ''],
    ['waits for ever', 'new Promise(() => {});'],
  ])('exits 4 if the program %s', (_what, text) => {
    program(text);
    const { status, stdout, stderr } = launch();
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr).not.toContain('s3cret');
  });
});
