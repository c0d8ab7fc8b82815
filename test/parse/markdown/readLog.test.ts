import { describe, expect, it } from 'vitest';
import { logFromBytes, logFromText } from '../../../src/parse/markdown/logSource.ts';
import { header, smoke } from '../../support/smokeLog.ts';
import { codes, inParts, logText, read, readFast, row, tell } from './logs.ts';

const t1 = '2026-02-20T01:00:00Z';
const t2 = '2026-02-21T01:00:00Z';
const t3 = '2026-02-22T01:00:00Z';
const at = (time: string) => time.replace('Z', '.000Z');
const pass = { AUTH_MODE: 'shadow', Checks: 'pass' };
const first = 9;

describe('rows of a log', () => {
  it('reads time, kept cells and place', () => {
    const reading = readFast(logText(row(t1), row(t2, 'fail')));
    expect(tell(reading)).toEqual([
      { line: first, time: at(t1), cells: pass },
      { line: first + 1, time: at(t2), cells: { AUTH_MODE: 'shadow', Checks: 'fail' } },
    ]);
    expect(codes(reading)).toEqual([]);
    expect(reading).toMatchObject({ files: [{ path: 'log.md', rows: 2 }] });
  });

  it.each<[string, string, object[], string[]]>([
    ['a time in another zone', row('2026-02-20T02:00:00+01:00'), [{ time: at(t1), cells: pass }], []],
    [
      'a time without offset, in the zone of the column',
      row('2026-02-20 01:00'),
      [{ time: at(t1), cells: pass }],
      [],
    ],
    [
      'a time with fraction',
      row('2026-02-20T01:00:00.250Z'),
      [{ time: '2026-02-20T01:00:00.250Z', cells: pass }],
      [],
    ],
    [
      '30 February',
      row('2026-02-30T01:00:00Z'),
      [{ time: 'NaN', cells: pass, flaw: 'log.time-unreadable' }],
      ['log.time-unreadable:9'],
    ],
    [
      '24:00',
      row('2026-02-20T24:00:00Z'),
      [{ time: 'NaN', cells: pass, flaw: 'log.time-unreadable' }],
      ['log.time-unreadable:9'],
    ],
    [
      'a date where instants are due',
      row('2026-02-20'),
      [{ time: 'NaN', cells: pass, flaw: 'log.time-unreadable' }],
      ['log.time-unreadable:9'],
    ],
    [
      'too few cells',
      `| ${t1} | shadow |`,
      [{ time: at(t1), cells: { AUTH_MODE: 'shadow' }, flaw: 'log.malformed-row' }],
      ['log.malformed-row:9'],
    ],
    [
      'too many cells',
      row(t1, 'pass', 'a | b'),
      [{ time: at(t1), cells: pass, flaw: 'log.malformed-row' }],
      ['log.malformed-row:9'],
    ],
    [
      'two rows run together',
      row(t1) + row(t2, 'fail'),
      [{ time: 'NaN', cells: pass, flaw: 'log.malformed-row' }],
      ['log.malformed-row:9'],
    ],
    [
      'a cell outside its values',
      row(t1, 'passed'),
      [{ time: at(t1), cells: { AUTH_MODE: 'shadow' } }],
      ['log.ill-typed-cell:9'],
    ],
    ['an empty cell', row(t1, ''), [{ time: at(t1), cells: { AUTH_MODE: 'shadow' } }], []],
    ['markup in cells', `| \`${t1}\` | **shadow** | [pass](x) | a |`, [{ time: at(t1), cells: pass }], []],
    ['an escaped pipe', row(t1, 'pass', 'a \\| b'), [{ time: at(t1), cells: pass }], []],
    ['no outer pipes', `${t1} | shadow | pass | a`, [{ time: at(t1), cells: pass }], []],
    [
      'text in the table',
      'some text',
      [{ time: 'NaN', cells: {}, flaw: 'log.unknown-line' }],
      ['log.unknown-line:9'],
    ],
    [
      'the header again',
      header.split('\n')[0] ?? '',
      [{ time: 'NaN', cells: {}, flaw: 'log.time-unreadable' }],
      ['log.time-unreadable:9', 'log.ill-typed-cell:9', 'log.ill-typed-cell:9'],
    ],
  ])('%s', (_name, line, rows, findings) => {
    const reading = read(logText(line));
    expect(tell(reading).map(({ line: _line, ...rest }) => rest)).toEqual(rows);
    expect(codes(reading).sort()).toEqual(findings.sort());
  });

  it('types cells by their columns', () => {
    const columns = {
      n: { type: 'number' },
      b: { type: 'boolean' },
      t: { type: 'time' },
      v: { type: 'version' },
    } as const;
    const spec = { ...smoke, columns, time: { column: 'T', kind: 'instant' as const } };
    const text = `## Entries\n\n| T | n | b | t | v |\n|-|-|-|-|-|\n| ${t1} | 1.50 | true | ${t2} | 1.2.3 |\n| ${t2} | 1e3 | yes | 2026 | 1.2 |\n`;
    const reading = read(text, spec, { keep: new Set(['n', 'b', 't', 'v']) });
    expect(tell(reading).map(({ cells }) => cells)).toEqual([{ n: 1.5, b: true, t: t2, v: '1.2.3' }, {}]);
    expect(reading.status === 'read' && reading.table.patterns[1]?.illTyped).toEqual(['n', 'b', 't', 'v']);
  });

  it('reads dates as days where the column says so', () => {
    const spec = { ...smoke, columns: {}, time: { column: 'Date', kind: 'date' as const } };
    const text = '## Entries\n\n| Date | x |\n| - | - |\n| 2026-02-20 | a |\n| 2026-02-20T00:00:00Z | a |\n';
    expect(tell(read(text, spec)).map(({ time }) => time)).toEqual(['2026-02-20T00:00:00.000Z', 'NaN']);
  });

  it('asks for the instant of local times', () => {
    const spec = { ...smoke, time: { ...smoke.time, zone: 'Europe/Berlin' } };
    const reading = read(logText(row('2026-02-20 02:00'), row('2026-03-29 02:30')), spec, {
      localToInstant: (zone, local) =>
        zone !== 'Europe/Berlin' || local > Date.UTC(2026, 2, 1) ? undefined : local - 3_600_000,
    });
    expect(tell(reading).map(({ time }) => time)).toEqual([at(t1), 'NaN']);
  });
});

