import type { FindingReport, WaiverReport } from '../../model/verdict.ts';
import { type Content, el } from './element.ts';
import { type HtmlPage, type Part, tableMarkup } from './page.ts';
import { code, rich, untilOf, whenOf } from './words.ts';

const stateWord: Readonly<Record<WaiverReport['state'], string>> = {
  used: 'used',
  unused: 'covers nothing now',
  expired: 'expired',
  'not-yet': 'not yet valid',
};

/** What somebody answers for, and until when. */
export function waiversPart(page: HtmlPage): Part | undefined {
  const { waivers } = page.verdict;
  if (waivers.length === 0) return undefined;
  const columns = [
    { title: 'Waiver' },
    { title: 'Rule' },
    { title: 'State' },
    { title: 'Time' },
    { title: 'Reason' },
  ];
  const rows = waivers.map((waiver) => ({ cells: waiverCells(page, waiver) }));
  return {
    name: 'waivers',
    title: 'Waivers',
    content: tableMarkup('Waivers and when they end', columns, rows),
  };
}

function waiverCells(page: HtmlPage, waiver: WaiverReport): readonly Content[] {
  const ended = waiver.state === 'expired' || waiver.state === 'not-yet';
  return [
    [code(waiver.id), el('span', { class: 'title' }, code(waiver.path))],
    code(waiver.rule),
    ended ? el('strong', {}, stateWord[waiver.state]) : stateWord[waiver.state],
    waiver.state === 'not-yet'
      ? ['from ', whenOf(page, waiver.from)]
      : ['until ', untilOf(page, waiver.expires)],
    [waiver.reason, el('span', { class: 'title' }, `owner ${waiver.owner}, approved by ${waiver.approver}`)],
  ];
}

const mostFindings = 200;

/** What is odd in the evidence. */
export function findingsPart(page: HtmlPage): Part | undefined {
  const { findings } = page.verdict;
  if (findings.length === 0) return undefined;
  const columns = [{ title: 'Place' }, { title: 'Finding' }, { title: 'Code' }];
  const rows = findings.slice(0, mostFindings).map((finding) => ({ cells: findingCells(finding) }));
  const more = findings.length - rows.length;
  const content = [
    tableMarkup('Findings, by place', columns, rows),
    more > 0 ? el('p', {}, `and ${more} more; the verdict as JSON has them all`) : undefined,
  ];
  return { name: 'findings', title: 'Findings in the evidence', content };
}

function findingCells({ path, line, evidence, message, code: of }: FindingReport): readonly Content[] {
  const place = path === undefined ? evidence : `${path}${line === undefined ? '' : `:${line}`}`;
  return [code(place), rich(message), code(of)];
}
