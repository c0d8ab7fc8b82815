import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { refit } from './refit.ts';

/**
 * A page of the docs as a script. A fenced block whose info string names a file (```yaml policies/release.yaml) writes
 * it; a `console` block types its `$ ` lines into one shell for the whole page and shows what comes out. A time behind
 * `console` is what the clock shows from there on; `TIME until DAY` types the block on each of these days, and shows what
 * came out on the last. A command goes on behind `\` at the end of a line. A line `…` stands for any lines.
 */
export type Block =
  | { kind: 'file'; path: string; text: string }
  | { kind: 'console'; times: readonly string[]; steps: readonly Step[] };

export interface Step {
  /** Number of the command's last line in the page, from 1. */
  line: number;
  command: string;
  output: readonly string[];
}

export interface Played {
  step: Step;
  actual: readonly string[];
}

const project = resolve(import.meta.dirname, '../..');
const fence = /^```(\S*) *(.*)$/;

export function readPage(text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, language, info = ''] = fence.exec(lines[at] ?? '') ?? [];
    if (language === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`the block at line ${at + 1} never ends`);
    const inside = lines.slice(at + 1, end);
    if (language === 'console') {
      blocks.push({ kind: 'console', times: readTimes(info), steps: readSteps(inside, at + 2) });
    } else if (info !== '') {
      blocks.push({ kind: 'file', path: info, text: `${inside.join('\n')}\n` });
    }
    at = end;
  }
  return blocks;
}

/** What the clock shows while a block is typed; none goes on with the time before. */
function readTimes(info: string): readonly string[] {
  if (info === '') return [];
  const [first = '', last = first] = info.split(' until ');
  const days = Math.floor((Date.parse(last) - Date.parse(first.slice(0, 10))) / 86_400_000);
  if (!(days >= 0)) throw new Error(`\`${info}\` names no time`);
  const time = (day: number) => new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 19);
  return Array.from({ length: days + 1 }, (_, day) => time(day).replace('T', ' '));
}

function readSteps(lines: readonly string[], first: number): readonly Step[] {
  const steps: { line: number; command: string; output: string[] }[] = [];
  for (const [index, text] of lines.entries()) {
    const step = steps.at(-1);
    if (text.startsWith('$ ')) steps.push({ line: first + index, command: text.slice(2), output: [] });
    else if (step?.command.endsWith('\\') && step.output.length === 0)
      Object.assign(step, { line: first + index, command: `${step.command}\n${text}` });
    else step?.output.push(text);
  }
  return steps;
}

const mark = '#-end-of-step-#';

let preloaded: string | undefined;

/** The library that `faketime` loads. It names its memory by the process id, so that now and then it meets an old one. */
function preloadOfFaketime(): string {
  for (let tries = 0; tries < 5 && !preloaded; tries++) {
    const args = ['-f', '2026-01-01 00:00:00', 'printenv', 'LD_PRELOAD'];
    preloaded = spawnSync('faketime', args, { encoding: 'utf8' }).stdout?.trim();
  }
  if (!preloaded) throw new Error('the docs are played under `faketime`, which is not installed');
  return preloaded;
}

