import { ok, problems, type Result } from '../model/problem.ts';
import { type Assignment, parseDotenv, type Quote, readDotenvLines } from './dotenv.ts';

/** A `.env` file with other values, and what became different. */
export interface EditedDotenv {
  text: string;
  /** Names whose value is another one now, in the order in which they were given. */
  changed: readonly string[];
}

/**
 * Sets variables in the text of a `.env` file. Everything else stays as it is: comments, order, quotes, `export`, line
 * ends. A name that is set several times is changed where it counts, in its last line; one that is missing is added at
 * the end. INVARIANT: the text is only given back if reading it gives these values, and all others as before.
 */
export function setDotenv(text: string, values: ReadonlyMap<string, string>): Result<EditedDotenv> {
  const before = parseDotenv(text).variables;
  const changed = [...values].filter(([name, value]) => before.get(name)?.value !== value);
  const edited = changed.reduce((made, [name, value]) => setOne(made, name, value), text);
  const after = parseDotenv(edited).variables;
  const wrong = [...after].find(
    ([name, { value }]) => value !== (values.get(name) ?? before.get(name)?.value),
  );
  const lost = [...values.keys(), ...before.keys()].find((name) => !after.has(name));
  const bad = wrong?.[0] ?? lost;
  if (bad === undefined) return ok({ text: edited, changed: changed.map(([name]) => name) });
  return problems({
    code: 'transition/env-file',
    message: `\`${bad}\` cannot be set without changing what else the file says`,
    hint: 'mend the file by hand; quotes that are not closed are the usual cause',
  });
}

function setOne(text: string, name: string, value: string): string {
  const assignments = readDotenvLines(text).flatMap((line) =>
    line.is === 'assignment' ? [line.assignment] : [],
  );
  const own = assignments.findLast((one) => one.name === name);
  if (own) return replaced(text, own, value);
  const exported = assignments.length > 0 && assignments.every((one) => one.exported);
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : eol;
  return `${text}${gap}${exported ? 'export ' : ''}${name}=${quoted(value, quoteFor(value, ''))}${eol}`;
}

function replaced(text: string, { quote, from, to }: Assignment, value: string): string {
  const own = quoteFor(value, quote);
  if (own === quote) return text.slice(0, from) + inside(value, own) + text.slice(to);
  const outer = quote === '' ? 0 : 1;
  return text.slice(0, from - outer) + quoted(value, own) + text.slice(to + outer);
}

/** The quotes that a value had, unless they cannot hold the new one. */
function quoteFor(value: string, quote: Quote): Quote {
  const fits = quote === '' ? /^[\w.,:/@%+=-]+$/.test(value) : quote === '"' || !breaks(value, quote);
  return fits ? quote : '"';
}

function breaks(value: string, quote: Quote): boolean {
  return value.includes(quote) || /[\r\n]/.test(value);
}

function quoted(value: string, quote: Quote): string {
  return quote + inside(value, quote) + quote;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function inside(value: string, quote: Quote): string {
  if (quote !== '"') return value;
  return value.replace(/[\n\r\t"\\$]/g, (char) => escapes[char] ?? `\\${char}`);
}
