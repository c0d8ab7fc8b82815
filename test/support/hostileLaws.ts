import fc from 'fast-check';
import { plain } from '../../src/report/escape.ts';
import { type Format, render } from '../../src/report/index.ts';
import { problemsText } from '../../src/report/problems.ts';
import { columns } from '../../src/report/wrap.ts';
import { hostileMarkup } from './hostile.ts';
import { verdictOfTexts } from './hostileVerdict.ts';
import {
  benignReport,
  csvLaw,
  ctrfLaw,
  githubLaw,
  gitlabLaw,
  hiddenIn,
  junitLaw,
  openreportsLaw,
  oscalLaw,
  sarifLaw,
  tap13Law,
  tapLaw,
  type TextOf,
} from './hostileReports.ts';
import { foreignInHtml } from './html.ts';
import { foreignInReport, linesIn } from './htmlReport.ts';
import { bare, type Block, blocksOf, foreignIn, linksOf, parsePage } from './page.ts';

/** What must hold of a report whatever stands in the texts of its verdict (R37-R39): a fault, or undefined. */
type Law = (textOf: TextOf) => Promise<string | undefined>;

/** Texts that stand in a verdict in turn. */
export const hostileTexts = fc.array(hostileMarkup, { minLength: 1, maxLength: 6 });

export const textsInTurn =
  (texts: readonly string[]) =>
  (index: number): string =>
    texts[index % texts.length] ?? '';

export const hostileLaws: Readonly<Record<Format | 'problems', Law>> = {
  markdown: (textOf) => pageLaw('markdown', textOf),
  comment: (textOf) => pageLaw('comment', textOf),
  html: htmlLaw,
  github: githubLaw,
  junit: junitLaw,
  sarif: sarifLaw,
  tap: tapLaw,
  tap13: tap13Law,
  ctrf: ctrfLaw,
  openreports: openreportsLaw,
  oscal: oscalLaw,
  gitlab: gitlabLaw,
  csv: csvLaw,
  pretty: prettyLaw,
  json: jsonLaw,
  problems: problemsLaw,
};

const keptAt = 'docs/audits/page.md';
const benignWord = /w(\d{3})q/g;

/** The page of a benign verdict with the hostile texts in it: what the page of the hostile verdict must read as. */
async function expectedBlocks(format: Format, textOf: TextOf): Promise<readonly Block[]> {
  const benign = await benignReport(format, textOf, async (verdict) =>
    blocksOf(parsePage(await render(format, [verdict], { keptAt }))),
  );
  const put = (text: string): string =>
    bare(text.replace(benignWord, (_, index: string) => plain(textOf(Number(index)))));
  const blocks = benign.map(([kind, ...texts]): Block => {
    return [kind, ...texts.map((text) => (typeof text === 'string' ? put(text) : text.map(put)))];
  });
  return blocks.filter((block) => block[0] !== 'line' || block[1] !== '');
}

async function pageLaw(format: Format, textOf: TextOf): Promise<string | undefined> {
  const page = await render(format, [verdictOfTexts(textOf)], { keptAt });
  const tree = parsePage(page);
  const [foreign] = foreignIn(tree);
  if (foreign !== undefined) return `foreign: ${foreign}`;
  const [drawn] = foreignInHtml(page);
  if (drawn !== undefined) return `foreign in HTML: ${drawn}`;
  const is = JSON.stringify(blocksOf(tree).filter(isNoMarker));
  const due = JSON.stringify((await expectedBlocks(format, textOf)).filter(isNoMarker));
  if (is !== due) return `reads as ${is}\ninstead of ${due}`;
  const texts = new Set(Array.from({ length: 200 }, (_, index) => plain(textOf(index))));
  const astray = linksOf(tree).find((url) => !texts.has(targetOf(url)));
  return astray === undefined ? hiddenIn(page) : `link: ${astray}`;
}

/** What a marker keeps of the policy's name is for `foreignIn` to judge. */
function isNoMarker([kind, text]: Block): boolean {
  return kind !== 'html' || typeof text !== 'string' || !text.startsWith('<!--');
}

/** The path below the root that a browser makes of an address on the page. */
function targetOf(url: string): string {
  const { host, pathname } = new URL(url, `https://forge.example/${keptAt}`);
  return host === 'forge.example' ? decodeURIComponent(pathname.slice(1)) : url;
}

/** The page of a hostile verdict reads as that of a benign one with the hostile texts in it, and holds nothing else. */
async function htmlLaw(textOf: TextOf): Promise<string | undefined> {
  const page = await render('html', [verdictOfTexts(textOf)]);
  const [foreign] = foreignInReport(page);
  if (foreign !== undefined) return `foreign: ${foreign}`;
  const benign = await benignReport('html', textOf, async (verdict) =>
    linesIn(await render('html', [verdict])),
  );
  const put = (line: string) =>
    bare(line.replace(benignWord, (_, index: string) => plain(textOf(Number(index)))));
  const due = JSON.stringify(benign.map(put).filter((line) => line !== ''));
  const is = JSON.stringify(linesIn(page));
  return is === due ? hiddenIn(page) : `reads as ${is}\ninstead of ${due}`;
}

async function prettyLaw(textOf: TextOf): Promise<string | undefined> {
  const text = await render('pretty', [verdictOfTexts(textOf)], { color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are ours
  const drawn = text.replace(/\u001b\[[0-9;]*m/g, '');
  const wide = drawn.split('\n').find((line) => columns(line) > 80);
  return wide === undefined ? hiddenIn(drawn) : `wider than 80 columns: ${wide}`;
}

async function jsonLaw(textOf: TextOf): Promise<string | undefined> {
  const verdict = verdictOfTexts(textOf);
  const text = await render('json', [verdict]);
  if (JSON.stringify(sorted(JSON.parse(text))) !== JSON.stringify(sorted(verdict)))
    return `reads back as ${text}`;
  return text.endsWith('}\n') ? hiddenIn(text) : 'no line break at the end';
}

function problemsLaw(textOf: TextOf): Promise<string | undefined> {
  const at = { path: textOf(0), line: 3, column: 2 };
  const excerpt = { text: textOf(1), column: 2, length: 4 };
  const problem = { code: 'policy/unknown-key' as const, at, message: textOf(2), hint: textOf(3), excerpt };
  const text = problemsText([problem], { color: false, width: 80, unicode: true });
  return Promise.resolve(hiddenIn(text));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, item]) => [key, sorted(item)]);
}
