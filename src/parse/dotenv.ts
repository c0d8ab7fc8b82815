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

/**
 * Reads a `.env` file: `NAME=value`, `export`, single, double and back quotes, comments. Nothing is interpolated: `$X`
 * stays as it is written. Double quotes know the escapes \n \r \t \" \\ and \$ and may span lines. Without quotes a
 * comment begins at a `#` after a blank.
 */
export function parseDotenv(text: string): DotenvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const variables = new Map<string, { value: string; line: number }>();
  const findings: DotenvFile['findings'][number][] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (ignored.test(line)) continue;
    const head = assignment.exec(line);
    const read = head ? readValue(lines, at, head[0].length) : undefined;
    const name = head?.[1];
    if (!read || name === undefined) {
      const message = `line ${at + 1} is no assignment that can be read`;
      findings.push({ code: 'dotenv.malformed-line', message, line: at + 1 });
      continue;
    }
    const earlier = variables.get(name);
    if (earlier) {
      const message = `\`${name}\` is set again; line ${earlier.line} no longer counts`;
      findings.push({ code: 'dotenv.duplicate', message, line: at + 1 });
    }
    variables.set(name, { value: read.value, line: at + 1 });
    at = read.last;
  }
  return { variables, findings };
}

/** The value that begins at a column, and the index of its last line; undefined if it is not well formed. */
function readValue(
  lines: readonly string[],
  at: number,
  column: number,
): { value: string; last: number } | undefined {
  const rest = (lines[at] as string).slice(column);
  const text = rest.replace(/^[ \t]+/, '');
  const quote = text[0];
  if (quote === '"') return readDouble(lines, at, column + rest.length - text.length + 1);
  if (quote === "'" || quote === '`') {
    const end = text.indexOf(quote, 1);
    return end > 0 && afterQuote.test(text.slice(end + 1))
      ? { value: text.slice(1, end), last: at }
      : undefined;
  }
  const comment = /[ \t]#/.exec(rest);
  return { value: (comment ? rest.slice(0, comment.index) : rest).trim(), last: at };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function readDouble(
  lines: readonly string[],
  first: number,
  column: number,
): { value: string; last: number } | undefined {
  let value = '';
  for (let at = first; at < lines.length; at++) {
    const line = lines[at] as string;
    for (let i = at === first ? column : 0; i < line.length; i++) {
      const char = line[i] as string;
      if (char === '"') return afterQuote.test(line.slice(i + 1)) ? { value, last: at } : undefined;
      const next = char === '\\' ? line[i + 1] : undefined;
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
