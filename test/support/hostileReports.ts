import { toString } from 'mdast-util-to-string';
import { plain } from '../../src/report/escape.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { type Format, render, type RenderOptions } from '../../src/report/index.ts';
import { annotationsIn } from './annotations.ts';
import { verdictOfTexts } from './hostileVerdict.ts';
import { bare, foreignIn, parsePage } from './page.ts';
import { csvRows, looksLikeFormula } from './csv.ts';
import { tapPoints } from './tap.ts';
import { treeOf } from './xml.ts';

export type TextOf = (index: number) => string;

/**
 * What an independent reader finds in a report. It throws where the text is not of the format. Texts stand in it as the
 * consumer would show them.
 */
type Reader = (text: string) => unknown;

const word = /w(\d{3})q/g;

/**
 * Benign words in the place of hostile texts: empty where they are empty and equal where they are equal, so that a
 * report has the same parts.
 */
function wordsFor(textOf: TextOf): TextOf {
  const firsts = new Map<string, number>();
  return (index) => {
    const text = plain(textOf(index));
    if (!firsts.has(text)) firsts.set(text, index);
    return text === '' ? '' : `w${String(firsts.get(text)).padStart(3, '0')}q`;
  };
}

const benignReports = new Map<string, Promise<unknown>>();

/** What is read from the report of a benign verdict; there are few such verdicts. */
export function benignReport<T>(
  key: string,
  textOf: TextOf,
  read: (verdict: Verdict) => Promise<T>,
): Promise<T> {
  const wordOf = wordsFor(textOf);
  const pattern = Array.from({ length: 60 }, (_, index) => wordOf(index));
  const id = `${key} ${pattern.join()}`;
  const known = benignReports.get(id) ?? read(verdictOfTexts(wordOf));
  benignReports.set(id, known);
  return known as Promise<T>;
}

function filled(value: unknown, textOf: TextOf): unknown {
  if (typeof value === 'string')
    return value.replace(word, (_, index: string) => plain(textOf(Number(index))));
  if (Array.isArray(value)) return value.map((item) => filled(item, textOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [filled(key, textOf), filled(item, textOf)]),
  );
}

/** Some formats end every sentence with a dot unless it has one, cut blanks off, or keep a formula from being one. */
function loosely(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => loosely(item, String(value[0])));
  if (typeof value !== 'string') return value;
  const text = value
    .replace(/[.!?\s]+$/, '')
    .replace(/^'+(?=[\s'"]*[=+\-@|%＝＋－＠])/u, '')
    .trim();
  return key === 'title' || key === 'description' ? bare(text) : text;
}

/**
 * Whether a report of a hostile verdict reads as that of a benign one with the hostile texts put into it: a fault, or
 * undefined.
 */
export async function readsAlike(
  format: Format,
  read: Reader,
  textOf: TextOf,
  options: Partial<RenderOptions> = {},
): Promise<string | undefined> {
  const text = await render(format, [verdictOfTexts(textOf)], options);
  const benign = await benignReport(format, textOf, async (verdict) =>
    read(await render(format, [verdict], options)),
  );
  const is = JSON.stringify(loosely(read(text)));
  const due = JSON.stringify(loosely(filled(benign, textOf)));
  return is === due ? undefined : `reads as ${is}\ninstead of ${due}`;
}

/** Control, bidi and format characters, and lines that a CI runner would obey. */
export function hiddenIn(text: string): string | undefined {
  return text
    .split('\n')
    .find((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|^\s*::|##[a-z]*\[/iu.test(line));
}

export function githubLaw(textOf: TextOf): Promise<string | undefined> {
  return readsAlike('github', annotationsIn, textOf);
}

/** Reads alike, and shows nothing that a terminal or a runner would take for more than text. */
async function plainLaw(
  format: Format,
  read: Reader,
  textOf: TextOf,
  options?: Partial<RenderOptions>,
): Promise<string | undefined> {
  const alike = await readsAlike(format, read, textOf, options);
  return alike ?? hiddenIn(await render(format, [verdictOfTexts(textOf)], options));
}

export function junitLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('junit', treeOf, textOf, { junitFile: true });
}

export function sarifLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('sarif', (text) => withoutMade(JSON.parse(text)), textOf);
}

/** What is computed from texts, and so cannot read as them. */
const made = new Set(['name', 'partialFingerprints', 'automationDetails']);

/** The path that an address in SARIF leads to. */
export function pathOf(uri: string): string {
  const dots = (part: string) => part.replace(/^(?:%2E){1,2}$/, (all) => '.'.repeat(all.length / 3));
  return decodeURIComponent(uri).split('/').map(dots).join('/');
}

/** What is left of a SARIF log: addresses as the paths that they lead to, sentences without the dot that we set. */
function withoutMade(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'uri' ? pathOf(value) : value;
  if (Array.isArray(value)) return value.map((item) => withoutMade(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).flatMap(([name, item]) =>
    made.has(name) ? [] : [[name, withoutMade(item, name)]],
  );
}

export function tapLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('tap', listed(tapPoints), textOf);
}

export function tap13Law(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('tap13', listed(tapPoints), textOf);
}

/** Lists and texts alone: objects as lists of what they hold. */
function listed(read: (text: string) => unknown): Reader {
  const list = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(list);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value).map(([key, item]) => [key, list(item)]);
  };
  return (text) => list(read(text));
}

export function ctrfLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('ctrf', listed(JSON.parse), textOf);
}

/** An object without the keys whose values are computed from texts. */
function parsedWithout(text: string, ...keys: readonly string[]): unknown {
  return JSON.parse(text, (key, value: unknown) => (keys.includes(key) ? undefined : value));
}

export function gitlabLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw(
    'gitlab',
    listed((text) => parsedWithout(text, 'fingerprint')),
    textOf,
  );
}

export function openreportsLaw(textOf: TextOf): Promise<string | undefined> {
  const read = listed((text) => {
    const { metadata, ...report } = JSON.parse(text) as { metadata: { name: string; annotations: object } };
    if (!/^[a-z0-9]([a-z0-9-]{0,251}[a-z0-9])?$/.test(metadata.name))
      throw new Error(`name ${metadata.name}`);
    return { ...report, annotations: metadata.annotations };
  });
  return plainLaw('openreports', read, textOf);
}

export async function csvLaw(textOf: TextOf): Promise<string | undefined> {
  const file = await render('csv', [verdictOfTexts(textOf)]);
  const formula = csvRows(file)
    .flat()
    .find((cell) => looksLikeFormula.test(cell) && !cell.startsWith("'"));
  if (formula !== undefined) return `a formula: ${formula}`;
  return (await readsAlike('csv', csvRows, textOf)) ?? hiddenIn(file.replaceAll('\r\n', '\n'));
}

/** Blank values are left out of OSCAL, so here they are empty. */
export function oscalLaw(textOf: TextOf): Promise<string | undefined> {
  return plainLaw('oscal', listed(oscalTexts), (index) => {
    const text = textOf(index);
    return plain(text).trim() === '' ? '' : text;
  });
}

function oscalTexts(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (/uuid$|^(?:target|control)-id$|^import-ap$/.test(key)) return undefined;
    if (typeof value !== 'string') return value;
    if (key === 'href') return pathOf(value.replace(/#L\d+$/, ''));
    if (key !== 'title' && key !== 'description') return value;
    const tree = parsePage(value);
    const [foreign] = foreignIn(tree);
    if (foreign !== undefined) throw new Error(`foreign: ${foreign}`);
    const read = bare(toString(tree));
    return read === '(none)' ? '' : read;
  }) as unknown;
}