/** Plays a page in a folder and gives what each of its commands really said. `faketime` has to be installed. */
export function playPage(text: string, folder: string): readonly Played[] {
  const preload = preloadOfFaketime();
  const beside = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    const steps: Step[] = [];
    const script = readPage(text).flatMap((block, index) => {
      if (block.kind === 'console') {
        steps.push(...block.steps);
        return consoleLines(block);
      }
      writeFileSync(join(beside, String(index)), block.text);
      return [`mkdir -p "$(dirname '${block.path}')" && cp '${join(beside, String(index))}' '${block.path}'`];
    });
    const run = spawnSync('sh', ['-s'], {
      cwd: folder,
      encoding: 'utf8',
      input: script.join('\n'),
      env: { ...sessionEnv(folder, preload), HOME: beside },
      timeout: 600_000,
    });
    const parts = run.stdout.split(new RegExp(`^${mark}\\n`, 'm'));
    if (parts.length !== steps.length + 1)
      throw new Error(`the page ended after ${parts.length - 1} of ${steps.length} commands\n${run.stderr}`);
    return steps.map((step, index) => ({ step, actual: trimmed((parts[index] ?? '').split('\n')) }));
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function consoleLines({ times, steps }: Block & { kind: 'console' }): readonly string[] {
  const before = times.slice(0, -1).flatMap((time) => [
    setClock(time),
    // Of these days nothing is shown.
    ...steps.flatMap(({ command }) => [`{ ${command}`, '} >/dev/null 2>&1']),
  ]);
  const shown = steps.flatMap(({ command }) => [`{ ${command}`, '} 2>&1', `printf '${mark}\\n'`]);
  return [...before, ...times.slice(-1).map(setClock), ...shown];
}

const setClock = (time: string) => `export FAKETIME='${time}'`;

/** A plain user's environment: nothing of the one who tests shines through. */
function sessionEnv(folder: string, preload: string): Record<string, string> {
  const identity = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Kim'],
      [`GIT_${who}_EMAIL`, 'kim@example.com'],
    ]),
  );
  return {
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
    GIT_CONFIG_NOSYSTEM: '1',
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    LD_PRELOAD: preload,
    // The clock on the wall stands still; timers go on.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME: '2026-02-24 09:00:00',
    ...identity,
  };
}

/**
 * What may differ from run to run, and nothing else: ids of commits, because a report that was committed holds digests
 * of results, and those hold the seconds that a command took.
 */
function masked(line: string): string {
  return line.replace(/\bcommit [0-9a-f]{7,12}\b/, 'commit …');
}

/** Whether lines fit what a page shows: equal, with any lines where `…` stands. */
export function fits(shown: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = trimmed(shown);
  if (first === undefined) return actual.length === 0;
  if (first !== '…')
    return actual[0] !== undefined && masked(first) === masked(actual[0]) && fits(rest, actual.slice(1));
  return actual.some((_, skipped) => fits(rest, actual.slice(skipped))) || fits(rest, []);
}

function trimmed(lines: readonly string[]): readonly string[] {
  const plain = lines.map((line) => line.trimEnd());
  while (plain.at(-1) === '') plain.pop();
  return plain;
}

/** The page with what really came out, but where it fits already. */
export function withOutputs(text: string, played: readonly Played[]): string {
  const lines = text.split('\n');
  for (const { step, actual } of [...played].reverse()) {
    if (!fits(step.output, actual))
      lines.splice(step.line, step.output.length, ...refit(trimmed(step.output), actual));
  }
  return lines.join('\n');
}

/** Packs the project as it would be published and gives the tarball's path. */
export function packProject(into: string): string {
  const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', into];
  const packed = spawnSync('npm', words, { cwd: project, encoding: 'utf8' });
  if (packed.status !== 0) throw new Error(packed.stderr);
  return join(into, packed.stdout.trim());
}

/** Unpacks the packed project, as an installation does. */
export function installPackage(into: string): void {
  const unpacked = spawnSync('tar', ['-xzf', packProject(into), '-C', into], { encoding: 'utf8' });
  if (unpacked.status !== 0) throw new Error(unpacked.stderr);
}

const example = /^<!-- played in examples\/([a-z-]+) -->$/m;

/**
 * A folder like a new user's: a git repository with the package in `node_modules`, and the workspace of an example
 * where the page says that it is played there.
 */
export function newWorkspace(text: string, installed: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const [, name] = example.exec(text) ?? [];
  if (name !== undefined) {
    const filter = (path: string) => !/[/\\](node_modules|reports)([/\\]|$)/.test(path);
    cpSync(join(project, 'examples', name), folder, { recursive: true, filter });
    mkdirSync(join(folder, 'policies'));
    cpSync(join(project, `policies/${name}.yaml`), join(folder, `policies/${name}.yaml`));
  }
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(installed, 'package'), join(folder, 'node_modules/soakgate'));
  symlinkSync('../soakgate/bin/soakgate.cjs', join(folder, 'node_modules/.bin/soakgate'));
  if (name === undefined) writeFileSync(join(folder, '.gitignore'), 'node_modules/\n');
  spawnSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
  return folder;
}

export function readDoc(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}
