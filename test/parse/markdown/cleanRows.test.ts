import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogSpec } from '../../../src/model/policy.ts';
import { logFromBytes, logFromText } from '../../../src/parse/markdown/logSource.ts';
import { smoke } from '../../support/smokeLog.ts';
import { codes, read, tell } from './logs.ts';

const specOf = (kind: 'instant' | 'date'): LogSpec => ({
  ...smoke,
  time: { ...smoke.time, column: 'Time', kind },
  columns: { AUTH_MODE: { type: 'string' }, Checks: { type: 'string' } },
});

/** The time and the kept columns in every place and neighbourhood, `x` for columns that nobody reads. */
const shapes = [
  'Time Checks x',
  'Time Checks AUTH_MODE',
  'Time Checks x AUTH_MODE',
  'Time x y Checks AUTH_MODE',
  'x Time Checks AUTH_MODE',
  'Checks Time AUTH_MODE',
  'x y Checks AUTH_MODE Time',
  'Time AUTH_MODE Checks x y z',
].map((names) => names.split(' '));

const plain = fc.constantFrom('pass', 'fail', 'x', '', 'not-run', 'a longer cell than most');
const odd = fc.constantFrom(
  'a\\|b',
  'a\\',
  '`|`',
  '\r',
  'a\rb',
  '\0',
  'é',
  '*x*',
  '\\*',
  ' pass',
  'pass  ',
  '\t',
);
const cell = fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: odd });
const end = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\n') },
  { weight: 2, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom(' \n', 'x\n', ' |\n', '\r\r\n', '\r', '') },
);
const edit = fc.option(fc.tuple(fc.nat(40), fc.nat(3), fc.constantFrom('', '|', '\\', ' ', 'x', '\n')), {
  freq: 12,
});

const form = fc.constantFrom<(time: string) => string>(
  (time) => time,
  (time) => time,
  (time) => time,
  (time) => time.slice(0, 10),
  (time) => `${time}  `,
  (time) => time.toLowerCase(),
  (time) => time.replace('Z', '+02:00'),
  (time) => time.replace('Z', '.5Z'),
  (time) => time.replace('T', ' ').slice(0, 16),
  (time) => `**${time}**`,
  (time) => time.replace('2026', '1926'),
);

const row = (columns: readonly string[]) =>
  fc
    .record({
      seconds: fc.nat(100_000),
      cells: fc.array(cell, { minLength: columns.length, maxLength: columns.length }),
      end,
      edit,
      form,
    })
    .map(({ seconds, cells, end, edit, form }) => {
      const time = form(new Date(Date.UTC(2026, 1, 20) + seconds * 1000).toISOString().replace('.000', ''));
      const line = `| ${columns.map((name, at) => (name === 'Time' ? time : cells[at])).join(' | ')} |${end}`;
      return edit ? line.slice(0, edit[0]) + edit[2] + line.slice(edit[0] + edit[1]) : line;
    });

const logs = fc.constantFrom(...shapes).chain((columns) =>
  fc.array(row(columns), { minLength: 1, maxLength: 12 }).map((rows) => {
    const header = `| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}\n`;
    return `# Smoke\n\n## Entries\n\n${header}${rows.join('')}`;
  }),
);

describe('rows read from bytes', () => {
  it('are those that the slower reader finds', () => {
    let rows = 0;
    fc.assert(
      fc.property(logs, fc.constantFrom('instant', 'instant', 'date'), (text, kind) => {
        const spec = specOf(kind);
        const fast = read([logFromBytes('log.md', Buffer.from(text))], spec);
        const slow = read([logFromText('log.md', text)], spec);
        expect(fast.status).toBe(slow.status);
        expect(codes(fast)).toEqual(codes(slow));
        if (fast.status !== 'read' || slow.status !== 'read') return;
        expect(tell(fast)).toEqual(tell(slow));
        expect(fast.table.steady).toBe(slow.table.steady);
        rows += fast.table.rows;
      }),
      { numRuns: 800 },
    );
    expect(rows).toBeGreaterThan(2500);
  });
});
