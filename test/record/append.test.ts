import fc from 'fast-check';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendRow, createLog } from '../../src/record/append.ts';
import { planRow } from '../../src/record/planRow.ts';
import { readWhole, rowTexts } from '../../src/record/readWhole.ts';
import type { RowRequest } from '../../src/record/request.ts';
import { header, smoke } from '../support/smokeLog.ts';
import { appendTo, instant, makeLog, path, requestFor, rowOf } from './world.ts';

const added = '| 2026-02-24T09:00:00Z | shadow | pass | new |';

describe('a row is added where readers look for it, and nothing else changes', () => {
  const log = `# Smoke\n\nOwner: kim\n\n## Entries\n\n${header}`;
  const one = rowOf('20');
  it.each([
    ['empty table', log, `${log}${added}\n`],
    ['one row', `${log}${one}\n`, `${log}${one}\n${added}\n`],
    ['no final line end', `${log}${one}`, `${log}${one}\n${added}`],
    ['empty table without final line end', log.trimEnd(), `${log}${added}`],
    [
      'text below',
      `${log}${one}\n\n## Notes\n\nText | here.\n`,
      `${log}${one}\n${added}\n\n## Notes\n\nText | here.\n`,
    ],
    ['CRLF', `${log}${one}\n`.replaceAll('\n', '\r\n'), `${log}${one}\n${added}\n`.replaceAll('\n', '\r\n')],
    ['byte order mark', `\ufeff${log}${one}\n`, `\ufeff${log}${one}\n${added}\n`],
    ['a blank line above the rows', `${log}\n${one}\n`, `${log}\n${one}\n${added}\n`],
    [
      'a blank line between rows',
      `${log}${one}\n\n${rowOf('21')}\n`,
      `${log}${one}\n\n${rowOf('21')}\n${added}\n`,
    ],
    ['a list, so that remark reads it', `- a\n\n${log}${one}\n`, `- a\n\n${log}${one}\n${added}\n`],
    [
      'columns in another order, and one more',
      '## Entries\n\n| Checks | By | Timestamp (UTC) | Details | AUTH_MODE |\n|-|-|-|-|-|\n',
      '## Entries\n\n| Checks | By | Timestamp (UTC) | Details | AUTH_MODE |\n|-|-|-|-|-|\n| pass |  | 2026-02-24T09:00:00Z | new | shadow |\n',
    ],
    [
      'a second table of the log',
      `${log}${one}\n\nand\n\n${header}${rowOf('21')}\n`,
      `${log}${one}\n\nand\n\n${header}${rowOf('21')}\n${added}\n`,
    ],
    [
      'a table of something else below',
      `${log}${one}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n`,
      `${log}${one}\n${added}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n`,
    ],
  ])('%s', async (_name, before, after) => {
    const { result, text } = await appendTo(before);
    expect(text).toBe(after);
    const line = after.split(/\r?\n/).indexOf(added) + 1;
    expect(result).toMatchObject({ ok: true, value: { how: 'appended', ...(line > 0 ? { line } : {}) } });
  });

  it('a newest-first log gets it on top', async () => {
    const spec = { ...smoke, order: 'newest-first' } as const;
    const { text } = await appendTo(`${log}${one}\n`, { spec });
    expect(text).toBe(`${log}${added}\n${one}\n`);
  });

  it('says what is odd: rows behind a blank line', async () => {
    const { result } = await appendTo(`${log}\n${one}\n`);
    const reading = result.ok && result.value.how === 'appended' ? result.value.plan.reading : undefined;
    expect(reading?.findings).toMatchObject([{ code: 'log.detached-rows', line: 10 }]);
  });

  it('cells are escaped: what was put in is read back', async () => {
    const Details = 'a | b `c` *d* <e> \\ & [f](g) _h_\nline';
    const { result, text } = await appendTo(log, { cells: { ...requestFor('').cells, Details } });
    expect(result.ok).toBe(true);
    const reading = await readWhole(path, text, smoke);
    const cells = reading.status === 'read' ? reading.table.patterns[0]?.cells : {};
    expect(cells?.['Details']).toBe(Details.replace('\n', ' '));
  });
});

