import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanMarkdown } from '../../src/parse/markdown/scanMarkdown.ts';
import { readWithRemark } from '../../src/parse/markdown/remark.ts';
import type { LogSpec } from '../../src/model/policy.ts';
import { logFromText } from '../../src/parse/markdown/logSource.ts';
import { readDocumentFile } from '../../src/parse/markdown/readDocument.ts';
import { readLogFiles } from '../../src/parse/markdown/readLogFiles.ts';
import { readMarkdownTables } from '../../src/parse/markdown/readMarkdownTables.ts';
import type { MarkdownReading, Refused } from '../../src/parse/markdown/reading.ts';

const corpus = '../shared/corpus';
const names = readdirSync(join(corpus, 'expected')).sort();

interface Expected {
  file: string;
  bytes: number;
  bom: boolean;
  eol: string;
  frontMatterLines: number;
  headings: unknown[];
  tables: { line: number; header: string[]; rows: string[][] }[];
  tasks: unknown[];
}

function load(name: string): { text: string; expected: Expected } {
  const expected = JSON.parse(readFileSync(join(corpus, 'expected', name), 'utf8')) as Expected;
  return { text: readFileSync(join(corpus, expected.file)).toString('utf8'), expected };
}

/** The strict reading: rows padded and cut to the header, nothing detached. */
function strict(reading: MarkdownReading, expected: Expected) {
  const tables = reading.tables.map(({ line, header, rows }) => ({
    line,
    header,
    rows: rows.map(({ cells }) => header.map((_, index) => cells[index] ?? '')),
  }));
  const { file, bytes } = expected;
  const { bom, eol, frontMatterLines, tasks } = reading;
  const headings = reading.headings.map(({ line, level, text }) => ({ line, level, text }));
  return { file, bytes, bom, eol, frontMatterLines, headings, tables, tasks };
}

function read(reading: MarkdownReading | Refused): MarkdownReading {
  if ('refused' in reading) throw new Error(reading.refused);
  return reading;
}

describe('the strict reading of the corpus', () => {
  it('has all 38 files', () => {
    expect(names).toHaveLength(38);
  });

  it.each(names)('%s by remark', (name) => {
    const { text, expected } = load(name);
    expect(strict(read(readWithRemark(text)), expected)).toEqual(expected);
  });

  it.each(names)('%s by the scanner, where it accepts', (name) => {
    const { text, expected } = load(name);
    const reading = scanMarkdown(text, { blocks: true });
    if ('refused' in reading) return;
    expect(strict(reading, expected)).toEqual(expected);
    expect(reading).toEqual(readWithRemark(text));
  });

  it('the scanner accepts plain logs', () => {
    const accepted = names.filter((name) => !('refused' in scanMarkdown(load(name).text)));
    expect(accepted.map((name) => basename(name, '.json'))).toEqual([
      's01-bom-crlf-log',
      's02-rows-after-blank-line',
      's04-escaped-and-code-pipes',
      's05-ragged-rows',
      's06-streaks-and-zones',
      's07-mixed-eol-no-final-newline',
      's12-one-log-in-two-tables',
    ]);
  });
});

