import { spawn, spawnSync } from 'node:child_process';
import {
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendRow } from '../../src/record/append.ts';
import { type Holder, readHolder, takeLock } from '../../src/record/lock.ts';
import { livenessOf, ownIdentity } from '../../src/record/process.ts';
import { lockPathOf } from '../../src/record/sweep.ts';
import { header } from '../support/smokeLog.ts';
import { path, requestFor } from './world.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-lock-')));
  lock = join(folder, '.a.md.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const token = '0123456789abcdef01234567';
const holder = (changes: Partial<Holder>): Holder => ({ token, ...ownIdentity(), ...changes });
const put = (changes: Partial<Holder>) => writeFileSync(lock, JSON.stringify(holder(changes)));
const deadPid = () => spawnSync('true').pid;

describe('a lock', () => {
  it('is there while it is held, names its holder, and is gone afterwards', async () => {
    const taken = await takeLock(lock, 0);
    expect(readHolder(lock)).toMatchObject({ pid: process.pid, started: ownIdentity().started });
    expect(readdirSync(folder)).toEqual(['.a.md.lock']);
    expect((await takeLock(lock, 30)).how).toBe('held');
    if (taken.how === 'taken') taken.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is handed on: whoever waits gets it', async () => {
    const first = await takeLock(lock, 0);
    const second = takeLock(lock, 5000);
    setTimeout(() => first.how === 'taken' && first.release(), 50);
    expect((await second).how).toBe('taken');
  });

  it.each([
    ['its process is gone', () => put({ pid: deadPid() })],
    ['its number went to another process', () => put({ started: '1' })],
    ['the machine was started since', () => put({ boot: 'another', space: 'another' })],
  ])('is taken over if %s', async (_name, make) => {
    make();
    const taken = await takeLock(lock, 0);
    expect(taken.how).toBe('taken');
    expect(readHolder(lock)).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['.a.md.lock']);
  });

  it.each([
    ['its process runs', () => put({})],
    ['it is of another machine', () => put({ host: 'elsewhere', pid: 1, started: '1' })],
    ['it is of another container', () => put({ space: 'pid:[1]', pid: deadPid() })],
    ['nobody can read it', () => writeFileSync(lock, 'what?')],
    ['it names no lock of ours', () => put({ token: '../../x', pid: deadPid() })],
  ])('stays if %s', async (_name, make) => {
    make();
    const before = readFileSync(lock, 'utf8');
    expect((await takeLock(lock, 60)).how).toBe('held');
    expect(readFileSync(lock, 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['.a.md.lock']);
  });

  it('is taken over though whoever wanted to take it over before died doing so', async () => {
    put({ pid: deadPid() });
    writeFileSync(`${lock}.${token}`, JSON.stringify(holder({ token: 'f'.repeat(24), pid: deadPid() })));
    expect((await takeLock(lock, 0)).how).toBe('taken');
    expect(readdirSync(folder)).toEqual(['.a.md.lock']);
  });

  it('of a dead process goes to one of many', async () => {
    put({ pid: deadPid() });
    const all = await Promise.all(Array.from({ length: 8 }, () => takeLock(lock, 20)));
    expect(all.filter(({ how }) => how === 'taken')).toHaveLength(1);
  });

  it('of a process that ended and was not waited for is that of a dead one', async () => {
    const child = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 5'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)));
    const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
    expect(livenessOf(holder({ pid, started }))).toBe('alive');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    expect(livenessOf(holder({ pid, started }))).toBe('dead');
    child.kill('SIGKILL');
  });
});

describe('what dead writers leave beside a log', () => {
  it('is swept by the next one; what others are at work with stays', async () => {
    const log = join(folder, path);
    writeFileSync(log, `## Entries\n\n${header}`);
    const left = [`.${path}.0123456789ab.tmp`, `.${path}.lock.${token}.tmp`, `.${path}.lock.${token}`];
    for (const name of left) writeFileSync(join(folder, name), JSON.stringify(holder({ pid: deadPid() })));
    const others = ['.other.md.0123456789ab.tmp', `.${path}.txt`, `.${path}.lock.${'a'.repeat(24)}.tmp`];
    for (const name of others) writeFileSync(join(folder, name), JSON.stringify(holder({})));
    writeFileSync(lockPathOf(log), JSON.stringify(holder({ pid: deadPid() })));
    expect((await appendRow(requestFor(folder))).ok).toBe(true);
    expect(readdirSync(folder)).toEqual([...others, path].sort());
  });

  it('a log that somebody holds is not written, and the way out is named', async () => {
    const log = join(folder, path);
    writeFileSync(log, `## Entries\n\n${header}`);
    writeFileSync(lockPathOf(log), JSON.stringify(holder({})));
    const result = await appendRow(requestFor(folder, { wait: 50 }));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'record/locked' }] });
    const text = JSON.stringify(result);
    expect(text).toContain(`process ${process.pid} on`);
    expect(text).toContain('remove `.smoke.md.lock`');
    expect(readFileSync(log, 'utf8')).toBe(`## Entries\n\n${header}`);
  });
});