describe('a torn tail', () => {
  const log = `## Entries\n\n${header}${rowOf('20')}\n`;
  it.each([
    ['| 2026-02-21T09:00'],
    ['| 2026-02-21T09:00:00Z | shadow | pa'],
    ['| 2026-02-21T09:00:00Z | shadow | pass | all go'],
    ['|'],
  ])('`%s` is taken out, and said', async (tail) => {
    const { result, text } = await appendTo(log + tail);
    expect(text).toBe(`${log}${added}\n`);
    expect(result).toMatchObject({ value: { plan: { torn: { line: 6, text: tail } } } });
  });

  it('is taken out also where a character was cut in two', async () => {
    const { text } = await appendTo(
      Buffer.concat([Buffer.from(`${log}| 2026-02-21T09:00:00Z | `), Buffer.from([0xc3])]),
    );
    expect(text).toBe(`${log}${added}\n`);
  });

  it('a whole row without line end is none', async () => {
    const { text } = await appendTo(log + rowOf('21'));
    expect(text).toBe(`${log}${rowOf('21')}\n${added}`);
  });
});

describe('Last Updated', () => {
  const rest = `\n\n## Entries\n\n${header}`;
  it.each([
    ['Last Updated: 2026-02-20T09:00:00Z', 'Last Updated: 2026-02-24T09:00:00Z'],
    ['Last Updated: 2026-02-20  ', 'Last Updated: 2026-02-24  '],
    ['**Last Updated:** yesterday', '**Last Updated:** 2026-02-24T09:00:00Z'],
    ['- **Last updated**: 2026-02-20', '- **Last updated**: 2026-02-24'],
    ['Last Updated (UTC): 2026-02-20T00:00:00Z', 'Last Updated (UTC): 2026-02-24T09:00:00Z'],
    ['Last Updated: 2026-02-25T00:00:00Z', 'Last Updated: 2026-02-25T00:00:00Z'],
    ['Last Updated: 2026-02-20\nLast Updated: 2026-02-21', 'Last Updated: 2026-02-24'],
    ['Owner: kim', 'Owner: kim'],
  ])('%s', async (line, wanted) => {
    const { text } = await appendTo(`# Smoke\n\n${line}${rest}`);
    expect(text).toBe(`# Smoke\n\n${wanted}${rest}${added}\n`);
  });

  it('below the table it is nobody’s header', async () => {
    const below = `## Entries\n\n${header}\nLast Updated: 2026-02-20\n`;
    expect((await appendTo(below)).text).toContain('Last Updated: 2026-02-20\n');
  });
});

describe('a file that is not there', () => {
  it('is made with title, header lines, heading and table', async () => {
    const { result, text } = await appendTo(undefined);
    expect(result).toMatchObject({ ok: true, value: { how: 'created', line: 10 } });
    expect(text).toBe(
      `# Rollout: smoke\n\nPolicy: rollout  \nLast Updated: 2026-02-24T09:00:00Z  \n\n## Entries\n\n${header}${added}\n`,
    );
  });

  it('its folders are made too; and without a row with createLog', async () => {
    const log = makeLog();
    const request = { ...requestFor(log.root), path: 'docs/a/b.md' };
    expect(await createLog(request, true)).toEqual({ ok: true, value: 'created' });
    expect(existsSync(join(log.root, 'docs'))).toBe(false);
    expect(await createLog(request)).toEqual({ ok: true, value: 'created' });
    expect(await createLog(request)).toEqual({ ok: true, value: 'present' });
    expect(readFileSync(join(log.root, 'docs/a/b.md'), 'utf8').endsWith(header)).toBe(true);
    expect((await appendRow(request)).ok).toBe(true);
    log.remove();
  });
});

