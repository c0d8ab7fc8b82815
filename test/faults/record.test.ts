import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendRow } from '../../src/record/append.ts';
import { histogramText, killWriters, stages } from './record/kills.ts';
import { rowRequest, tellLog } from './record/rows.ts';
import { killProgram, lockTrials, manyWriters } from './record/trials.ts';
import { buildWorker } from './record/workers.ts';

let base: string;
let worker: string;
beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'soakgate-records-')));
  worker = await buildWorker(join(base, 'worker'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const folderOf = (name: string) => mkdtempSync(join(base, name));
const minutes = 60_000;

describe('writers that are killed (R17)', () => {
  test('SIGKILL at any stage loses, doubles and tears nothing', { timeout: 9 * minutes }, async () => {
    const kills = await killWriters(worker, folderOf('kills-'), { kills: 940, seed: 20260224 });
    process.stdout.write(`${histogramText(kills)}\n${kills.acknowledged} rows acknowledged\n`);
    const { lost, doubled, torn, refused } = kills;
    expect({ lost, doubled, torn, refused }).toEqual({ lost: [], doubled: [], torn: [], refused: [] });
    expect(kills.locked * 2).toBeGreaterThanOrEqual(kills.kills);
    for (const stage of stages) expect(kills.histogram[stage], stage).toBeGreaterThanOrEqual(20);
  });

  test('so does a kill of the whole program', { timeout: 5 * minutes }, async () => {
    const { kills, rows, ...bad } = await killProgram(folderOf('program-'), { kills: 60, seed: 7 });
    expect(bad).toEqual({ lost: [], doubled: [], torn: [] });
    expect(kills).toBe(60);
    expect(rows).toBeGreaterThan(5);
  });
});

test('16 writers at once lose and double nothing (R18)', { timeout: 6 * minutes }, async () => {
  const { rows, keys, ...bad } = await manyWriters(worker, folderOf('many-'), { writers: 16, rows: 2000 });
  expect(bad).toEqual({ doubled: [], torn: [], refused: [] });
  expect([rows, keys]).toEqual([2000, 2000]);
});

test('locks of the dead are taken over, those of the living never (R19)', {
  timeout: 4 * minutes,
}, async () => {
  const told = await lockTrials(worker, folderOf('locks-'), 200);
  expect(told).toEqual({ killed: 67, stopped: 67, reused: 66, stuck: 0, stolen: 0, wrong: [] });
});

/** Whatever is in the way: the row is refused with the reason, and the old file is as it was (R21). */
describe('where nothing can be written', () => {
  const isRoot = process.getuid?.() === 0;
  const line = (number: number) => ({ path: 'log.md', key: `k${number}`, number });

  test.skipIf(!isRoot)('a full disk', async () => {
    const place = folderOf('disk-');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place]);
    try {
      let refused = 0;
      for (let number = 0; number < 600 && refused < 5; number++) {
        const before = existsSync(join(place, 'log.md')) ? readFileSync(join(place, 'log.md')) : undefined;
        const result = await appendRow(rowRequest(place, line(number)));
        if (result.ok) continue;
        refused++;
        expect(result.problems).toMatchObject([{ code: 'record/not-written' }]);
        expect(JSON.stringify(result.problems)).toContain('the disk is full (ENOSPC)');
        expect(readFileSync(join(place, 'log.md')).equals(before ?? Buffer.alloc(0))).toBe(true);
        expect(readdirSync(place)).toEqual(['log.md']);
      }
      expect(refused).toBe(5);
      expect((await tellLog(place, 'log.md')).flaws).toEqual([]);
    } finally {
      execFileSync('umount', [place]);
    }
  });

  test.skipIf(!isRoot)('a read-only file system', async () => {
    const place = folderOf('ro-');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    try {
      expect((await appendRow(rowRequest(place, line(0)))).ok).toBe(true);
      const before = readFileSync(join(place, 'log.md'));
      execFileSync('mount', ['-o', 'remount,ro', place]);
      const result = await appendRow(rowRequest(place, line(1)));
      expect(JSON.stringify(result)).toContain('the file system is read-only (EROFS)');
      expect(readFileSync(join(place, 'log.md')).equals(before)).toBe(true);
    } finally {
      execFileSync('umount', [place]);
    }
  });

  test.skipIf(isRoot)('a folder that this user must not write', async () => {
    const place = folderOf('closed-');
    chmodSync(place, 0o555);
    expect(JSON.stringify(await appendRow(rowRequest(place, line(0))))).toContain('(EACCES)');
    chmodSync(place, 0o755);
  });

  test('a folder that is gone, or becomes a file, in the midst of many rows', async () => {
    const root = folderOf('gone-');
    const path = 'audits/log.md';
    let there = true;
    const away = setInterval(() => {
      if (there) renameSync(join(root, 'audits'), join(root, 'away'));
      there = false;
    }, 60);
    mkdirSync(join(root, 'audits'));
    let written = 0;
    const codes = new Set<string>();
    for (let number = 0; there || number < 3; number++) {
      const result = await appendRow({ ...rowRequest(root, { ...line(number), path }) });
      if (result.ok) written++;
      else result.problems.forEach(({ code }) => codes.add(code));
      if (!there) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    clearInterval(away);
    expect([...codes].filter((code) => code !== 'record/not-written')).toEqual([]);
    const { keys, flaws } = await tellLog(join(root, 'away'), 'log.md');
    const again = existsSync(join(root, path)) ? (await tellLog(root, path)).keys.size : 0;
    expect(flaws).toEqual([]);
    expect(keys.size + again).toBeGreaterThanOrEqual(written);
    rmSync(join(root, 'audits'), { recursive: true, force: true });
    writeFileSync(join(root, 'audits'), 'a file');
    const result = await appendRow(rowRequest(root, { ...line(1), path }));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'record/not-written' }] });
    expect(readFileSync(join(root, 'audits'), 'utf8')).toBe('a file');
  });
});
