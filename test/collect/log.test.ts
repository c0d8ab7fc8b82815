import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { collectEvidence } from '../../src/collect/index.ts';
import { partBytes } from '../../src/parse/markdown/logSource.ts';
import { logSpec, optionsOf, policyOf } from './policy.ts';

const head = '# Smoke\n\n## Entries\n\n| Timestamp (UTC) | Checks | Details |\n| --- | --- | --- |\n';
const time = (row: number): string =>
  new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString().slice(0, 19);

/** A log whose rows have details of these lengths; every third row is a failure. */
function logOf(lengths: readonly number[], end: string): string {
  const rows = lengths.map(
    (length, row) => `| ${time(row)}Z | ${row % 3 === 2 ? 'fail' : 'pass'} | ${'é'.repeat(length)} |`,
  );
  return head + rows.join(end) + end;
}

async function collectLog(text: string) {
  const collected = await collectEvidence(policyOf({ smoke: logSpec('f.md') }), optionsOf({ 'f.md': text }));
  const item = collected.ok ? collected.value.evidence[0] : undefined;
  if (item?.status !== 'observed' || item.content.type !== 'log') throw new Error('no log');
  return { ...item.content, findings: item.findings };
}

describe('log evidence', () => {
  const lines = (count: number, length: (row: number) => number) =>
    Array.from({ length: count }, (_, row) => length(row));
  it.each([
    ['small rows', lines(4000, (row) => row % 23), '\n'],
    ['rows of all lengths', lines(300, (row) => (row * 7919) % 900), '\n'],
    ['rows longer than what is read at once', [3, partBytes, 5, 40_000, 7], '\n'],
    ['rows that end as on Windows', lines(3000, (row) => row % 19), '\r\n'],
  ])('reads %s whole, wherever they are cut', async (_, lengths, end) => {
    for (const mark of ['', '\uFEFF']) {
      const text = mark + logOf(lengths, end);
      const { table, files, findings } = await collectLog(text);
      expect(findings).toEqual([]);
      expect(table.rows).toBe(lengths.length);
      const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
      expect(files).toEqual([{ path: 'f.md', rows: lengths.length, digest }]);
      for (let row = 0; row < table.rows; row++) {
        expect(table.time(row)).toBe(Date.UTC(2026, 0, 1) + row * 60_000);
        expect(table.patterns[table.pattern(row)]?.cells['Checks']).toBe(row % 3 === 2 ? 'fail' : 'pass');
        expect(table.at(row).line).toBe(row + 7);
      }
    }
  });
});