describe('what cannot be added to is left alone', () => {
  it.each([
    ['no table', '# Smoke\n\ntext\n'],
    ['another heading', `## Other\n\n${header}`],
    ['a column is missing', '## Entries\n\n| Timestamp (UTC) | Checks |\n| - | - |\n'],
    [
      'not UTF-8',
      Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 10]), Buffer.from(`## Entries\n\n${header}`)]),
    ],
  ])('%s', async (_name, before) => {
    const log = makeLog(before);
    const bytes = readFileSync(join(log.root, path));
    const result = await appendRow(requestFor(log.root));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'record/unreadable-log' }] });
    expect(readFileSync(join(log.root, path)).equals(bytes)).toBe(true);
    expect(readdirSync(log.root)).toEqual([path]);
    log.remove();
  });

  it('with makeTable it gets one', async () => {
    const { text } = await appendTo('# Smoke\r\n\r\ntext', { makeTable: true });
    expect(text).toBe(
      `# Smoke\r\n\r\ntext\r\n\r\n## Entries\r\n\r\n${header.replaceAll('\n', '\r\n')}${added}\r\n`,
    );
  });

  it('a link that leads out of the root is not followed, one inside is', async () => {
    const log = makeLog();
    const other = makeLog(`## Entries\n\n${header}`);
    symlinkSync(join(other.root, path), join(log.root, path));
    expect(await appendRow(requestFor(log.root))).toMatchObject({
      problems: [{ code: 'record/outside-root' }],
    });
    symlinkSync(other.root, join(log.root, 'out'));
    const out = { ...requestFor(log.root), path: 'out/new.md' };
    expect(await appendRow(out)).toMatchObject({ problems: [{ code: 'record/outside-root' }] });
    expect(readdirSync(other.root)).toEqual([path]);
    mkdirSync(join(log.root, 'real'));
    writeFileSync(join(log.root, 'real/log.md'), `## Entries\n\n${header}`);
    symlinkSync('real/log.md', join(log.root, 'in.md'));
    expect((await appendRow({ ...requestFor(log.root), path: 'in.md' })).ok).toBe(true);
    expect(readFileSync(join(log.root, 'real/log.md'), 'utf8')).toContain(added);
    log.remove();
    other.remove();
  });
});

describe('the same run', () => {
  const key = { column: 'Details', holds: (text: string) => text.includes('run 7.1') };
  const cells = { ...requestFor('').cells, Details: 'run 7.1' };

  it('is not written twice', async () => {
    const log = makeLog(`## Entries\n\n${header}`);
    const request = requestFor(log.root, { key, cells });
    expect(await appendRow(request)).toMatchObject({ value: { how: 'appended', line: 5 } });
    const text = log.text();
    expect(await appendRow({ ...request, at: instant + 60_000 })).toMatchObject({
      value: { how: 'present', line: 5, cells: { Checks: 'pass' } },
    });
    expect(log.text()).toBe(text);
    log.remove();
  });

  it('nor in the next month', async () => {
    const log = makeLog(`## Entries\n\n${header}${rowOf('20', 'pass', 'run 7.1')}\n`);
    const request = requestFor(log.root, { key, cells, path: 'march.md', before: path });
    expect(await appendRow(request)).toMatchObject({ value: { how: 'present', path, line: 5 } });
    expect(readdirSync(log.root)).toEqual([path]);
    log.remove();
  });
});

it('a dry run gives the row and its place, and writes nothing', async () => {
  const log = makeLog(`## Entries\n\n${header}`);
  const before = log.text();
  expect(await appendRow(requestFor(log.root), true)).toMatchObject({
    value: { how: 'appended', line: 5, plan: { row: added } },
  });
  expect(log.text()).toBe(before);
  expect(readdirSync(log.root)).toEqual([path]);
  log.remove();
});

