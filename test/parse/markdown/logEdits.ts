import { pick, type Random } from './randomDocument.ts';
import { header } from '../../support/smokeLog.ts';
import { logText, read, row, tell, type Told } from './logs.ts';

/** A valid log of some rows, of one of the shapes that people write. */
export function randomLog(random: Random): string {
  const rows = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, day) => {
    const time = new Date(Date.UTC(2026, 1, 1 + day, Math.floor(random() * 24)))
      .toISOString()
      .replace('.000', '');
    return row(
      time,
      pick(random, ['pass', 'fail', 'not-run']),
      pick(random, ['ok', 'a \\| b', '`code` 12/12', '']),
    );
  });
  const text = random() < 0.2 ? logText(`\n${rows.join('\n')}`) : logText(...rows);
  const notes = random() < 0.5 ? '\n## Notes\n\nText below the log.\n' : '';
  const list = random() < 0.2 ? '\n- an item\n' : '';
  return (random() < 0.2 ? (text + notes + list).replaceAll('\n', '\r\n') : text + notes + list).replace(
    /\n$/,
    random() < 0.2 ? '' : '\n',
  );
}

const bytes = [
  '|',
  '\n',
  '\r',
  ' ',
  '\t',
  '\\',
  '`',
  '#',
  '>',
  '-',
  '*',
  '<',
  '!',
  '=',
  '~',
  '[',
  ']',
  ':',
  '0',
  '9',
  'Z',
  'x',
  '&',
  '"',
  '\0',
  '.',
  '_',
  '$',
  '\u00e9',
];

/** One insertion, deletion or doubling of a byte or a line. */
export function randomEdit(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at) + pick(random, bytes) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.charAt(at) + text.slice(at);
    case 3:
      return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join('\n');
    case 4:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
    default:
      return [...lines.slice(0, line), pick(random, insertions), ...lines.slice(line)].join('\n');
  }
}

const insertions = [
  '',
  '<!-- note -->',
  '<!--',
  '-->',
  '```',
  '> quote',
  '- item',
  'prose',
  '---',
  '===',
  '## Notes',
  '## Entries',
  '# Smoke',
  '<<<<<<< HEAD',
  '=======',
  '>>>>>>> x',
  '    code',
  '| a |',
  '|',
  header.split('\n')[1] ?? '',
  '[a]: b',
  '<div>',
  '\\',
  '| | | | |',
];

export type Account = 'absent' | 'flaw' | 'kept' | 'lost';

/**
 * Holds a log against itself after one edit. A row that the edit did not touch must be read as before, or the log must
 * be absent, or a row with a flaw of unknown time must stand for what is lost.
 */
export function account(before: string, after: string): Account {
  const told = tell(read(before));
  const reading = read(after);
  if (reading.status !== 'read') return 'absent';
  const now = tell(reading);
  const left = now.map(keyOf);
  const missing = told.filter((one) => !takeOut(left, keyOf(one)));
  if (missing.length === 0) return 'kept';
  if (missing.every((one) => isTouched(one, before, after) || hasBlur(now, one))) return 'flaw';
  return 'lost';
}

function keyOf({ time, cells, flaw }: Told): string {
  return JSON.stringify([time, cells, flaw]);
}

function takeOut(list: string[], item: string): boolean {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** The line itself is no more: what it says now is not this row. */
function isTouched({ line }: Told, before: string, after: string): boolean {
  const source = before.split(/\r\n|\n|\r/)[line - 1] ?? '';
  return !after.split(/\r\n|\n|\r/).includes(source);
}

/** Some row says that it cannot be trusted, at this row's time or at a time unknown. */
function hasBlur(now: readonly Told[], { time }: Told): boolean {
  return now.some((row) => row.flaw !== undefined && (row.time === 'NaN' || row.time === time));
}
