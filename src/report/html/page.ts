import type { RuleReport, Verdict } from '../../model/verdict.ts';
import { type Attributes, type Content, el, type Markup, type Tag } from './element.ts';

/** What the parts of a page share. */
export interface HtmlPage {
  /** Made plain, its messages in the zone of the policy. */
  verdict: Verdict;
  /** What its ids begin with: `v1`. */
  key: string;
  /** Level of the headings of its sections: one deeper where several verdicts share the page. */
  level: 2 | 3;
  /** `1 of 3`, where there are several. */
  place: string | undefined;
  /** The id that each rule has on the page. */
  anchors: ReadonlyMap<RuleReport, string>;
}

export function htmlPage(verdict: Verdict, index: number, count: number): HtmlPage {
  const key = `v${index + 1}`;
  const anchors = verdict.gates.flatMap((gate, at) =>
    gate.rules.map((rule, place) => [rule, `${key}-g${at + 1}-r${place + 1}`] as const),
  );
  const several = count > 1;
  const place = several ? `${index + 1} of ${count}` : undefined;
  return { verdict, key, place, level: several ? 3 : 2, anchors: new Map(anchors) };
}

/** A heading `below` levels under those of the sections. */
export function heading(
  page: HtmlPage,
  below: 0 | 1 | 2,
  attributes: Attributes,
  ...content: readonly Content[]
): Markup {
  return el(`h${page.level + below}` as Tag, attributes, ...content);
}

/** What names a part: its heading, and where several verdicts have such a part, which of them it belongs to. */
export function namedBy({ key, place }: HtmlPage, id: string): string {
  return place === undefined ? id : `${id} ${key}`;
}

/** A part of the page with a heading of its own. */
export interface Part {
  name: string;
  title: string;
  content: Content;
}

export function partMarkup(page: HtmlPage, { name, title, content }: Part): Markup {
  const id = `${page.key}-${name}`;
  return el(
    'section',
    { id, class: `part ${name}`, 'aria-labelledby': namedBy(page, `${id}-h`) },
    heading(page, 0, { id: `${id}-h` }, title),
    content,
  );
}

/** A column of a table; on a narrow screen its title stands before each cell. */
export interface Column {
  title: string;
  class?: string;
}

/** A table whose first column names its rows. */
export function tableMarkup(
  caption: string,
  columns: readonly Column[],
  rows: readonly { id?: string | undefined; cells: readonly Content[] }[],
): Markup {
  return el(
    'table',
    {},
    el('caption', {}, caption),
    el(
      'thead',
      {},
      el('tr', {}, ...columns.map((column) => el('th', { scope: 'col', class: column.class }, column.title))),
    ),
    el(
      'tbody',
      {},
      rows.map(({ id, cells }) =>
        el(
          'tr',
          { id },
          cells.map((cell, index) => cellMarkup(columns[index], index === 0, cell)),
        ),
      ),
    ),
  );
}

function cellMarkup(column: Column | undefined, first: boolean, cell: Content): Markup {
  if (first) return el('th', { scope: 'row', class: column?.class }, cell);
  return el('td', { class: column?.class, 'data-label': column?.title }, el('div', {}, cell));
}
