import { plain } from '../../src/report/escape.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { type Format, render, type RenderOptions } from '../../src/report/index.ts';
import { annotationsIn } from './annotations.ts';
import { verdictOfTexts } from './hostileVerdict.ts';
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

/** Some formats end every sentence with a dot, unless it has one. */
function undotted(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[.!?]+$/, '');
  return Array.isArray(value) ? value.map(undotted) : value;
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
  const is = JSON.stringify(undotted(read(text)));
  const due = JSON.stringify(undotted(filled(benign, textOf)));
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