describe('which rows are the log', () => {
  const other = '| a | b |\n| - | - |\n| 1 | 2 |\n';
  it.each<[string, string, string]>([
    ['no heading', header, 'log.no-table'],
    ['no table under it', '## Entries\n\ntext\n', 'log.no-table'],
    ['the table under another heading', `## Entries\n\n## Notes\n\n${header}`, 'log.no-table'],
    ['other columns', `## Entries\n\n${other}`, 'log.missing-column'],
    ['a column twice', `## Entries\n\n${header.replace('Details', 'Checks')}`, 'log.missing-column'],
    ['an empty file', '', 'log.no-table'],
    [
      'a header that lost its delimiter row',
      `## Entries\n\n${header.split('\n')[0]}\n${row(t1)}\n`,
      'log.no-table',
    ],
    ['nesting beyond the caps', `${'> '.repeat(100)}a\n`, 'file.unparsable'],
  ])('%s: the log is absent', (_name, text, code) => {
    expect(read(text)).toMatchObject({ status: 'absent', code, path: 'log.md' });
  });

  it('an empty table is a log without rows', () => {
    expect(tell(read(logText()))).toEqual([]);
  });

  it('joins tables of one heading, in any order of columns, and passes over foreign ones', () => {
    const turned = `| Checks | Details | AUTH_MODE | Timestamp (UTC) |\n|-|-|-|-|\n| fail | x | enforced | ${t2} |\n`;
    const text = `${logText(row(t1))}\n${other}\n${turned}\n## Entries\n\n${header}${row(t3)}\n`;
    expect(tell(readFast(text)).map(({ time, cells }) => [time, cells])).toEqual([
      [at(t1), pass],
      [at(t2), { AUTH_MODE: 'enforced', Checks: 'fail' }],
      [at(t3), pass],
    ]);
  });

  it('reads the files of a series in order, each with its lines', () => {
    const files = [logFromText('a.md', logText(row(t1), row(t2))), logFromText('b.md', logText(row(t3)))];
    const reading = readFast(files);
    if (reading.status !== 'read') throw new Error(reading.status);
    expect([0, 1, 2].map((number) => reading.table.at(number))).toEqual([
      { path: 'a.md', line: first },
      { path: 'a.md', line: first + 1 },
      { path: 'b.md', line: first },
    ]);
    expect(reading.files).toEqual([
      { path: 'a.md', rows: 2 },
      { path: 'b.md', rows: 1 },
    ]);
    expect(read([...files, logFromText('c.md', '# Empty\n')])).toMatchObject({
      status: 'absent',
      code: 'log.no-table',
      path: 'c.md',
    });
  });
});