/** The plan alone: the disk takes no part in these laws. */
async function plan(before: string, changes: Partial<RowRequest> = {}) {
  const result = await planRow({ text: before, brokenTail: false }, requestFor('', changes));
  return { result, text: result.ok ? result.value.text : before };
}

describe('laws', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.stringMatching(/^[a-z|\\`*_[\]<>&#~:\s-]{0,20}$/),
  );
  const prose = fc.constantFrom(
    ...['', '', 'text\n\n', 'Owner: kim\n\n', '| a | b |\n| - | - |\n\n', 'a_b | c\n\n'],
    'text\n\n',
    '- item\n\n',
    '> quote\n\n',
    'a | b\n\n',
    '```\ncode |\n```\n\n',
    '<!-- | -->\n\n',
  );
  const below = fc.constantFrom(
    '',
    '\n',
    '\n## Notes\n\nx | y\n',
    '\n- item\n',
    '\n\n\n',
    '\nLast Updated: never\n',
  );

  it('every row that is added is read back, and every other byte stays', async () => {
    let readBack = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          above: prose,
          below,
          gap: fc.constantFrom('', '\n'),
          days: fc.array(fc.integer({ min: 1, max: 23 }), { maxLength: 4 }),
          details: cell,
          eol: fc.constantFrom('\n', '\r\n'),
          bom: fc.constantFrom('', '\ufeff'),
          cut: fc.boolean(),
        }),
        async ({ above, below, gap, days, details, eol, bom, cut }) => {
          const rows = days.map((day) => `${rowOf(String(day).padStart(2, '0'))}\n`).join('');
          const whole = `# Smoke\n\n${above}## Entries\n\n${header}${rows === '' ? '' : gap}${rows}${below}`;
          const lf = cut ? whole.trimEnd() : whole;
          const before = bom + lf.replaceAll('\n', eol);
          const cells = { ...requestFor('').cells, Details: details };
          const { result, text } = await plan(before, { cells });
          expect(result.ok).toBe(true);
          if (!result.ok) return;
          const { row } = result.value;
          const at = text.indexOf(row);
          const left = text.slice(0, at) + text.slice(at + row.length);
          // But for the row there is one line end more than before.
          expect(left.length).toBe(before.length + eol.length);
          expect(before.startsWith(text.slice(0, at - eol.length))).toBe(true);
          expect(before.endsWith(text.slice(at + row.length + eol.length))).toBe(true);
          const told = rowTexts(await readWhole(path, text, smoke));
          expect(told.length).toBe(rowTexts(await readWhole(path, before, smoke)).length + 1);
          readBack++;
        },
      ),
      { numRuns: 120 },
    );
    expect(readBack).toBe(120);
  });

  it('whatever the file is, its rows are read as before or it is left alone', async () => {
    const line = fc.constantFrom(
      ...['## Entries', '## Notes', '', '| a |', '|', '---', '<!--', '-->', '```', '> | x |', '- | y |'],
      ...[
        header.trimEnd(),
        rowOf('20'),
        rowOf('21'),
        '| 2026-02-22T09:00:00Z | shadow |',
        '<<<<<<< HEAD',
        'text',
      ],
    );
    const seen = { added: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.boolean(), async (lines, end) => {
        const before = `## Entries\n\n${header}${lines.join('\n')}${end ? '\n' : ''}`;
        const { result, text } = await plan(before);
        if (!result.ok) {
          seen.refused++;
          expect(text).toBe(before);
          return;
        }
        seen.added++;
        const { torn } = result.value;
        const kept = torn ? before.slice(0, before.length - torn.text.length) : before;
        const told = [...rowTexts(await readWhole(path, text, smoke))];
        for (const row of rowTexts(await readWhole(path, kept, smoke))) {
          expect(told).toContain(row);
          told.splice(told.indexOf(row), 1);
        }
        expect(told).toHaveLength(1);
      }),
      { numRuns: 120, seed: 20260224 },
    );
    expect(seen.added).toBeGreaterThan(40);
  });
});