describe('readMarkdownTables on the corpus', () => {
  it.each(names)(
    '%s: rows that are not detached are the strict reading, under the nearest heading',
    (name) => {
      const { text, expected } = load(name);
      const { tables } = readMarkdownTables(text);
      const attached = tables.map(({ line, header, rows }) => {
        return { line, header, rows: rows.filter(({ detached }) => !detached).map(({ cells }) => cells) };
      });
      expect(attached).toEqual(expected.tables);
      const headings = expected.headings as { line: number; text: string }[];
      for (const { heading, line } of tables) {
        expect(heading).toBe(headings.filter((one) => one.line < line).at(-1)?.text);
      }
    },
  );

  it('only s02 has detached rows', () => {
    const detached = names.filter((name) => readMarkdownTables(load(name).text).tables.some(hasDetached));
    expect(detached).toEqual(['s02-rows-after-blank-line.json']);
  });

  it('s02: five records, four of them pass, and a stop at the next heading', () => {
    const { tables, findings } = readMarkdownTables(load('s02-rows-after-blank-line.json').text);
    expect(tables).toHaveLength(1);
    const rows = tables[0]?.rows ?? [];
    expect(rows.map(({ line, detached }) => [line, detached])).toEqual(
      [8, 9, 11, 12, 15].map((line) => [line, true]),
    );
    expect(rows.map(({ cells }) => cells[2])).toEqual(['pass', 'pass', 'pass', 'fail', 'pass']);
    expect(findings.map(({ code, line }) => `${code}:${line}`)).toEqual([
      'log.detached-rows:8',
      'log.detached-rows:11',
      'log.detached-rows:15',
      'log.unknown-line:19',
    ]);
  });
});

function hasDetached({ rows }: { rows: readonly { detached: boolean }[] }): boolean {
  return rows.some(({ detached }) => detached);
}

const log = (table: string, column: string, kind: 'instant' | 'date', columns: string[]): LogSpec => ({
  kind: 'log',
  path: 'x.md',
  table,
  time: { column, kind },
  columns: Object.fromEntries(columns.map((name) => [name, { type: 'string' }])),
  views: {},
  order: 'oldest-first',
  dated: 'optional',
  tolerance: 0,
});

async function readCorpusLog(name: string, spec: LogSpec) {
  const source = logFromText(name, load(`${name}.json`).text);
  const options = { keep: new Set(Object.keys(spec.columns)), localToInstant: () => undefined };
  return readLogFiles([source], spec, options);
}

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('logs of the corpus', () => {
  it('s01: four records behind BOM and CRLF', async () => {
    const reading = await readCorpusLog(
      's01-bom-crlf-log',
      log('Entries', 'Timestamp (UTC)', 'instant', ['Checks']),
    );
    expect(summary(reading)).toEqual([
      '12 2026-03-01T06:00:00.000Z pass',
      '13 2026-03-02T06:00:02.120Z pass',
      '14 2026-03-03T06:00:00.000Z fail',
      '15 2026-03-04T06:00:00.000Z pass',
    ]);
  });

  it('s02: five records', async () => {
    const reading = await readCorpusLog(
      's02-rows-after-blank-line',
      log('Entries', 'Date', 'date', ['Result']),
    );
    if (reading.status !== 'read') throw new Error(reading.status);
    const { table } = reading;
    const rows = [0, 1, 2, 3, 4].map((row) => [
      table.time(row),
      table.patterns[table.pattern(row)]?.cells['Result'],
      table.flaw(row),
    ]);
    expect(table.rows).toBe(5);
    expect(rows).toEqual([
      [day('2026-04-01'), 'pass', undefined],
      [day('2026-04-01'), 'pass', undefined],
      [day('2026-04-02'), 'pass', undefined],
      [day('2026-04-02'), 'fail', undefined],
      [day('2026-04-03'), 'pass', undefined],
    ]);
  });

  it('s03: a table without outer pipes', async () => {
    const reading = await readCorpusLog(
      's03-no-outer-pipes',
      log('Weekly gate', 'Week', 'date', ['Verdict']),
    );
    expect(summary(reading)).toEqual([
      '5 NaN GO log.time-unreadable',
      '6 NaN NO-GO log.time-unreadable',
      '7 NaN GO log.time-unreadable',
    ]);
  });

  it('s05: rows of unequal length are flaws', async () => {
    const reading = await readCorpusLog('s05-ragged-rows', log('Ragged', 'Date', 'date', ['Result']));
    expect(summary(reading).map((row) => row.split(' ').slice(2).join(' '))).toEqual([
      'pass',
      'pass log.malformed-row',
      'fail log.malformed-row',
      ' log.malformed-row',
      'pass log.time-unreadable',
    ]);
  });

  it('s06: offsets, duplicates and dates that cannot be read', async () => {
    const reading = await readCorpusLog(
      's06-streaks-and-zones',
      log('Days across zones', 'Timestamp', 'instant', ['Checks']),
    );
    expect(summary(reading)).toEqual([
      '21 2026-03-28T22:30:00.000Z pass',
      '22 2026-03-28T23:30:00.000Z pass',
      '23 2026-03-29T01:30:00.000Z pass',
      '24 2026-03-30T07:59:59.000Z pass',
      '25 2026-03-31T00:00:00.000Z pass',
      '26 2026-03-30T12:00:00.000Z fail',
      '27 2026-03-31T00:00:00.000Z pass duplicate',
      '28 NaN pass log.time-unreadable',
      '29 NaN pass log.time-unreadable',
      '30 NaN pass log.time-unreadable',
      '31 NaN pass log.time-unreadable',
    ]);
  });

  it('s12: the table under the named heading alone', async () => {
    const spec = (table: string) => log(table, 'Date', 'date', ['Mode', 'Result']);
    expect(summary(await readCorpusLog('s12-one-log-in-two-tables', spec('February')))).toHaveLength(2);
    expect(summary(await readCorpusLog('s12-one-log-in-two-tables', spec('March')))).toHaveLength(2);
    expect(await readCorpusLog('s12-one-log-in-two-tables', spec('Contacts'))).toMatchObject({
      code: 'log.missing-column',
    });
    expect(await readCorpusLog('s12-one-log-in-two-tables', spec('April'))).toMatchObject({
      code: 'log.no-table',
    });
  });
});