describe('rows that GFM drops', () => {
  const rows = [row(t1), row(t2, 'fail'), row(t3)];
  it.each<[string, string, string[]]>([
    ['after a blank line', logText(...rows).replace(rows[1] ?? '', `\n${rows[1]}`), ['log.detached-rows:11']],
    [
      'each behind a blank line',
      logText(`\n${rows.join('\n\n')}`),
      ['log.detached-rows:10', 'log.detached-rows:12', 'log.detached-rows:14'],
    ],
    [
      'after a comment',
      logText(...rows).replace(rows[1] ?? '', `<!-- append below -->\n${rows[1]}`),
      ['log.detached-rows:11'],
    ],
    [
      'after prose',
      logText(rows[0] ?? '', '', 'Some prose.', '', rows[1] ?? '', rows[2] ?? ''),
      ['log.detached-rows:13'],
    ],
  ])('are read with a finding: %s', (_name, text, findings) => {
    const reading = read(text);
    expect(tell(reading).map(({ time, cells, flaw }) => [time, cells, flaw])).toEqual([
      [at(t1), pass, undefined],
      [at(t2), { AUTH_MODE: 'shadow', Checks: 'fail' }, undefined],
      [at(t3), pass, undefined],
    ]);
    expect(codes(reading)).toEqual(findings);
  });

  it.each<[string, string, string]>([
    ['behind a quote mark', `> ${rows[1]}`, 'log.unknown-line'],
    ['in a comment', `<!-- ${rows[1]} -->`, 'log.unknown-line'],
    ['in a fence', `\`\`\`\n${rows[1]}\n\`\`\``, 'log.unknown-line'],
    ['with a letter before it, behind a blank line', `\nx${rows[1]}`, 'log.unknown-line'],
    ['under a heading that was slipped in', `## Notes\n${rows[1]}`, 'log.unknown-line'],
  ])('are flaws where they cannot be read: %s', (_name, line, code) => {
    const flaws = tell(read(logText(rows[0] ?? '', line))).filter(({ flaw }) => flaw);
    expect(flaws.map(({ flaw }) => flaw)).toContain(code);
  });

  it('stop at the next heading if they have no time', () => {
    const reading = read(`${logText(row(t1))}\n## Notes\n\n| not | a | continuation | x |\n`);
    expect(tell(reading)).toHaveLength(1);
    expect(codes(reading)).toEqual(['log.unknown-line:13']);
  });

  it('a merge conflict is seen line by line', () => {
    const text = logText(
      rows[0] ?? '',
      '<<<<<<< HEAD',
      rows[1] ?? '',
      '=======',
      rows[2] ?? '',
      '>>>>>>> other',
    );
    const told = tell(read(text));
    expect(told.filter(({ flaw }) => flaw === 'log.conflict-marker').map(({ line }) => line)).toEqual([
      10, 12, 14,
    ]);
    expect(told).toHaveLength(6);
  });
});

