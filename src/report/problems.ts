import { compareProblems, type Excerpt, type Problem } from '../model/problem.ts';
import { plain, withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonText } from './json.ts';
import { clip, columns } from './wrap.ts';

/**
 * Problems for a terminal, in the order of their places: `path:line:column code: message`, the source line with a
 * caret under it, and the hint. The first line is never broken, so that editors and `grep` find it.
 */
export function problemsText(problems: readonly Problem[], options: RenderOptions): string {
  const blocks = [...problems]
    .sort(compareProblems)
    .map((problem) => problemLines(problem, options).join('\n'));
  return withoutCommands(blocks.map((block) => `${block}\n`).join(''));
}

function problemLines(problem: Problem, options: RenderOptions): readonly string[] {
  const paint = (code: string, text: string): string =>
    options.color ? `\u001b[${code}m${text}\u001b[0m` : text;
  const { at, excerpt, hint, severity } = problem;
  const place = at === undefined ? '' : `${paint('1', plain(`${at.path}:${at.line}:${at.column}`))} `;
  const kind = severity === undefined || severity === 'error' ? '' : `${severity} `;
  const code = paint(kind === '' ? '31' : '33', kind + plain(problem.code));
  const lines = [`${place}${code}: ${plain(problem.message)}`];
  if (at !== undefined && excerpt !== undefined) lines.push(...excerptLines(at.line, excerpt, options));
  if (hint !== undefined) lines.push(`  hint: ${plain(hint)}`);
  return lines;
}

/** The source line with the marked part underlined; a long line is cut around the mark. */
function excerptLines(line: number, excerpt: Excerpt, options: RenderOptions): readonly string[] {
  const start = Math.max(0, excerpt.column - 1);
  const before = plain(excerpt.text.slice(0, start));
  const marked = plain(excerpt.text.slice(start, start + excerpt.length));
  const after = plain(excerpt.text.slice(start + excerpt.length));
  const gutter = `  ${line} | `;
  const room = Math.max(20, options.width - gutter.length);
  const ellipsis = options.unicode ? '…' : '...';
  const fits = columns(before + marked + after) <= room;
  const head = !fits && columns(before) > room / 2 ? ellipsis + tail(before, Math.floor(room / 2)) : before;
  const shown = clip(head + marked + after, room, ellipsis);
  const carets = Math.max(1, Math.min(columns(marked), room - columns(head)));
  return [
    gutter + shown,
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(columns(head))}${'^'.repeat(carets)}`,
  ];
}

function tail(text: string, width: number): string {
  const chars = [...text];
  while (columns(chars.join('')) > width) chars.splice(0, Math.max(1, chars.length - width));
  return chars.join('');
}

/** Problems as one JSON value. It has no `decision`, so that no reader can take it for a verdict; `more` stands beside them. */
export function problemsJson(problems: readonly Problem[], more: object = {}): string {
  return jsonText({
    apiVersion: 'soakgate/v1',
    kind: 'Problems',
    problems: [...problems].sort(compareProblems),
    ...more,
  });
}