/** Line, time, last kept cell and what is wrong, of each row. */
function summary(reading: Awaited<ReturnType<typeof readLogFiles>>): string[] {
  if (reading.status !== 'read') throw new Error(JSON.stringify(reading));
  const { table } = reading;
  return Array.from({ length: table.rows }, (_, row) => {
    const time = Number.isNaN(table.time(row)) ? 'NaN' : new Date(table.time(row)).toISOString();
    const cell = String(Object.values(table.patterns[table.pattern(row)]?.cells ?? {}).at(-1) ?? '');
    const wrong = table.flaw(row) ?? (table.duplicate(row) ? 'duplicate' : undefined);
    return [table.at(row).line, time, cell, ...(wrong ? [wrong] : [])].join(' ');
  });
}

describe('documents of the corpus', () => {
  it('s08: front matter first, then the lines that disagree with it', async () => {
    const reading = await readDocumentFile('s08.md', load('s08-front-matter.json').text);
    if (reading.status !== 'read') throw new Error(reading.status);
    expect(reading.content.fields).toEqual({
      title: { text: 'Release gate', line: 2 },
      owner: { text: 'sre', line: 3 },
      last_reviewed_on: { text: '2026-01-15', line: 4 },
      review_in: { text: '6 months', line: 5 },
      Owner: { text: 'SRE', line: 13 },
      Status: { text: 'In progress', line: 14 },
      Ticket: { text: 'OPS-12', line: 17 },
    });
    expect(reading.findings.map(({ code, line }) => `${code}:${line}`)).toEqual([
      'document.conflicting-field:13',
      'document.conflicting-field:16',
    ]);
  });

  it.each(names)('%s: tasks as expected, a section for each heading', async (name) => {
    const { text, expected } = load(name);
    const reading = await readDocumentFile(name, text);
    if (reading.status !== 'read') throw new Error(reading.status);
    const tasks = expected.tasks as { line: number; checked: boolean }[];
    expect(reading.content.tasks.open).toEqual(
      tasks.filter(({ checked }) => !checked).map(({ line }) => line),
    );
    expect(reading.content.tasks.done).toEqual(
      tasks.filter(({ checked }) => checked).map(({ line }) => line),
    );
    const headings = new Set((expected.headings as { text: string }[]).map((heading) => heading.text));
    expect(new Set(Object.keys(reading.content.sections))).toEqual(headings);
  });
});