describe('the last line', () => {
  const whole = logText(row(t1), row(t2));
  const cut = (length: number) => whole.slice(0, -length);
  it('is a row without its line end', () => {
    expect(tell(readFast(cut(1))).map(({ flaw }) => flaw)).toEqual([undefined, undefined]);
  });

  it('is torn wherever it is cut', () => {
    for (let length = 2; length < row(t2).length; length++) {
      const told = tell(readFast(cut(length)));
      expect(
        told.map(({ flaw }) => flaw),
        cut(length),
      ).toEqual([undefined, 'log.torn-row']);
      expect(['NaN', at(t2)]).toContain(told[1]?.time);
    }
  });

  it('of zero bytes is no row to trust', () => {
    const told = tell(read(`${whole}${'\0'.repeat(100)}`));
    expect(told.map(({ flaw }) => flaw)).toEqual([undefined, undefined, 'log.torn-row']);
  });
});

describe('duplicates', () => {
  it('are equal in the text of every cell', () => {
    const text = logText(
      row(t1),
      row(t1),
      row(t1, 'fail'),
      row(t1, 'pass', 'other'),
      row(t2),
      `|${t1}|shadow|pass|\`ok\`|`,
    );
    const reading = readFast(text);
    expect(tell(reading).map(({ duplicate }) => duplicate ?? false)).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(codes(reading)).toEqual(['log.duplicate-row:10', 'log.duplicate-row:14']);
  });

  it('are found across files', () => {
    const files = [
      logFromText('a.md', logText(row(t1), row(t2))),
      inParts('b.md', logText(row(t1), row(t3)), 50),
    ];
    expect(tell(readFast(files)).map(({ duplicate }) => duplicate ?? false)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('are looked for in either order of rows', () => {
    const spec = { ...smoke, order: 'newest-first' as const };
    const told = tell(readFast(logText(row(t3), row(t2), row(t2), row(t1)), spec));
    expect(told.map(({ duplicate }) => duplicate ?? false)).toEqual([false, false, true, false]);
  });
});

describe('forms of the file', () => {
  const text = logText(
    row(t1),
    row(t2, 'fail', 'caf\u00e9 \u2705'),
    row(t3),
    `\n${row('2026-02-23T01:00:00Z')}`,
    row('2026-02-24T01:00:00Z'),
  );
  const reference = tell(read(text));

  it.each([1, 2, 3, 7, 64, 100, 65536])('parts of %i bytes, in a buffer used again', (size) => {
    const reading = readFast([inParts('log.md', text, size)]);
    expect(tell(reading)).toEqual(reference);
    expect(codes(reading)).toEqual(codes(read(text)));
  });

  it('bytes, CRLF, BOM', () => {
    expect(tell(readFast([logFromBytes('log.md', Buffer.from(text))]))).toEqual(reference);
    expect(
      tell(readFast([logFromBytes('log.md', Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`))])),
    ).toEqual(reference);
    expect(tell(readFast([inParts('log.md', `\ufeff${text.replaceAll('\n', '\r\n')}`, 5)]))).toEqual(
      reference,
    );
    expect(tell(read(text.replaceAll('\n', '\r')))).toEqual(reference);
  });

  it('headings, headers and cells beyond ASCII', () => {
    const columns = { R\u00e9sultat: { type: 'string', oneOf: ['r\u00e9ussi'] } } as const;
    const spec = {
      ...smoke,
      table: 'Entr\u00e9es',
      columns,
      time: { column: '\u65f6', kind: 'instant' as const },
    };
    const file = `## Entr\u00e9es\n\n| \u65f6 | R\u00e9sultat |\n|-|-|\n| ${t1} | r\u00e9ussi |\n`;
    const source = logFromBytes('log.md', Buffer.from(file));
    expect(
      tell(read([source], spec, { keep: new Set(['R\u00e9sultat']) })).map(({ cells }) => cells),
    ).toEqual([{ R\u00e9sultat: 'r\u00e9ussi' }]);
  });

  it('asks for the full reader instead of guessing', () => {
    expect(readFast(`${logText(row(t1))}\n- item\n`)).toEqual({
      status: 'needs-rich',
      path: 'log.md',
      line: 11,
    });
    expect(readFast(logText(row(t1, '[pass](x)')))).toMatchObject({ status: 'needs-rich', line: first });
  });
});

describe('bounds', () => {
  it('a thousand bad rows make a hundred findings and one that counts them', () => {
    const reading = read(logText(...Array.from({ length: 1000 }, () => row('yesterday'))));
    expect(codes(reading)).toHaveLength(101);
    expect(tell(reading)).toHaveLength(1000);
    expect(JSON.stringify(reading)).toContain('900 findings of this kind');
  });

  it('keeps only the columns asked for', () => {
    const reading = readFast(logText(...Array.from({ length: 50 }, (_, n) => row(t1, 'pass', `run ${n}`))));
    expect(reading.status === 'read' && reading.table.patterns).toHaveLength(1);
  });

  it('is right with as many patterns as rows, and with kept columns apart', () => {
    const rows = Array.from({ length: 3000 }, (_, n) =>
      row(
        new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString().replace('.000', ''),
        n % 3 ? 'pass' : 'fail',
        `run ${n % 1500}`,
      ),
    );
    const source = inParts('log.md', logText(...rows), 4096);
    const reading = read([source], smoke, { keep: new Set(['AUTH_MODE', 'Details']) });
    expect(tell(reading).map(({ cells }) => cells)).toEqual(
      rows.map((_, n) => ({ AUTH_MODE: 'shadow', Details: `run ${n % 1500}` })),
    );
    expect(reading.status === 'read' && reading.table.patterns.length).toBe(1500);
  });
});

describe('a steady log', () => {
  const newestFirst = { ...smoke, order: 'newest-first' as const };
  const steady = (rows: string[], spec = smoke) => {
    // Clean rows are read from bytes, others and those of a text by the slower reader.
    const found = [
      logFromBytes('log.md', Buffer.from(logText(...rows))),
      logFromText('log.md', logText(...rows)),
    ].map((file) => {
      const reading = read([file], spec);
      if (reading.status !== 'read') throw new Error(reading.status);
      return reading.table.steady;
    });
    expect(found[0]).toBe(found[1]);
    return found[0];
  };

  it.each<[string, string[], boolean]>([
    ['rows in order', [row(t1), row(t2), row(t3)], true],
    ['no row at all', [], true],
    ['an older row', [row(t1), row(t3), row(t2)], false],
    ['an older first row', [row(t2), row(t1), row(t3)], false],
    ['a time twice', [row(t1), row(t2), row(t2, 'fail')], false],
    ['a row twice', [row(t1), row(t1)], false],
    ['a time that cannot be read', [row(t1), row('yesterday'), row(t3)], false],
    ['a row with a cell too many', [row(t1), `${row(t2)} x |`, row(t3)], false],
    ['another form of time between', [row(t1), row('2026-02-21T02:00:00+01:00'), row(t3)], true],
    ['another form of time that goes back', [row(t2), row('2026-02-21T01:00:00+01:00'), row(t3)], false],
    ['a clean row older than one of another form', [row('2026-02-21T03:00:00.5+01:00'), row(t2)], false],
  ])('%s: %s', (_, rows, expected) => {
    expect(steady(rows)).toBe(expected);
  });

  it('of the newest first goes back', () => {
    expect(steady([row(t3), row(t2), row(t1)], newestFirst)).toBe(true);
    expect(steady([row(t1), row(t2)], newestFirst)).toBe(false);
    expect(steady([row(t3), row(t3), row(t1)], newestFirst)).toBe(false);
  });
});

it('cells beyond ASCII stay what they are in rows cut off from their table, in files that only the full reader reads', () => {
  const text = `${logText(row(t1, 'bestått'), '', row(t2, 'bestått'))}\n- item\n`;
  const any = {
    ...smoke,
    columns: { AUTH_MODE: { type: 'string' as const }, Checks: { type: 'string' as const } },
  };
  const told = tell(read([logFromBytes('log.md', Buffer.from(text))], any));
  expect(told.map(({ cells }) => cells)).toEqual([
    { AUTH_MODE: 'shadow', Checks: 'bestått' },
    { AUTH_MODE: 'shadow', Checks: 'bestått' },
  ]);
});
