import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The launcher of the built program; `npm test` builds it first. */
export const launcher = resolve('bin/soakgate.cjs');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  node?: readonly string[];
  /** Called with the process id once the program has started. */
  started?(pid: number): void;
}

/**
 * Variables that make an outcome depend on the machine are left out; what a test needs it gives. Nothing is kept between
 * runs: vitest.config.ts names a folder for it that cannot be.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, XDG_CACHE_HOME } = process.env;
  return {
    PATH,
    HOME,
    XDG_CACHE_HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    TZ: 'Asia/Kathmandu',
    ...extra,
  };
}

/** Runs the built program and waits for its end. */
export function soakgate(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  // Node 20 takes `--env-file` for its own among all words unless `--` stands before the program.
  return ended([process.execPath, ...(options.node ?? []), '--', launcher, ...words], options);
}

/** Runs a line of the shell with `$SOAKGATE` set to the command. */
export function shell(line: string, options: RunOptions = {}): Promise<Ended> {
  const env = { ...options.env, SOAKGATE: `${process.execPath} -- ${wordOf(launcher)}` };
  return ended(['/bin/bash', '-c', line], { ...options, env });
}

/** A path that the shell takes for one word: that of a clone may hold blanks, so a link stands for it then. */
function wordOf(path: string): string {
  if (/^[\w./-]+$/.test(path)) return path;
  if (linkFolder === undefined) {
    linkFolder = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-')));
    const made = linkFolder;
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    symlinkSync(path, join(made, 'soakgate.cjs'));
  }
  return join(linkFolder, 'soakgate.cjs');
}

let linkFolder: string | undefined;

function ended([file = '', ...args]: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((done, fail) => {
    const env = cleanEnvironment(options.env);
    const child = spawn(file, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (text.stdout += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (text.stderr += piece));
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, ...text }));
    if (child.pid !== undefined) options.started?.(child.pid);
  });
}

/** A folder of its own with these files; the caller removes it. */
export function makeFolder(files: Readonly<Record<string, string>>): { path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
