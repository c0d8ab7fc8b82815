import type { ReasonCode } from '../model/reasons.ts';

export interface DotenvFile {
  /** By name; of several lines that set a name the last counts. */
  variables: ReadonlyMap<string, { value: string; line: number }>;
  /** Lines that set a name again, and lines that cannot be read. No value is ever part of a message. */
  findings: readonly {
    code: Extract<ReasonCode, 'dotenv.duplicate' | 'dotenv.malformed-line'>;
    message: string;
    line: number;
  }[];
}

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=/;
const ignored = /^[ \t]*(?:#.*)?$/;
const afterQuote = /^[ \t]*(?:#.*)?$/;

/** How a value is written: without quotes, or in those of a kind. */
export type Quote = '' | '"' | "'" | '`';

/** One assignment as it stands in a file. */
export interface Assignment {
  name: string;
  value: string;
  /** From 1. */
  line: number;
  quote: Quote;
  /** Offsets of what stands for the value, between the quotes if there are any. */
  from: number;
  to: number;
  exported: boolean;
}

/** A line that is neither empty nor a comment: an assignment, or one that cannot be read. */
export type DotenvLine = { is: 'assignment'; assignment: Assignment } | { is: 'malformed'; line: number };

/**
 * Reads a `.env` file: `NAME=value`, `export`, single, double and back quotes, comments. Nothing is interpolated: `$X`
 * stays as it is written. Double quotes know the escapes \n \r \t \" \\ and \$ and may span lines. Without quotes a
 * comment begins at a `#` after a blank.
 */
export function parseDotenv(text: string): DotenvFile {
  const variables = new Map<string, { value: string; line: number }>();
  const findings: DotenvFile['findings'][number][] = [];
  for (const read of readDotenvLines(text)) {
    if (read.is === 'malformed') {
      const { line } = read;
      const message = `line ${line} is no assignment that can be read`;
      findings.push({ code: 'dotenv.malformed-line', message, line });
      continue;
    }
    const { name, value, line } = read.assignment;
    const earlier = variables.get(name);
    if (earlier) {
      const message = `\`${name}\` is set again; line ${earlier.line} no longer counts`;
      findings.push({ code: 'dotenv.duplicate', message, line });
    }
    variables.set(name, { value, line });
  }
  return { variables, findings };
}

/** The lines of a `.env` file that say something, in their order. */
export function readDotenvLines(text: string): readonly DotenvLine[] {
  const lines = linesOf(text);
  const found: DotenvLine[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { content, start } = lines[at] as Line;
    if (ignored.test(content)) continue;
    const head = assignment.exec(content);
    const read = head ? readValue(lines, at, head[0].length) : undefined;
    const name = head?.[1];
    if (!read || !head || name === undefined) {
      found.push({ is: 'malformed', line: at + 1 });
      continue;
    }
    const { value, quote, last, from, to } = read;
    const exported = /^[ \t]*export[ \t]/.test(head[0]);
    const place = { from: start + from, to: (lines[last] as Line).start + to };
    found.push({ is: 'assignment', assignment: { name, value, line: at + 1, quote, ...place, exported } });
    at = last;
  }
  return found;
}

interface Line {
  content: string;
  start: number;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ content: text.slice(start, index), start });
    start = index + end.length;
  }
  return [...lines, { content: text.slice(start), start }];
}

/** A value, the index of its last line, and where it stands: columns in its first and in its last line. */
interface Value {
  value: string;
  quote: Quote;
  last: number;
  from: number;
  to: number;
}

/** The value that begins at a column; undefined if it is not well formed. */
function readValue(lines: readonly Line[], at: number, column: number): Value | undefined {
  const { content } = lines[at] as Line;
  const rest = content.slice(column);
  const text = rest.replace(/^[ \t]+/, '');
  const from = column + rest.length - text.length;
  const quote = text[0];
  if (quote === '"') return readDouble(lines, at, from + 1);
  if (quote === "'" || quote === '`') {
    const end = text.indexOf(quote, 1);
    return end > 0 && afterQuote.test(text.slice(end + 1))
      ? { value: text.slice(1, end), quote, last: at, from: from + 1, to: from + end }
      : undefined;
  }
  const comment = /[ \t]#/.exec(rest);
  const value = (comment ? rest.slice(0, comment.index) : rest).trim();
  const first = value === '' ? column : column + rest.indexOf(value);
  return { value, quote: '', last: at, from: first, to: first + value.length };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function readDouble(lines: readonly Line[], first: number, column: number): Value | undefined {
  let value = '';
  for (let at = first; at < lines.length; at++) {
    const { content } = lines[at] as Line;
    for (let i = at === first ? column : 0; i < content.length; i++) {
      const char = content[i] as string;
      if (char === '"')
        return afterQuote.test(content.slice(i + 1))
          ? { value, quote: '"', last: at, from: column, to: i }
          : undefined;
      const next = char === '\\' ? content[i + 1] : undefined;
      if (next === undefined) value += char;
      else {
        value += escapes[next] ?? char + next;
        i++;
      }
    }
    value += '\n';
  }
  return undefined;
}
